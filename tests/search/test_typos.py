"""One typing error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.ranking.query_terms import near_terms, one_error

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
    assert near_terms(["stromer"], ["stormer", "atromer", "stormer", "other"]) == ["stormer"]
