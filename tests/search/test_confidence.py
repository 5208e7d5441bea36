"""How sure a search is of its papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.confidence import ANSWER_AT, CLOSEST_AT, Confidence, confidence, normalised_score
from bot.search.index import Bm25Index
from tests.factories import make_paper, make_papers

WORDS = ("kettl", "whistl", "steam", "pot", "unheard")


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (1.0, Confidence.ANSWER),
        (ANSWER_AT, Confidence.ANSWER),
        (ANSWER_AT - 0.001, Confidence.CLOSEST),
        (CLOSEST_AT, Confidence.CLOSEST),
        (CLOSEST_AT - 0.001, Confidence.NOTHING),
        (0.0, Confidence.NOTHING),
    ],
)
def test_the_bands(score: float, band: Confidence) -> None:
    assert confidence(score) is band


@given(
    st.lists(st.lists(st.sampled_from(WORDS[:4]), min_size=1).map(" ".join), min_size=1, max_size=6),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
)
def test_a_normalised_score_is_a_share(titles: list[str], terms: list[str]) -> None:
    index = Bm25Index(make_papers(*titles))
    for hit in index.search(terms, limit=10):
        assert 0 < normalised_score(hit.score, terms, index) <= 1 + 1e-9


def test_a_query_without_terms_is_not_sure_of_anything() -> None:
    index = Bm25Index([make_paper()])
    assert normalised_score(0.0, [], index) == 0


def test_a_question_about_the_paper_is_surer_than_one_that_shares_a_word_with_it() -> None:
    index = Bm25Index(make_papers("Kettle whistle", "Steam pot", "Lid spout", abstract="Something else."))

    def sure(*terms: str) -> float:
        return normalised_score(index.search(terms, limit=1)[0].score, terms, index)

    assert sure("kettl", "whistl") > sure("kettl", "protein", "fold") > 0
