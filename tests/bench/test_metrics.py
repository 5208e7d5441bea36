"""Measures of a ranking, against values worked out by hand."""

import math

import pytest

from bench.metrics import ndcg, recall, reciprocal_rank

RANKING = ["a", "b", "c", "d"]


def test_a_perfect_ranking_has_all_the_gain() -> None:
    assert ndcg(RANKING, {"a": 2, "b": 1}, 10) == pytest.approx(1)


def test_gain_is_discounted_by_the_logarithm_of_the_place() -> None:
    assert ndcg(RANKING, {"c": 1}, 10) == pytest.approx(1 / math.log2(4))


def test_what_stands_after_k_gains_nothing() -> None:
    assert ndcg(RANKING, {"c": 1}, 2) == 0


def test_recall_is_the_share_of_the_relevant_that_was_found() -> None:
    assert recall(RANKING, {"a": 1, "d": 1, "x": 1, "b": 0}, 3) == pytest.approx(1 / 3)


def test_reciprocal_rank_is_that_of_the_first_relevant() -> None:
    assert reciprocal_rank(RANKING, {"b": 1, "c": 1}) == 1 / 2
    assert reciprocal_rank(RANKING, {"x": 1, "a": 0}) == 0
