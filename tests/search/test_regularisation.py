"""Scores that papers have from those that are like them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.search.regularisation import regularised

WORDS = ("kettle", "whistle", "steam", "pot", "lid", "spout")
documents = st.lists(st.sampled_from(WORDS), max_size=8)
candidates = st.lists(st.tuples(st.floats(0.0, 50.0), documents), min_size=3, max_size=12)


@given(candidates)
def test_scores_stay_positive_and_finite(found: list[tuple[float, list[str]]]) -> None:
    scores = regularised([score for score, _ in found], [words for _, words in found])
    assert len(scores) == len(found)
    assert all(0.0 <= score < 200.0 for score in scores)


def test_one_or_two_papers_keep_their_scores() -> None:
    assert regularised([], []) == []
    assert regularised([2.0, 1.0], [["pot"], ["pot"]]) == [2.0, 1.0]


def test_a_paper_that_is_clearly_best_stays_best() -> None:
    scores = regularised([10.0, 3.0, 3.0, 3.0], [["moon"], ["pot", "lid"], ["pot", "lid"], ["pot", "lid"]])
    assert max(scores) == scores[0]


def test_of_two_equal_papers_the_one_whose_neighbours_score_better_comes_first() -> None:
    near, far, *_ = regularised(
        [2.0, 2.0, 9.0, 0.1], [["pot", "lid"], ["moon", "sand"], ["pot", "lid", "steam"], ["moon", "sand", "tide"]]
    )
    assert near > far
