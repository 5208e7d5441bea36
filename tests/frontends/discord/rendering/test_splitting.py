"""Long texts in pieces that each stand alone."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.frontends.discord.shared.markdown import split

# A code block as Discord reads it, and what must stay whole.
FENCE = re.compile(r"```(?:[a-z0-9_+.#-]+(?=\n))?", re.IGNORECASE)
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\[(?:[^\[\]\\\n]|\\.)*\]\(https?://[^\s()]+\)")
URL = re.compile(r"https?://[^\s)<>`]+")

SAFE = "abcdefgh,;(ü茶😀"
word = st.text(alphabet=SAFE, min_size=1, max_size=30)
space = st.sampled_from([" ", " ", " ", "  ", "\n", "\n\n", ". ", "? ", "\n   ", "\t", "\n \n"])
url = st.text(alphabet="abc/?=&%-_.1", min_size=1, max_size=40).map(lambda path: f"https://example.org/{path}")
link = st.tuples(st.text(alphabet="abc \\)", max_size=20), url).map(
    lambda parts: f"[{parts[0].replace(chr(92), '').replace(')', chr(92) + ')')}]({parts[1]})"
)
code = st.text(alphabet="abc def.", min_size=1, max_size=40).map(lambda inner: f"`x{inner}`")
prose = st.lists(st.one_of(word, word, space, url, link, code), max_size=60).map(" ".join)
lines = st.lists(st.text(alphabet="abc def.()=", max_size=60), max_size=25)
block = st.tuples(st.sampled_from(["", "python", "c++", "py"]), lines).map(
    lambda parts: "\n".join([f"```{parts[0]}", *parts[1], "```"])
)
documents = st.lists(st.one_of(prose, prose, block), max_size=6).map("\n".join)
anything = st.one_of(
    st.text(max_size=1500),
    st.lists(
        st.sampled_from(["`", "``", "```", "```py\n", "\n", " ", "a", "b" * 90, "[", "](", ")", "https://", "<"])
    ).map("".join),
)
limits = st.integers(100, 400)


def bare(text: str) -> str:
    """Return a text without its fences and all white space."""
    return "".join(FENCE.sub("", text).split())


@pytest.mark.slow
@given(documents, limits)
def test_nothing_is_lost_but_white_space_at_breaks(text: str, limit: int) -> None:
    assert bare("\n".join(split(text, limit))) == bare(text)


@given(st.text(alphabet=SAFE + " \n.", max_size=2000), limits)
def test_prose_keeps_its_order_and_every_character_between_breaks(text: str, limit: int) -> None:
    at = 0
    for piece in split(text, limit):
        found = text.index(piece, at)
        assert not text[at:found].strip()
        at = found + len(piece)
    assert not text[at:].strip()


@given(documents | anything, limits)
@example("`" * 1000, 100)
@example("a" * 1000, 100)
@example(" " * 1000, 100)
@example("```" + "a" * 1000, 100)
@example("```py\n" + "a " * 500, 100)
@example("\n```py\n" * 100, 100)
@example("[" * 300 + "](" * 300, 100)
def test_it_ends_and_no_piece_is_empty_or_too_long(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(piece.strip() for piece in pieces)
    assert all(len(piece) <= limit for piece in pieces)
    assert pieces or not bare(text)


@given(documents | anything, limits)
def test_every_piece_closes_the_code_blocks_that_it_opens(text: str, limit: int) -> None:
    pieces = split(text, limit)
    if len(pieces) > 1 or text.count("```") % 2 == 0:
        for piece in pieces:
            assert len(FENCE.findall(piece)) % 2 == 0


@given(documents, limits)
def test_no_link_address_or_inline_code_is_cut(text: str, limit: int) -> None:
    outside = re.sub(r"```.*?(?:```|\Z)", "", text, flags=re.DOTALL)
    pieces = split(text, limit)
    for pattern in (LINK, URL, CODE):
        for match in pattern.finditer(outside):
            whole = match.group()
            if len(whole) <= limit - len("```python\n") - len("\n```"):
                assert any(whole in piece for piece in pieces), whole


@given(
    st.sampled_from(["python", "c++", ""]),
    st.lists(st.text(alphabet="abc =", min_size=1, max_size=80), min_size=8, max_size=60),
)
def test_a_cut_code_block_opens_again_with_its_language(language: str, code_lines: list[str]) -> None:
    fence = f"```{language}"
    body = [f"x{line.strip()}y" for line in code_lines]
    pieces = split("\n".join([fence, *body, "```"]), 120)
    assert all(piece.startswith(f"{fence}\n") and piece.endswith("\n```") for piece in pieces)
    assert (
        "\n".join(piece.removeprefix(f"{fence}\n").removesuffix("\n```") for piece in pieces).split()
        == " ".join(body).split()
    )


@given(documents, limits)
def test_what_fits_is_left_as_it_is(text: str, limit: int) -> None:
    if text.strip() and len(text) <= limit:
        assert split(text, limit) == [text]


def test_an_empty_text_gives_no_pieces() -> None:
    assert split("", 100) == []
    assert split(" \n ", 100) == []


@pytest.mark.parametrize("joint", ["\n\n", "\n", ". ", " "])
def test_the_best_break_within_the_second_half_is_taken(joint: str) -> None:
    weaker = {"\n\n": "a\nb. c d ", "\n": "a. b c ", ". ": "a b c ", " ": "abcd"}[joint]
    first, second = "x" * 60, weaker + "y" * 80
    pieces = split(first + joint + second, 100)
    assert pieces[0] == first + joint.rstrip()
    assert " ".join(pieces[1:]).split() == second.split()


def test_a_break_in_the_first_half_is_no_reason_to_waste_a_message() -> None:
    assert split("x\n\n" + "word " * 30, 100)[0] == "x\n\n" + ("word " * 19).strip()


def test_a_word_is_only_cut_when_it_is_longer_than_a_piece() -> None:
    assert split("short\n" + "a" * 95, 100) == ["short", "a" * 95]
    assert split("a" * 250, 100) == ["a" * 100, "a" * 100, "a" * 50]


def test_a_link_of_just_a_piece_is_kept_and_a_longer_one_is_cut() -> None:
    fits = f"[{'a b ' * 10}](https://example.org/{'c' * 36})"
    assert len(fits) == 100
    assert split(f"Text {fits} text", 100) == ["Text", fits, "text"]
    assert "".join(split(f"https://{'a' * 150}", 100)) == f"https://{'a' * 150}"


def test_a_block_that_begins_at_the_end_moves_to_the_next_piece() -> None:
    assert split("a" * 85 + "\n```py\n" + "b" * 30 + "\n```", 100) == ["a" * 85, "```py\n" + "b" * 30 + "\n```"]


def test_a_block_that_ends_at_a_cut_leaves_no_empty_block() -> None:
    code_text = "```py\n" + "b" * 85 + "\n```\n" + "after " * 10
    assert split(code_text, 100) == ["```py\n" + "b" * 85 + "\n```", "after " * 10]


def test_a_long_text_is_split_in_no_time() -> None:
    pieces = split("Kettles [whistle](https://example.org/a) and `hum`. " * 4000, 4096)
    assert len(pieces) < 60
