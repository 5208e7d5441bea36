"""The BM25 index against rank_bm25 itself, and on the small stores where that one goes wrong."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from bot.models import Paper
from bot.search.index import K1, TITLE_WEIGHT, B, Bm25Index, paper_terms
from bot.search.protocol import Hit
from tests.factories import make_paper

WORDS = ("kettle", "whistle", "steam", "pot", "lid", "spout")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
corpora = st.lists(st.tuples(texts, texts), min_size=1, max_size=8)
queries = st.lists(st.sampled_from((*WORDS, "unheard")), min_size=1, max_size=4)


def papers_of(corpus: list[tuple[str, str]]) -> list[Paper]:
    return [
        make_paper(title=title, abstract=abstract, arxiv_id=f"2401.{number:05}")
        for number, (title, abstract) in enumerate(corpus)
    ]


def search(index: Bm25Index, *words: str, limit: int = 100) -> list[Hit]:
    return index.search(
        [term for word in words for term in paper_terms(make_paper(title="", abstract=word))],
        limit=limit,
        allowed=lambda _paper: True,
    )


@given(corpora, queries)
def test_scores_are_rank_bm25s_own_with_lucenes_idf(corpus: list[tuple[str, str]], query: list[str]) -> None:
    papers = papers_of(corpus)
    documents = [paper_terms(paper) for paper in papers]
    reference = BM25Okapi(documents, k1=K1, b=B)
    for term in reference.idf:
        n = sum(term in document for document in documents)
        reference.idf[term] = math.log(1 + (len(documents) - n + 0.5) / (n + 0.5))
    terms = paper_terms(make_paper(title="", abstract=" ".join(query)))
    scores = reference.get_scores(terms)
    expected = {
        paper.key: score
        for paper, score, document in zip(papers, scores, documents, strict=True)
        if set(terms) & set(document)
    }

    hits = search(Bm25Index(papers), *query)

    assert {hit.paper.key: hit.score for hit in hits} == pytest.approx(expected)
    assert all(hit.score > 0 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_an_empty_corpus_finds_nothing() -> None:
    index = Bm25Index([])
    assert search(index, "kettle") == []
    assert index.papers == ()
    assert index.get("2401.00001") is None
    assert index.idf("kettle") > 0
    assert index.matched(make_paper(), ["kettl"]) == frozenset()


def test_papers_without_a_single_term_are_kept_and_never_found() -> None:
    index = Bm25Index([make_paper(title="?", abstract="the of and")])
    assert search(index, "kettle") == []
    assert len(index.papers) == 1


def test_a_single_paper_is_found_with_a_positive_score() -> None:
    [hit] = search(Bm25Index([make_paper()]), "kettles")
    assert hit.paper == make_paper()
    assert hit.score > 0


def test_a_term_that_stands_in_all_of_two_papers_still_counts() -> None:
    hits = search(Bm25Index(papers_of([("kettle", "steam"), ("pot", "kettle kettle")])), "kettle")
    assert len(hits) == 2
    assert all(hit.score > 0 for hit in hits)


def test_papers_without_a_hit_are_never_returned() -> None:
    index = Bm25Index(papers_of([("kettle", "steam"), ("pot", "lid")]))
    assert [hit.paper.title for hit in search(index, "pot")] == ["pot"]
    assert search(index, "unheard") == []
    assert index.search([], limit=5, allowed=lambda _paper: True) == []


def test_ties_go_by_arrival() -> None:
    papers = [make_paper(arxiv_id=f"2401.{number:05}") for number in (5, 3, 9, 1)]
    assert [hit.paper for hit in search(Bm25Index(papers), "kettle")] == papers


def test_a_word_in_the_title_weighs_more_than_one_in_the_abstract() -> None:
    index = Bm25Index(papers_of([("pot", "kettle lid"), ("kettle", "pot lid")]))
    assert [hit.paper.title for hit in search(index, "kettle")] == ["kettle", "pot"]
    assert paper_terms(make_paper(title="kettle", abstract="pot")) == ["kettl"] * TITLE_WEIGHT + ["pot"]


def test_only_allowed_papers_count_towards_the_limit() -> None:
    papers = papers_of([("kettle", "one"), ("kettle", "two"), ("kettle", "three")])
    index = Bm25Index(papers)
    hits = index.search(["kettl"], limit=2, allowed=lambda paper: paper != papers[0])
    assert [hit.paper for hit in hits] == papers[1:]
    assert len(search(index, "kettle", limit=2)) == 2


def test_matched_tells_which_terms_stand_in_a_paper() -> None:
    papers = papers_of([("kettle", "steam"), ("pot", "lid")])
    index = Bm25Index(papers)
    assert index.matched(papers[0], ["kettl", "pot", "steam"]) == {"kettl", "steam"}
    assert index.matched(make_paper(arxiv_id="9999.99999"), ["kettl"]) == frozenset()


def test_a_rare_term_weighs_more_and_an_unknown_one_most() -> None:
    index = Bm25Index(papers_of([("kettle", "pot"), ("kettle", "lid"), ("kettle", "lid")]))
    assert index.idf("kettl") < index.idf("lid") < index.idf("pot") < index.idf("unheard")


def test_a_paper_is_found_by_its_key() -> None:
    index = Bm25Index([make_paper()])
    assert index.get("2401.00001") == make_paper()
    assert index.get("2401.99999") is None
