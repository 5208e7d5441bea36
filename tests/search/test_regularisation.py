"""Scores of papers that are alike."""

from collections.abc import Sequence

import pytest

from bot.search.engine.forward import ForwardIndex, PaperTerms
from bot.search.ranking import rerank


def regularise(scores: Sequence[float], documents: Sequence[Sequence[str]]) -> list[float]:
    """Return the scores of papers that have these terms in their abstracts."""
    return rerank.regularise(scores, ForwardIndex.read([PaperTerms((), (), terms).to_bytes() for terms in documents]))


def test_a_paper_beside_good_ones_gains_over_one_alone() -> None:
    documents = [("a", "b", "c"), ("a", "b", "d"), ("x", "y", "z")]
    _, beside, alone = regularise([3.0, 1.0, 1.0], documents)
    assert beside > alone


def test_of_papers_with_nothing_in_common_the_order_stays() -> None:
    scores = regularise([3.0, 2.0, 1.0], [("a",), ("b",), ("c",)])
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("scores", [[], [2.0], [2.0, 1.0], [0.0, 0.0, 0.0]])
def test_where_there_is_nothing_to_compare_scores_stay(scores: list[float]) -> None:
    assert regularise(scores, [("a",)] * len(scores)) == scores


def test_papers_without_any_term_stand_it() -> None:
    assert len(regularise([1.0, 2.0, 3.0], [(), (), ("a",)])) == 3
    assert len(regularise([1.0, 2.0, 3.0], [(), (), ()])) == 3


def test_the_order_of_arrival_changes_no_score() -> None:
    documents = [("a", "b", f"word{number % 9}") for number in range(40)]
    scores = [float(1 + number % 3) for number in range(40)]
    forwards = regularise(scores, documents)
    backwards = regularise(scores[::-1], documents[::-1])
    assert forwards == pytest.approx(backwards[::-1])
