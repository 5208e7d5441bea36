"""Verbatim sentences, the mode without a model."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant.answer import Statement, number_sources
from bot.assistant.extracts import SENTENCES, SENTENCES_A_PAPER, extracts, summary_sentence
from bot.models import Paper
from bot.search.index import Bm25Index
from bot.search.tokens import tokenize
from tests.factories import make_paper

words = st.sampled_from(
    ["Kettles", "whistle", "e.g.", "3.5", "steam.", "Pots", "hum?", "vs.", "\n", "we propose", "(lid)", "…"]
)
abstracts = st.lists(words, min_size=1, max_size=30).map(" ".join)


def ask(question: str, *abstracts: str) -> tuple[Statement, ...]:
    papers = [make_paper(title=f"Study {n}", abstract=a, arxiv_id=f"2401.{n:05}") for n, a in enumerate(abstracts)]
    return extracts(tokenize(question), number_sources(papers), Bm25Index(papers))


def summary(paper: Paper) -> str:
    return summary_sentence(paper, Bm25Index([paper]))


@given(st.lists(abstracts, min_size=1, max_size=6))
def test_every_extract_is_verbatim_few_are_shown_and_few_of_one_paper(texts: list[str]) -> None:
    shown = ask("which kettles whistle?", *texts)
    assert len(shown) <= SENTENCES
    assert max(Counter(statement.citations for statement in shown).values(), default=0) <= SENTENCES_A_PAPER
    for statement in shown:
        [number] = statement.citations
        assert statement.text in texts[number - 1]
        assert statement.text.strip()
        assert "\n" not in statement.text


@given(abstracts)
def test_a_summary_is_verbatim_too(text: str) -> None:
    assert summary(make_paper(abstract=text)) in text


def test_the_sentence_about_the_question_is_shown() -> None:
    shown = ask("how tall are teapots?", "Kettles whistle. Cups are round. Spoons stir. Teapots are tall. Lids rattle.")
    assert "Teapots are tall." in [statement.text for statement in shown]
    assert len(shown) == SENTENCES_A_PAPER


def test_extracts_stand_in_reading_order() -> None:
    texts = ("Kettles whistle. Kettles hum.", "Kettles boil. Kettles leak.")
    shown = ask("kettles", *texts)
    assert [s.text for s in shown] == ["Kettles whistle.", "Kettles hum.", "Kettles boil.", "Kettles leak."]
    assert [s.citations for s in shown] == [(1,), (1,), (2,), (2,)]
    assert {s.lead for s in shown} == {"\n"}


def test_likeness_to_what_is_chosen_counts_against_a_sentence() -> None:
    repeated = "Kettles whistle loudly at home. Kettles whistle loudly, at home! Kettles of copper boil."
    assert [s.text for s in ask("kettles", repeated)] == ["Kettles whistle loudly at home.", "Kettles of copper boil."]


LINKED = "Kettles whistle. Code for kettles: https://example.org/kettles. Pots hum."


def test_a_sentence_with_a_link_is_shown_only_when_code_is_asked_for() -> None:
    assert not any("http" in s.text for s in ask("kettles", LINKED))
    assert any("http" in s.text for s in ask("where is the code for kettles?", LINKED))


def test_a_sentence_with_a_link_is_better_than_none() -> None:
    assert [s.text for s in ask("kettles", "Kettles: https://example.org/k.")] == ["Kettles: https://example.org/k."]


@pytest.mark.parametrize("abstract", ["Kettles whistle.", "kettles whistle without a full stop", "Kettles\nwhistle"])
def test_short_abstracts(abstract: str) -> None:
    assert "\n".join(s.text for s in ask("kettles", abstract)) == abstract


def test_an_empty_abstract_gives_nothing() -> None:
    assert ask("kettles", "") == ()
    assert summary(make_paper(abstract="")) == ""


def test_the_summary_is_what_the_paper_does_rather_than_its_background() -> None:
    paper = make_paper(
        abstract="Kettles have been used for ages. We present KettleNet, which tells whistles apart. Lids vary."
    )
    assert summary(paper) == "We present KettleNet, which tells whistles apart."


def test_a_summary_never_shows_a_link_when_there_is_another_sentence() -> None:
    assert "http" not in summary(make_paper(title="Kettles", abstract=LINKED))
