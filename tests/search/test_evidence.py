"""What speaks for the papers that a search found."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import Paper
from bot.search.engine.index import Bm25Index
from bot.search.ranking.confidence import MatchEvidence, find_evidence, normalised_score
from bot.search.ranking.query_terms import query_terms
from bot.search.text.tokens import tokenize
from tests.factories import make_paper, make_papers

WORDS = ("kettl", "whistl", "steam", "pot", "unheard")
PAPERS = make_papers("SpikeKettle: whistling steam", "Teapots pour", "Quantized lids", abstract="Something else.")
INDEX = Bm25Index(PAPERS)


def evidence(question: str, *keywords: str, papers: Sequence[Paper] = PAPERS) -> MatchEvidence:
    terms = query_terms(question, keywords, INDEX)
    found = INDEX.search(terms, limit=1)
    return find_evidence(
        question=question,
        keywords=keywords,
        terms=terms,
        best_score=found[0].score if found else 0.0,
        held=[set(tokenize(f"{paper.title} {paper.abstract}")) for paper in papers],
        index=INDEX,
    )


@given(
    st.lists(st.lists(st.sampled_from(WORDS[:4]), min_size=1).map(" ".join), min_size=1, max_size=6),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
)
def test_a_normalised_score_is_a_share(titles: list[str], terms: list[str]) -> None:
    index = Bm25Index(make_papers(*titles))
    for match in index.search(terms, limit=10):
        assert 0 < normalised_score(match.score, terms, index) <= 1 + 1e-9


def test_a_query_without_terms_speaks_for_nothing() -> None:
    assert normalised_score(0.0, [], Bm25Index([make_paper()])) == 0
    found = evidence("what is it?")
    assert (found.score, found.coverage, found.unknown_name) == (0.0, 0.0, False)


def test_coverage_is_by_weight() -> None:
    assert evidence("whistling steam").coverage == pytest.approx(1)
    assert evidence("whistling proteins").coverage < 0.5  # the word that no paper has weighs most
    assert evidence("folding proteins").coverage == 0


def test_a_name_counts_double() -> None:
    assert evidence("does SpikeKettle fold").coverage > evidence("does whistling fold").coverage


def test_other_forms_of_a_word_cover_it() -> None:
    assert evidence("spike kettle").coverage == pytest.approx(1)  # the paper writes them as one
    assert evidence("SpikeKetle").coverage == pytest.approx(1)  # a letter is missing
    assert not evidence("SpikeKetle").unknown_name


def test_only_the_first_papers_are_looked_at() -> None:
    others = make_papers("a", "b", "c", abstract="Something else.")
    assert evidence("whistling steam", papers=[*others, *PAPERS]).coverage == 0


def test_with_keywords_their_coverage_stands_for_the_question() -> None:
    found = evidence("the hot vessel thing", "teapots")
    assert found.has_keywords
    assert found.coverage == pytest.approx(1)
    assert evidence("teapots", "proteins").coverage == 0


@pytest.mark.parametrize("name", ["ZorbNet", "BQT-7", "GMLD3", "dZRB"])
def test_a_name_that_no_paper_has_is_seen(name: str) -> None:
    assert evidence(f"how does {name} whistle with steam?").unknown_name


@pytest.mark.parametrize(
    "question", ["how does SpikeKettle whistle?", "top-1 of Teapots", "what does LM mean", "NOT steam"]
)
def test_what_is_no_such_name(question: str) -> None:
    index_words = make_papers("SpikeKettle top", "Teapots", abstract="Something else.")
    index = Bm25Index(index_words)
    found = find_evidence(
        question=question, keywords=(), terms=query_terms(question, [], index), best_score=0, held=[], index=index
    )
    assert not found.unknown_name
