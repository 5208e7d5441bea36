"""Estimates of tokens."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.llm.text_model import TokenEstimator, cut_to_tokens, estimate_tokens


def prompt_of(text: str) -> RenderedPrompt:
    return RenderedPrompt(system="", user=text, max_output_tokens=100, temperature=None)


LONG = prompt_of("kettle" * 500)  # 1,000 tokens by the plain estimate


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("a", 1), ("abc", 1), ("abcd", 2), ("水壶会响", 4), ("水壶 ab", 3), ("ü", 1), ("🫖", 2), ("\ud800", 1)],
)
def test_tokens_are_a_third_of_the_plain_characters_and_one_for_each_other(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens


@given(st.text(), st.text())
def test_the_parts_are_never_estimated_at_less_than_the_whole(one: str, other: str) -> None:
    assert estimate_tokens(one + other) <= estimate_tokens(one) + estimate_tokens(other)


@given(st.text(max_size=200), st.integers(-1, 100))
def test_a_text_is_cut_where_its_tokens_end(text: str, tokens: int) -> None:
    cut = cut_to_tokens(text, tokens)
    assert text.startswith(cut)
    assert estimate_tokens(cut) <= max(0, tokens)
    assert cut == text or estimate_tokens(text[: len(cut) + 1]) > tokens


def test_an_endpoint_that_counts_more_is_believed_at_once() -> None:
    estimator = TokenEstimator()
    before = estimator.at_most(LONG)
    estimator.learn(LONG, 1500)
    assert before < 1500 <= estimator.at_most(LONG) < 1800


def test_endpoints_that_count_less_lower_estimates_slowly_and_reservations_never_below_the_plain_one() -> None:
    estimator = TokenEstimator()
    plain = estimator.at_most(LONG)
    estimator.learn(LONG, 2000)
    estimator.learn(LONG, 750)
    assert estimator.at_most(LONG) > 2000
    for _ in range(200):
        estimator.learn(LONG, 750)
    assert estimator.at_most(LONG) == plain
    assert 750 <= estimator.likely(LONG) < 900
    assert estimator.written("kettle" * 500) < 1000


@pytest.mark.parametrize("tokens", [10**9, 0, -5])
def test_the_ratio_stays_within_bounds_whatever_a_server_claims(tokens: int) -> None:
    estimator = TokenEstimator()
    for _ in range(500):
        estimator.learn(LONG, tokens)
    assert 0.49 < estimator.ratio <= 3.0


def test_nothing_is_learnt_from_short_prompts_which_are_mostly_frame() -> None:
    estimator = TokenEstimator()
    estimator.learn(prompt_of("Say ready."), 60)
    assert estimator.ratio == 1.0


def test_threads_may_learn_at_once() -> None:
    estimator = TokenEstimator()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda tokens: estimator.learn(LONG, tokens), [700, 1500] * 500))
    assert estimator.at_most(LONG) >= 1500
