"""Text from outside shows as it stands: nothing of it formats, mentions or links."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.frontends.discord.shared.markdown import escape, escape_within, link

PARTS = [
    "@everyone",
    "@here",
    "<@1>",
    "<@!1>",
    "<@&1>",
    "<#1>",
    "</ask:1>",
    "<:kettle:1>",
    "<a:kettle:1>",
    "<t:1:R>",
    "<id:guide>",
    "<+4912345>",
    "<a@b.example>",
    "https://evil.example/a_b",
    "_https://evil.example_",
    "HTTP://EVIL.example",
    "discord.gg/abc",
    "discord.com/invite/abc",
    "<https://evil.example>",
    "[label](https://evil.example)",
    "[label]",
    "(https://evil.example)",
    "**",
    "*",
    "__",
    "_",
    "~~",
    "||",
    "`",
    "```",
    "```py\n",
    "\\",
    "\n",
    " ",
    "# ",
    "## ",
    "### ",
    "-# ",
    "- ",
    "* ",
    "+ ",
    "> ",
    ">>> ",
    "1. ",
    "23. ",
    "kettle",
    "!",
    ".",
]
hostile = st.lists(st.sampled_from(PARTS), max_size=14).map("".join) | st.text()

ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")  # what Discord takes for an escape, as simple-markdown does
CODE = re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")
ZERO_WIDTH_SPACE = "\u200b"


def active(shown: str) -> tuple[str, list[str]]:
    """Read `shown` as Discord does: return what is neither escaped nor code, blanked out as ·, and the code."""
    left, codes, at = "", [], 0
    while at < len(shown):
        if match := ESCAPED.match(shown, at):
            left += "·"
        elif match := CODE.match(shown, at):
            codes.append(match.group(2))
            left += "·"
        at = match.end() if match else at + 1
        left += "" if match else shown[at - 1]
    return left, codes


def plain(shown: str) -> str:
    """Return what a reader sees."""
    out, at = "", 0
    while at < len(shown):
        if ESCAPED.match(shown, at):
            out, at = out + shown[at + 1], at + 2
        elif match := CODE.match(shown, at):
            out, at = out + match.group(2), match.end()
        else:
            out, at = out + shown[at], at + 1
    return out.replace(ZERO_WIDTH_SPACE, "")


def no_markup(left: str) -> None:
    assert not re.search(r"[*_~`|\[\]()]", left)
    assert not re.search(r"@(?:everyone|here|\d|[!&])", left)
    assert not re.search(r"<[@#:/a-z+]", left, re.IGNORECASE)
    assert not re.search(r"://\S|discord(?:app)?\.(?:gg|com)/\S", left, re.IGNORECASE)
    assert not re.search(r"^\s*(?:#{1,3}|-#|[-*+]|>|>>>|\d+\.)[^\S\n]+\S", left, re.MULTILINE)


@given(hostile)
def test_no_formatting_mention_link_or_line_of_its_own_survives(text: str) -> None:
    left, codes = active(escape(text))
    no_markup(left)
    for address in codes:
        assert "://" in address or "discord" in address.lower()
        assert "`" not in address


@given(hostile)
def test_a_reader_sees_the_text_as_it_stands(text: str) -> None:
    assert plain(escape(text)) == text.replace(ZERO_WIDTH_SPACE, "")


@given(hostile, hostile)
def test_text_before_and_after_does_not_change_that(before: str, after: str) -> None:
    no_markup(active(f"{escape(before)} {escape(after)}")[0])
    left, _ = active(f"{escape(before)}\n- {escape(after)}")
    no_markup(left.replace("\n- ", "\n", 1))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kettles hum, 3.5% of 1,200 - well.", "Kettles hum, 3.5% of 1,200 - well."),
        ("*a* _b_ ~~c~~ ||d|| `e`", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`"),
        ("1. one\n- two\n# three\n> four\n-# five", "1\\. one\n\\- two\n\\# three\n\\> four\n\\-# five"),
        ("see https://example.org/a_b.", "see `https://example.org/a_b`."),
        ("https://discord.com/invite/a", "`https://discord.com/invite\u200b/a`"),
        ("discord.gg/a`<@1>", "`discord.gg\u200b/a`\\`<\u200b@\u200b1>"),
        ("@everyone <@1> a < b", "@\u200beveryone <\u200b@\u200b1> a < b"),
        ("", ""),
    ],
)
def test_what_is_sent(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(hostile, st.integers(20, 300))
def test_what_must_fit_is_cut_before_it_is_escaped(text: str, limit: int) -> None:
    shown = escape_within(text, limit)
    assert len(shown) <= limit
    no_markup(active(shown)[0])
    if len(escape(text)) <= limit:
        assert shown == escape(text)


LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(([^\s()<>]+)\)")


@given(hostile, hostile)
def test_a_label_cannot_break_out_of_its_link(label: str, path: str) -> None:
    made = link(label, f"https://arxiv.org/abs/{path}")
    match = LINK.fullmatch(made)
    assert match, made
    no_markup("x" + active(match.group(1))[0])  # a label never begins a line
    assert match.group(2).startswith("https://arxiv.org/abs/")
    assert "`" not in match.group(2)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("KettleNet", "KettleNet"),
        ("A [B] (C)", "A \\(B\\) \\(C\\)"),
        ("a](https://evil.example) b", "a\\)\\(https:\u200b/\u200b/evil.example\\) b"),
        ("hthttps://tps://x", "hthttps:\u200b/\u200b/tps:\u200b/\u200b/x"),
        ("two\nlines \u202eand\u200b more", "two lines and more"),
        ("@everyone *bold* `code`", "@\u200beveryone \\*bold\\* \\`code\\`"),
    ],
)
def test_labels(label: str, shown: str) -> None:
    assert link(label, "https://arxiv.org/abs/2401.00001") == f"[{shown}](https://arxiv.org/abs/2401.00001)"


def test_an_address_that_would_end_the_link_is_quoted() -> None:
    assert link("a", "https://x.example/b_(c) @here`<\\") == "[a](https://x.example/b_%28c%29%20@here%60%3C%5C)"
