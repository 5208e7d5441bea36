"""How sure a search is of its papers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.ranking.confidence import Confidence, MatchEvidence, answer_at, confidence

SIZES = st.integers(min_value=1, max_value=10_000_000)


def evidence(total: float, **changes: Any) -> MatchEvidence:
    facts: dict[str, Any] = {
        "score": total / 2,
        "coverage": total / 2,
        "unknown_name": False,
        "has_keywords": False,
        "size": 52,
    }
    return MatchEvidence(**{**facts, **changes})


@pytest.mark.parametrize(("has_keywords", "needed"), [(False, 0.50), (True, 0.56)])
def test_the_bands(has_keywords: bool, needed: float) -> None:
    bands = {
        2.0: Confidence.ANSWER,
        needed + 0.001: Confidence.ANSWER,
        needed - 0.001: Confidence.CLOSEST,
        needed / 2 + 0.001: Confidence.CLOSEST,
        needed / 2 - 0.001: Confidence.NOTHING,
        0.0: Confidence.NOTHING,
    }
    assert {total: confidence(evidence(total, has_keywords=has_keywords)) for total in bands} == bands


def test_among_many_papers_more_is_needed_than_among_few() -> None:
    assert confidence(evidence(0.7, size=52)) is Confidence.ANSWER
    assert confidence(evidence(0.7, size=10_000)) is Confidence.CLOSEST


@given(SIZES, SIZES)
def test_what_is_needed_never_falls_as_the_store_grows(a: int, b: int) -> None:
    few, many = sorted((a, b))
    assert 0.50 <= answer_at(size=few, has_keywords=False) <= answer_at(size=many, has_keywords=False) <= 0.82 + 1e-9


def test_a_question_with_a_name_that_no_paper_has_is_not_answered() -> None:
    assert confidence(evidence(2.0, unknown_name=True)) is Confidence.CLOSEST
    assert confidence(evidence(2.0, unknown_name=True, has_keywords=True)) is Confidence.CLOSEST
    assert confidence(evidence(0.0, unknown_name=True)) is Confidence.NOTHING
