"""ROUGE."""

import pytest

from bench.rouge import rouge_1, rouge_l


def test_equal_texts_reach_one() -> None:
    assert rouge_1("Kettles hum, loudly.", "kettles hum loudly") == 1.0
    assert rouge_l("Kettles hum, loudly.", "kettles hum loudly") == 1.0


def test_order_counts_for_the_longest_sequence_only() -> None:
    assert rouge_1("hum kettles", "kettles hum") == 1.0
    assert rouge_l("hum kettles", "kettles hum") == 0.5


def test_a_word_counts_as_often_as_both_have_it() -> None:
    assert rouge_1("hum hum hum", "hum pots") == pytest.approx(2 * 1 / (3 + 2))


def test_gaps_are_allowed() -> None:
    assert rouge_l("kettles of copper hum", "kettles hum") == pytest.approx(2 * 2 / (4 + 2))


@pytest.mark.parametrize(("one", "other"), [("", "kettles"), ("kettles", ""), ("", ""), ("pots", "kettles")])
def test_texts_with_nothing_in_common(one: str, other: str) -> None:
    assert rouge_1(one, other) == rouge_l(one, other) == 0.0
