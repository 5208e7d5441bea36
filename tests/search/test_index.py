"""The BM25 index against rank_bm25 itself, and on the small stores where that one goes wrong."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from bot.models import Paper
from bot.search.engine.index import TITLE_WEIGHT, Bm25Index, DocumentBatch, paper_terms
from bot.search.engine.protocol import Match
from bot.search.engine.scoring import K1, B
from bot.search.query.filters import Filters
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


def search(index: Bm25Index, *words: str, limit: int = 100) -> list[Match]:
    return index.search(
        [term for word in words for term in paper_terms(make_paper(title="", abstract=word))],
        limit=limit,
    )


@pytest.mark.slow
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

    assert {hit.key: hit.score for hit in hits} == pytest.approx(expected)
    assert all(hit.score > 0 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_an_empty_corpus_finds_nothing() -> None:
    index = Bm25Index([])
    assert search(index, "kettle") == []
    assert index.size == 0
    assert index.idf("kettle") > 0


def test_papers_without_a_single_term_are_kept_and_never_found() -> None:
    index = Bm25Index([make_paper(title="?", abstract="the of and")])
    assert search(index, "kettle") == []
    assert index.size == 1


def test_a_single_paper_is_found_with_a_positive_score() -> None:
    [hit] = search(Bm25Index([make_paper()]), "kettles")
    assert hit.key == make_paper().key
    assert hit.score > 0


def test_a_term_that_stands_in_all_of_two_papers_still_counts() -> None:
    hits = search(Bm25Index(papers_of([("kettle", "steam"), ("pot", "kettle kettle")])), "kettle")
    assert len(hits) == 2
    assert all(hit.score > 0 for hit in hits)


def test_papers_without_a_hit_are_never_returned() -> None:
    index = Bm25Index(papers_of([("kettle", "steam"), ("pot", "lid")]))
    assert [hit.key for hit in search(index, "pot")] == ["2401.00001"]
    assert search(index, "unheard") == []
    assert index.search([], limit=5) == []


def test_ties_go_by_arrival() -> None:
    papers = [make_paper(arxiv_id=f"2401.{number:05}") for number in (5, 3, 9, 1)]
    assert [hit.key for hit in search(Bm25Index(papers), "kettle")] == [paper.key for paper in papers]


def test_a_word_in_the_title_weighs_more_than_one_in_the_abstract() -> None:
    index = Bm25Index(papers_of([("pot", "kettle lid"), ("kettle", "pot lid")]))
    assert [hit.key for hit in search(index, "kettle")] == ["2401.00001", "2401.00000"]
    assert paper_terms(make_paper(title="kettle", abstract="pot")) == ["kettl"] * TITLE_WEIGHT + ["pot"]


def test_only_papers_within_the_filters_count_towards_the_limit() -> None:
    papers = [make_paper(arxiv_id=f"2401.{day:05}", published=date(2024, 1, day)) for day in (1, 2, 3)]
    index = Bm25Index(papers)
    late = Filters(after=date(2024, 1, 2))
    assert [hit.key for hit in index.search(["kettl"], limit=2, filters=late)] == ["2401.00002", "2401.00003"]
    assert index.listed(late, order="newest", limit=5) == ["2401.00003", "2401.00002"]
    assert index.listed(late, order="oldest", limit=1) == ["2401.00002"]
    assert index.span(late) == (2, (date(2024, 1, 2), date(2024, 1, 3)))
    assert len(search(index, "kettle", limit=2)) == 2


def test_a_paper_without_a_date_is_found_only_when_no_day_is_asked_for() -> None:
    index = Bm25Index([make_paper(published=None)])
    assert index.search(["kettl"], limit=1, filters=Filters(before=date(2030, 1, 1))) == []
    assert index.span(Filters()) == (1, None)
    assert len(index.search(["kettl"], limit=1)) == 1


def test_an_index_that_grew_finds_what_one_made_anew_finds() -> None:
    first = papers_of([("kettle", "steam"), ("pot", "lid"), ("kettle", "spout")])
    changed = make_paper(title="pot", abstract="kettle kettle", arxiv_id=first[1].key)
    new = make_paper(title="teapot", abstract="kettle lid", arxiv_id="2499.00001", published=None)
    before = Bm25Index(first)
    later = DocumentBatch.of([changed, new])
    after = Bm25Index.of(
        [*before.batches, later], [(3, changed.key, changed.published), (4, new.key, None)], dead=[0, 1], after=before
    )
    for words in ("kettle", "pot lid", "steam"):
        fresh = {hit.key: hit.score for hit in search(Bm25Index([first[2], changed, new]), words)}
        assert {hit.key: hit.score for hit in search(after, words)} == pytest.approx(fresh)
    assert (after.size, after.dead) == (3, 2)
    assert after.listed(Filters(), order="newest", limit=5) == [first[2].key, changed.key, new.key]
    assert [hit.key for hit in search(before, "steam")] == [first[0].key]


def test_fields_filter_and_are_known() -> None:
    papers = [
        make_paper(arxiv_id="2401.00001", authors=("Geoffrey Hinton", "Ada Lovelace"), categories=("cs.LG",)),
        make_paper(arxiv_id="2401.00002", authors=("Geoffrey Hinton",), categories=("cs.CL",)),
    ]
    index = Bm25Index(papers)
    by_hinton = Filters(fields=("author:hinton", "category:cs.cl"))
    assert [hit.key for hit in index.search(["kettl"], limit=5, filters=by_hinton)] == ["2401.00002"]
    assert index.span(Filters(fields=("author:lovelace",)))[0] == 1
    assert index.known("author:ada lovelace")
    assert not index.known("author:turing")


def test_a_rare_term_weighs_more_and_an_unknown_one_most() -> None:
    index = Bm25Index(papers_of([("kettle", "pot"), ("kettle", "lid"), ("kettle", "lid")]))
    assert index.idf("kettl") < index.idf("lid") < index.idf("pot") < index.idf("unheard")
