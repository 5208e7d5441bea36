"""What words of a question and of an abstract count as the same."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.tokens import STOP_WORDS, tokenize


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-4", "GPT4"),
        ("Bert-4-Rec", "BERT4Rec"),
        ("self\u2011supervised", "self supervised"),
        ("kettle–whistle", "kettle-whistle"),
        ("Schrödinger", "schrodinger"),
        ("STRASSE", "straße"),
        ("ﬁlters", "filter"),
        ("kettles", "kettle"),
        ("Kettle's", "kettle"),
        ("kettle’s", "kettle"),
        ("whistling", "whistles"),
        ("(kettle)?!", "kettle"),
    ],
)
def test_the_same_thing_written_differently_shares_a_term(one: str, other: str) -> None:
    assert set(tokenize(one)) & set(tokenize(other))


def test_a_compound_gives_its_parts() -> None:
    assert tokenize("spike-driven") == ["spike", "driven"]


@pytest.mark.parametrize(("typed", "written"), [("Bert-4-Rec", "BERT4Rec"), ("DB-Conformer", "DBConformer")])
def test_a_compound_that_is_written_both_ways_gives_the_whole_as_well(typed: str, written: str) -> None:
    assert tokenize(written)[0] == tokenize(typed)[0]


@pytest.mark.parametrize("text", ["", "   ", "?!…", "what is the", "Could you tell me about any papers that show"])
def test_words_with_which_people_ask_are_no_terms(text: str) -> None:
    assert tokenize(text) == []


def test_terms_keep_their_order_and_repetitions() -> None:
    assert tokenize("kettle, pot and kettle") == ["kettl", "pot", "kettl"]


def test_other_scripts_give_terms_too() -> None:
    assert tokenize("茶壶 чайник") == ["茶壶", "чаиник"]


@given(st.text())
def test_any_text_gives_words_only(text: str) -> None:
    for term in tokenize(text):
        assert term
        assert not any(char.isspace() for char in term)


def test_no_stop_word_stands_alone() -> None:
    assert all(tokenize(word) == [] for word in STOP_WORDS)


async def test_threads_agree() -> None:
    texts = [f"whistling kettles number {number}" for number in range(200)]
    found = await asyncio.gather(*(asyncio.to_thread(tokenize, text) for text in texts))
    assert found == [tokenize(text) for text in texts]
