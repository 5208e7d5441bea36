import pytest

from bot.sources.records import code_link, web_link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Code: https://github.com/a/b.", "https://github.com/a/b"),
        ("Code (http://www.github.com/a/b) is out", "http://www.github.com/a/b"),
        ("https://gitlab.com/a/b.c-d_e, https://github.com/x/y", "https://gitlab.com/a/b.c-d_e"),
        ("https://codeberg.org/a/b.git.", "https://codeberg.org/a/b"),
        ("https://bitbucket.org/a/b/src/main", "https://bitbucket.org/a/b"),
        ("https://github.com/a/b…", "https://github.com/a/b"),
        ("https://github.com/a", None),
        ("https://github.com.evil.example/a/b", None),
        ("github.com/a/b", None),
        ("see https://project.example/a/b", None),
        ("", None),
    ],
)
def test_the_first_repository_in_a_text_is_its_code_link(text: str, link: str | None) -> None:
    assert code_link(text) == link


@pytest.mark.parametrize(
    "link",
    ["https://a.example/", "http://127.0.0.1:8000/x?y=z&a=%20#f", "https://bücher.example/straße", "https://a.b/" * 40],
)
def test_a_web_link_stays_as_it_is(link: str) -> None:
    assert web_link(f" {link}\n") == link


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "",
        "a.example",
        "ftp://a.example/",
        "javascript:alert(1)",
        "https://",
        "https://a.example/ b",
        "https://a.example/>x",
        "https://a.example/)x",
        "[x](https://a.example/)",
        "https://a.example/\x00",
        "https://a.example/\u202egpj.exe",
        "https://a.example/\u200b",
        "https://a.example/\ud800",
        "https://a.example/" + "x" * 500,
    ],
)
def test_what_could_mislead_is_no_web_link(value: object) -> None:
    assert web_link(value) is None
