"""One typing error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.engine.near_terms import near_terms, one_error

words = st.text(alphabet="abc", max_size=6)


@pytest.mark.parametrize("typed", ["stromer", "stormr", "stormmer", "starmer"])
def test_one_error_is_seen(typed: str) -> None:
    assert one_error(typed, "stormer")


@pytest.mark.parametrize("typed", ["stormer", "strmr", "mrstorer", ""])
def test_none_or_two_are_not(typed: str) -> None:
    assert not one_error(typed, "stormer")


@given(words, words)
def test_it_is_the_same_both_ways(a: str, b: str) -> None:
    assert one_error(a, b) == one_error(b, a)


def test_the_first_letter_is_taken_to_be_right() -> None:
    assert near_terms(["stromer"], [["atromer", "stormer"], ["other", "stormer"]]) == ["stormer"]


@given(st.lists(words.filter(bool), max_size=3), st.lists(st.sets(words.filter(bool), max_size=60), max_size=3))
def test_looking_up_finds_what_reading_every_term_finds(unknown: list[str], segments: list[set[str]]) -> None:
    vocabularies = [sorted(terms) for terms in segments]
    read = (term for terms in vocabularies for term in terms)
    near = [term for term in read if any(term[0] == typed[0] and one_error(typed, term) for typed in unknown)]
    assert near_terms(unknown, vocabularies) == list(dict.fromkeys(near))


def test_letters_at_both_ends_of_unicode_are_looked_up() -> None:
    terms = sorted(["kett\U0010ffffe", "kett\x00e", "kett\ud800e", "kette", "kettle\U0010ffff", "other"])
    assert near_terms(["kettle"], [terms]) == [term for term in terms if term != "other"]
