"""The name in a title."""

import pytest

from bot.search.engine.forward import ForwardIndex, PaperTerms, title_name
from bot.search.ranking.query_terms import question_terms
from bot.search.ranking.second_stage import all_that_is_asked
from tests.factories import make_paper


def is_name(title: str, asked: list[str]) -> bool:
    """Whether the question's terms are those of the title's name, as the index keeps it."""
    papers = ForwardIndex.read([PaperTerms.of(make_paper(title=title)).to_bytes()] * 2)
    return all_that_is_asked(papers, asked) == {0, 1}


def test_a_name_stands_before_the_first_colon() -> None:
    assert title_name("SpikeKettle: Whistling: A Study") == "SpikeKettle"
    assert title_name("On Teapots") == ""


@pytest.mark.parametrize("question", ["what is ScoRe?", "explain score", "SCORE", "whats score pls"])
def test_a_question_about_the_name_alone(question: str) -> None:
    assert is_name("SCoRe: Pre-Training for Context", question_terms(question))


@pytest.mark.parametrize("question", ["what is a score function?", "what is it?", "scan"])
def test_a_question_about_more_or_something_else(question: str) -> None:
    assert not is_name("SCoRe: Pre-Training for Context", question_terms(question))


def test_a_title_without_a_name_is_never_all_that_is_asked() -> None:
    assert not is_name("Teapots", ["teapot"])
    assert not is_name(": The", [])
