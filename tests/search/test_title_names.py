"""The name in a title."""

import pytest

from bot.search.ranking.named import title_name
from bot.search.ranking.query_terms import question_terms
from bot.search.ranking.second_stage import is_all_that_is_asked


def test_a_name_stands_before_the_first_colon() -> None:
    assert title_name("SpikeKettle: Whistling: A Study") == "SpikeKettle"
    assert title_name("On Teapots") == ""


@pytest.mark.parametrize("question", ["what is ScoRe?", "explain score", "SCORE", "whats score pls"])
def test_a_question_about_the_name_alone(question: str) -> None:
    assert is_all_that_is_asked("SCoRe: Pre-Training for Context", question_terms(question))


@pytest.mark.parametrize("question", ["what is a score function?", "what is it?", "scan"])
def test_a_question_about_more_or_something_else(question: str) -> None:
    assert not is_all_that_is_asked("SCoRe: Pre-Training for Context", question_terms(question))


def test_a_title_without_a_name_is_never_all_that_is_asked() -> None:
    assert not is_all_that_is_asked("Teapots", ["teapot"])
    assert not is_all_that_is_asked(": The", [])
