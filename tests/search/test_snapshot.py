import random
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.engine import snapshot as snapshot_module
from bot.search.engine.index import paper_terms
from bot.search.engine.scoring import K1, B, LuceneBM25, lucene_idf
from bot.search.engine.segment import Segment, merge
from bot.search.engine.snapshot import IndexSnapshot
from bot.sources.files import read_sample
from tests.search.random_documents import DOCUMENTS, QUERIES, Documents


def reference(documents: Documents, terms: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return rank_bm25's own scores; it divides by the number of documents and by their mean length."""
    if not any(documents):
        return np.zeros(len(documents))
    scores: npt.NDArray[np.float64] = LuceneBM25(documents, k1=K1, b=B).get_scores(terms)
    return scores


def ranking(scores: npt.NDArray[np.float64], limit: int, allowed: npt.NDArray[np.bool_] | None = None) -> list[int]:
    """Return the numbers of the best documents by a full, stable sort."""
    found = np.argsort(-scores, kind="stable")
    kept = [int(number) for number in found if scores[number] > 0 and (allowed is None or allowed[number])]
    return kept[:limit]


def varied(count: int, seed: int) -> Documents:
    """Return documents over terms of which some are in nearly all of them and some in few."""
    draw = random.Random(seed)
    terms = [f"t{number}" for number in range(400)]
    weights = [1 / (number + 1) for number in range(400)]
    return [draw.choices(terms, weights, k=draw.randint(0, 60)) for _ in range(count)]


@pytest.mark.slow
@given(st.lists(DOCUMENTS, max_size=4), QUERIES, st.randoms())
@settings(max_examples=60)
def test_scores_are_rank_bm25s_over_the_living(batches: list[Documents], terms: list[str], draw: random.Random) -> None:
    together = [document for batch in batches for document in batch]
    dead = [number for number in range(len(together)) if draw.random() < 0.3]
    living = [number for number in range(len(together)) if number not in dead]
    snapshot = IndexSnapshot.of([Segment.of(batch) for batch in batches], dead)
    expected = reference([together[number] for number in living], terms)

    scores = snapshot.scores(terms)

    assert scores.shape == (len(together),) == (snapshot.doc_count,)
    assert scores[living].tolist() == expected.tolist()  # to the last digit, by the same operations
    assert not scores[dead].any()
    assert snapshot.scores_of(terms, np.array(living, np.int32)).tolist() == expected.tolist()
    assert snapshot.live_count == len(living)


@pytest.mark.slow
@given(st.lists(DOCUMENTS, max_size=4), QUERIES, st.integers(0, 30), st.randoms())
@settings(max_examples=60)
def test_search_is_a_sort_of_the_scores(
    batches: list[Documents], terms: list[str], limit: int, draw: random.Random
) -> None:
    total = sum(map(len, batches))
    snapshot = IndexSnapshot.of([Segment.of(batch) for batch in batches], draw.sample(range(total), total // 5))
    scores = snapshot.scores(terms)
    for allowed in (None, np.array([draw.random() < 0.6 for _ in range(total)], dtype=np.bool_)):
        numbers, found = snapshot.search(terms, limit=limit, allowed=allowed)
        assert numbers.tolist() == ranking(scores, limit, allowed)
        assert found.tolist() == scores[numbers].tolist()


@pytest.mark.parametrize("limit", [1, 10, 200, 5_000])
@pytest.mark.parametrize("share", [None, 0.5, 0.002, 0.0])
def test_search_is_a_sort_of_the_scores_among_many(limit: int, share: float | None) -> None:
    draw = random.Random(limit)
    snapshot = IndexSnapshot.of([Segment.of(varied(3_000, 1)), Segment.of(varied(500, 2))], dead=range(100, 200))
    allowed = None if share is None else np.array([draw.random() < share for _ in range(3_500)], dtype=np.bool_)
    for _ in range(15):
        terms = [f"t{int(draw.paretovariate(0.4)) % 400}" for _ in range(8)]
        scores = snapshot.scores(terms)
        numbers, found = snapshot.search(terms, limit=limit, allowed=allowed)
        assert numbers.tolist() == ranking(scores, limit, allowed)
        assert found.tolist() == scores[numbers].tolist()


def test_equal_scores_go_by_number() -> None:
    snapshot = IndexSnapshot.of([Segment.of([["b", "a"], ["a", "c"], ["c", "d"]] * 50)])
    numbers, scores = snapshot.search(["a"], limit=7)
    assert numbers.tolist() == [0, 1, 3, 4, 6, 7, 9]
    assert len(set(scores.tolist())) == 1


def test_a_repeated_term_counts_as_often_as_the_query_has_it() -> None:
    snapshot = IndexSnapshot.of([Segment.of([["a", "x"], ["b", "y"], ["b", "z"]])])
    assert snapshot.search(["a", "b"], limit=1)[0].tolist() == [0]
    assert snapshot.search(["a", "b", "b", "b"], limit=1)[0].tolist() == [1]


@pytest.mark.parametrize("documents", [[], [[]], [[], []], [["a"]], [["a"], ["a"]], [["a"], []]])
def test_tiny_stores_find_what_matches_and_nothing_else(documents: Documents) -> None:
    snapshot = IndexSnapshot.of([Segment.of(documents)])
    matching = [number for number, document in enumerate(documents) if document]
    assert snapshot.search(["a"], limit=5)[0].tolist() == matching
    assert snapshot.search(["b"], limit=5)[0].tolist() == []
    assert snapshot.search([], limit=5)[0].tolist() == []
    assert (snapshot.scores(["a"]) > 0).tolist() == [bool(document) for document in documents]


def test_idf_is_lucenes_and_largest_for_unknown_terms() -> None:
    snapshot = IndexSnapshot.of([Segment.of([["a"], ["a", "b"], ["c"]])], dead=[2])
    assert snapshot.idf("a") == lucene_idf(2, 2)
    assert snapshot.idf("b") == lucene_idf(2, 1)
    assert snapshot.idf("c") == snapshot.idf("unknown") == lucene_idf(2, 0)


def test_frequencies_say_how_often_terms_stand_in_documents() -> None:
    snapshot = IndexSnapshot.of([Segment.of([["a", "a", "b"], ["b"]]), Segment.of([["a"] * 300])], dead=[1])
    found = snapshot.frequencies(["a", "b", "unknown"], np.array([2, 0, 1], np.int32))
    assert found.tolist() == [[300, 2, 0], [0, 1, 0], [0, 0, 0]]


def test_scores_of_real_abstracts_are_rank_bm25s() -> None:
    documents = [paper_terms(paper) for paper in read_sample()]
    snapshot = IndexSnapshot.of([Segment.of(documents[:30]), Segment.of(documents[30:])])
    for document in documents[::5]:
        terms = document[::7]
        assert snapshot.scores(terms).tolist() == reference(documents, terms).tolist()


def test_added_documents_are_found_and_an_old_snapshot_answers_as_before() -> None:
    old = IndexSnapshot.of([Segment.of(varied(300, 1))], dead=[3])
    terms = ["t1", "t7", "t50", "new"]
    before = [values.tolist() for values in old.search(terms, limit=50)], old.scores(terms).tolist(), old.idf("t1")

    new = old.with_segment(Segment.of([["new", "t1"], ["t7"]]), dead=[5, 301])

    assert new.search(["new"], limit=5)[0].tolist() == [300]
    assert (old.live_count, old.doc_count, new.live_count, new.doc_count) == (299, 300, 299, 302)
    fresh = IndexSnapshot.of(new.segments, dead=[3, 5, 301])
    assert new.scores(terms).tolist() == fresh.scores(terms).tolist()
    after = [values.tolist() for values in old.search(terms, limit=50)], old.scores(terms).tolist(), old.idf("t1")
    assert after == before


def test_a_replaced_document_is_found_under_its_new_number_only() -> None:
    old = IndexSnapshot.of([Segment.of([["a"], ["b"]])])
    new = old.with_segment(Segment.of([["a", "c"]]), dead=[0])
    assert new.search(["a"], limit=5)[0].tolist() == [2]
    assert old.search(["a"], limit=5)[0].tolist() == [0]


def test_merged_segments_score_as_before() -> None:
    snapshot = IndexSnapshot.of([Segment.of(varied(200, 1)), Segment.of(varied(50, 2))], dead=range(0, 250, 7))
    merged = IndexSnapshot.of([merge(snapshot.segments, snapshot.alive)])
    terms = ["t0", "t3", "t30"]
    assert merged.scores(terms).tolist() == snapshot.scores(terms)[snapshot.alive].tolist()


@pytest.mark.parametrize("dead", [[-1], [2], [0, 99]])
def test_dead_documents_must_exist(dead: list[int]) -> None:
    segment = Segment.of([["a"], ["b"]])
    with pytest.raises(ValueError, match="2"):
        IndexSnapshot.of([segment], dead)
    with pytest.raises(ValueError, match="2"):
        IndexSnapshot.of([]).with_segment(segment, dead)


def test_flags_must_be_one_per_document() -> None:
    snapshot = IndexSnapshot.of([Segment.of([["a"], ["b"]])])
    with pytest.raises(ValueError, match="2 documents"):
        snapshot.search(["a"], limit=1, allowed=np.ones(3, np.bool_))
    with pytest.raises(ValueError, match="2 documents"):
        IndexSnapshot(snapshot.segments, np.ones(1, np.bool_))


@pytest.mark.slow
def test_what_a_snapshot_keeps_beside_its_segments_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_module, "CACHE_BYTES_PER_DOCUMENT", 4)
    snapshot = IndexSnapshot.of([Segment.of(varied(1_000, 1))], dead=[1])
    for number in range(400):
        terms = [f"t{number}", f"t{399 - number}", "t0"]
        assert snapshot.search(terms, limit=9)[0].tolist() == ranking(snapshot.scores(terms), 9)
        assert snapshot._terms._held <= 4_000
    assert snapshot._terms._held == sum(kept.nbytes for kept in snapshot._terms._terms.values())
    snapshot.forget()
    assert snapshot._terms._held == 0
    assert snapshot.search(terms, limit=9)[0].tolist() == ranking(snapshot.scores(terms), 9)


def test_many_threads_may_search_while_documents_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_module, "CACHE_BYTES_PER_DOCUMENT", 20)  # so that they also evict each other's terms
    draw = random.Random(1)
    queries = [[f"t{int(draw.paretovariate(0.4)) % 400}" for _ in range(8)] for _ in range(40)]
    shared = IndexSnapshot.of([Segment.of(varied(2_000, 1))])
    expected = [ranking(shared.scores(terms), 20) for terms in queries]
    barrier = threading.Barrier(5)

    def search(_: Any) -> list[list[int]]:
        barrier.wait()
        return [shared.search(terms, limit=20)[0].tolist() for terms in queries * 3]

    def add(_: Any) -> int:
        barrier.wait()
        grown = shared
        for number in range(20):
            grown = grown.with_segment(Segment.of([["added", f"t{number}"]]), dead=[number])
        return len(grown.search(["added"], limit=99)[0])

    with ThreadPoolExecutor(5) as pool:
        added = pool.submit(add, None)
        for found in pool.map(search, range(4)):
            assert found == expected * 3
        assert added.result() == 20
