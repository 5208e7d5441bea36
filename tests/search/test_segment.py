import random
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.engine import segment_runs
from bot.search.engine.segment import Segment, merge
from tests.search.random_documents import DOCUMENTS, Documents


def inverted(documents: Documents) -> dict[str, list[tuple[int, int]]]:
    """Return for each term its (document, frequency) pairs."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, document in enumerate(documents):
        for term, count in Counter(document).items():
            found.setdefault(term, []).append((number, count))
    return found


def contents(segment: Segment) -> dict[str, list[tuple[int, int]]]:
    """Return what `inverted` returns, after checking the segment's form."""
    assert list(segment.terms) == sorted(set(segment.terms))
    assert len(segment.indptr) == len(segment.terms) + 1
    assert segment.indptr[-1] == len(segment.documents) == len(segment.frequencies)
    assert all(start < end for start, end in pairwise(segment.indptr.tolist()))
    found: dict[str, list[tuple[int, int]]] = {}
    for term in segment.terms:
        documents, frequencies = segment.postings(term)
        found[term] = list(zip(documents.tolist(), frequencies.tolist(), strict=True))
    return found


@given(DOCUMENTS)
def test_a_segment_has_every_documents_terms_with_their_frequencies(documents: Documents) -> None:
    segment = Segment.of(documents)
    assert contents(segment) == inverted(documents)
    assert segment.lengths.tolist() == [len(document) for document in documents]
    assert segment.size == len(documents)


def test_documents_may_come_one_by_one() -> None:
    segment = Segment.of(iter([["a"], [], ["b", "a"]]))
    assert contents(segment) == {"a": [(0, 1), (2, 1)], "b": [(2, 1)]}


def test_an_unknown_term_has_no_postings() -> None:
    segment = Segment.of([["b"]])
    for term in ("a", "c", ""):
        assert [len(values) for values in segment.postings(term)] == [0, 0]


@pytest.mark.slow
@pytest.mark.parametrize("at_once", [1, 50, 1_000])
def test_work_in_small_parts_gives_the_same(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_runs, "_AT_ONCE", at_once)
    draw = random.Random(1)
    documents = [draw.choices(range(9_000), k=30) + draw.choices(range(5), k=9) for _ in range(300)]
    written = [[f"t{term}" for term in document] for document in documents]
    segment = Segment.of(written)
    assert len(segment.terms) > 2_000
    assert contents(segment) == inverted(written)
    assert contents(merge([segment, Segment.of([["t1"]])])) == inverted([*written, ["t1"]])
    alive = np.arange(300) % 3 > 0
    assert contents(merge([segment], alive)) == inverted([written[number] for number in np.flatnonzero(alive)])


@pytest.mark.parametrize(
    ("count", "kept", "dtype"), [(255, 255, np.uint8), (256, 256, np.uint16), (70_000, 65_535, np.uint16)]
)
def test_frequencies_take_one_byte_where_that_is_enough_and_stop_at_a_limit(count: int, kept: int, dtype: type) -> None:
    segment = Segment.of([["a"] * count, ["a"]])
    assert contents(segment) == {"a": [(0, kept), (1, 1)]}
    assert segment.lengths.tolist() == [count, 1]
    assert segment.frequencies.dtype == dtype
    assert contents(Segment.from_bytes(segment.to_bytes())) == contents(segment)


def test_a_segment_cant_be_written_to() -> None:
    built = Segment.of([["a", "b"]])
    for segment in (built, Segment.from_bytes(built.to_bytes()), merge([built])):
        for values in (segment.indptr, segment.documents, segment.frequencies, segment.lengths):
            with pytest.raises(ValueError, match="read-only"):
                values[0] = 7


@given(st.lists(DOCUMENTS, max_size=4), st.randoms())
def test_merging_is_building_from_the_living(batches: list[Documents], draw: random.Random) -> None:
    together = [document for batch in batches for document in batch]
    alive = np.array([draw.random() < 0.7 for _ in together], dtype=np.bool_)
    segments = [Segment.of(batch) for batch in batches]
    living = [document for document, lives in zip(together, alive, strict=True) if lives]
    for merged, documents in ((merge(segments), together), (merge(segments, alive), living)):
        assert contents(merged) == inverted(documents)
        assert merged.lengths.tolist() == [len(document) for document in documents]


def test_merging_wants_a_flag_for_every_document() -> None:
    with pytest.raises(ValueError, match="2 documents"):
        merge([Segment.of([["a"], ["b"]])], np.ones(3, np.bool_))


@pytest.mark.slow
@given(DOCUMENTS)
def test_a_segment_survives_being_stored(documents: Documents) -> None:
    segment = Segment.of(documents)
    again = Segment.from_bytes(segment.to_bytes())
    assert contents(again) == contents(segment)
    assert again.lengths.tolist() == segment.lengths.tolist()
    assert again.to_bytes() == segment.to_bytes()


def test_a_term_that_is_no_valid_text_survives_being_stored() -> None:
    segment = Segment.of([["\ud800", ""]])
    assert Segment.from_bytes(segment.to_bytes()).terms == ("", "\ud800")


def test_any_damaged_byte_is_noticed() -> None:
    data = Segment.of([["a", "b", "a"], ["c"]]).to_bytes()
    for place in range(len(data)):
        for bit in (1, 128):
            damaged = bytearray(data)
            damaged[place] ^= bit
            with pytest.raises(ValueError, match="segment"):
                Segment.from_bytes(bytes(damaged))


def test_bytes_cut_off_or_added_are_noticed() -> None:
    data = Segment.of([["a", "b", "a"], ["c"]]).to_bytes()
    for other in (*(data[:length] for length in range(len(data))), data + b"\0", data + data):
        with pytest.raises(ValueError, match="segment"):
            Segment.from_bytes(other)


@given(st.binary(max_size=200))
def test_other_bytes_are_no_segment(data: bytes) -> None:
    for other in (data, b"PBSG" + data):
        with pytest.raises(ValueError, match="segment"):
            Segment.from_bytes(other)
