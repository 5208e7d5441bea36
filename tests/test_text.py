import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import clean, one_line, shorten

ANYTHING = st.text(st.characters(exclude_categories=()))
"""Unlike st.text(), with lone surrogates."""


@given(ANYTHING)
def test_clean_text_stays_as_it_is_when_cleaned_again(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANYTHING)
def test_clean_text_can_be_written_as_utf_8_and_holds_nothing_invisible(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert not {unicodedata.category(char) for char in cleaned if char not in "\n\t"} & {"Cc", "Cf", "Cs", "Co", "Cn"}


@given(ANYTHING)
def test_one_line_is_one_line_without_doubled_or_outer_spaces(text: str) -> None:
    line = one_line(text)
    assert line == " ".join(line.split())
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("plain", "plain"),
        ("  both ends \n", "both ends"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\u2029c\x0bd\x0ce\x85f", "a\nb\nc\nd\ne\nf"),
        ("kept\ttab", "kept\ttab"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("right\u202eleft\u2066", "rightleft"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("lone\ud800 surrogate\udfff", "lone surrogate"),
        ("nul\x00 bell\x07 escape\x1b[31m", "nul bell escape"),
        ("\x1b[31mEve\x1b[0m \x1b]0;owned\x07Mallory", "Eve Mallory"),
        ("\x1b]0;no end", "]0;no end"),
        ("private\ue000", "private"),
        ("e\u0301", "é"),
        ("漢字 и кириллица", "漢字 и кириллица"),
        ("rocket 🚀", "rocket 🚀"),
        ("", ""),
        ("\u200b \x00", ""),
    ],
)
def test_clean_keeps_what_can_be_read(given_text: str, shown: str) -> None:
    assert clean(given_text) == shown


def test_one_line_folds_white_space_of_every_kind() -> None:
    assert one_line(" a \n\n b\u00a0\u2003c\td ") == "a b c d"


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_shortened_text_is_never_longer_than_the_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("exactly ten", 11, "exactly ten"),
        ("one two three four", 12, "one two…"),
        ("one two, three", 10, "one two…"),
        ("unbreakable", 6, "unbre…"),
        ("a verylongword", 10, "a verylon…"),
    ],
)
def test_shorten_cuts_at_a_words_end_where_there_is_one(text: str, limit: int, shown: str) -> None:
    assert shorten(text, limit) == shown
