"""BM25 over inverted lists: rank_bm25's scores to the last digit, from the query's terms' postings alone.

rank_bm25 keeps a dict for each document, scores every document for each query and is rebuilt for each new paper:
right for the sentences of a few abstracts, 0.3 s a query over 100,000 of them. Here a query reads its own terms'
postings, segments are added without touching those that stand, and their bytes are what the store keeps. The library
stays the reference: tests compare every score with it (`python -m bench.search --speed` compares the cost).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from bot.search.engine.scoring import K1, B, Floats, Numbers, TermCache, TermPostings, lucene_idf, parts
from bot.search.engine.segment import Segment
from bot.search.engine.segment_runs import Counts

MAX_BLOCK_SIZE = 1024
"""Scratch arrays have a multiple of this many places, so that they fold into blocks of any power of two up to it."""

CACHE_BYTES_PER_DOCUMENT = 320
"""How much memory a snapshot may use to keep what the terms asked for last add to scores."""

_BLOCKS_PER_HIT = 16
"""At least so many blocks for each paper asked for: the best of each block then tell well how good the last hit is."""

_LOOKUP_COST = 12
"""Looking one document up in a term's postings costs about as much as adding up this many postings."""


def candidates(
    terms: Sequence[tuple[TermPostings, int]],
    scratch: npt.NDArray[np.float32],
    *,
    limit: int,
    allowed: npt.NDArray[np.bool_] | None,
) -> Numbers:
    """Return, ascending, documents with a score, among them the `limit` best and all that tie with the last of them.

    `terms` come with how often the query has them. `scratch` is overwritten. `limit` is at least 1.
    """
    scratch.fill(0.0)
    doc_count = len(scratch) if allowed is None else len(allowed)
    for term, times in terms:
        term.add_to(scratch, times)
    if allowed is not None:
        scratch[:doc_count] *= allowed
    block_size = MAX_BLOCK_SIZE
    while block_size > 1 and len(scratch) < block_size * limit * _BLOCKS_PER_HIT:
        block_size //= 2
    best = scratch.reshape(block_size, -1).max(axis=0)
    floor = float(np.partition(best, -limit)[-limit]) if limit <= len(best) else 0.0
    if floor == 0.0:
        return np.flatnonzero(scratch).astype(np.int32)
    # m terms are rounded up to m + 1 times on their way into a sum, by 2^-24 of it at most, since all are positive:
    # rough scores whose exact ones are equal differ by 2 (m + 1) times 2^-24. This leaves more than three times that.
    return np.flatnonzero(scratch >= np.float32(floor * (1 - (len(terms) + 2) * 2.0**-21))).astype(np.int32)


class IndexSnapshot:
    """An immutable snapshot over segments. Any number of threads may search it; another set of documents is another.

    Documents are numbered through all segments in their order. A dead document keeps its number, but is never found
    and counts in no statistic: N (`live_count`), n and the mean length are those of the living. `alive` has a flag for
    each number and can't be written to any more.
    """

    def __init__(self, segments: Sequence[Segment], alive: npt.NDArray[np.bool_]) -> None:
        ends = list(accumulate((segment.size for segment in segments), initial=0))
        if alive.shape != (ends[-1],):
            raise ValueError(f"flags of shape {alive.shape} for {ends[-1]} documents")
        self.segments = tuple(segments)
        self.alive = alive
        alive.flags.writeable = False
        self.live_count = int(np.count_nonzero(alive))
        self._starts = ends[:-1]
        self._whole = self.live_count == len(alive)
        lengths = np.empty(ends[-1])
        for segment, start in zip(self.segments, self._starts, strict=True):
            lengths[start : start + segment.size] = segment.lengths
        mean = float(lengths.sum(where=alive)) / self.live_count if self.live_count else 0.0
        # In the order of rank_bm25's operations; without a mean length there is no posting whose norm would matter.
        self._norms = K1 * (1 - B + B * lengths / (mean or 1.0))
        self._norms[~alive] = np.inf
        self._no_postings = TermPostings((), count=0, idf=lucene_idf(self.live_count, 0), norms=self._norms)
        self._terms = TermCache(CACHE_BYTES_PER_DOCUMENT * ends[-1])
        self._spare: list[npt.NDArray[np.float32]] = []

    @classmethod
    def of(cls, segments: Sequence[Segment], dead: Iterable[int] = ()) -> "IndexSnapshot":
        """Return a snapshot of these segments without the dead documents. Raises ValueError for unknown numbers."""
        return cls(segments, _alive_flags(np.zeros(0, np.bool_), sum(segment.size for segment in segments), dead))

    def with_segment(self, segment: Segment, dead: Iterable[int] = ()) -> "IndexSnapshot":
        """Return a snapshot that also has this segment, whose documents follow on, and more dead documents.

        It shares everything of the old one's segments: the cost is a few arrays of one number per document. Raises
        ValueError for unknown numbers.
        """
        return IndexSnapshot((*self.segments, segment), _alive_flags(self.alive, len(self.alive) + segment.size, dead))

    def forget(self) -> None:
        """Give back the memory beside the segments, for a snapshot that has been replaced; it can still be searched.

        Call it in a thread: dropping the last reference frees all at once, which keeps an event loop waiting.
        """
        self._terms.clear()

    @property
    def doc_count(self) -> int:
        """How many numbers there are, those of dead documents included."""
        return len(self.alive)

    def idf(self, term: str) -> float:
        """Return the term's weight, also of a term that no document has (then the largest)."""
        return self._term(term).idf

    def scores(self, terms: Sequence[str]) -> Floats:
        """Return the score of every document, shape (doc_count,); 0 for the dead and those that share no term."""
        found = np.zeros(self.doc_count)
        for term in terms:
            for documents, impacts in self._term(term).impacts():
                found[documents] += impacts
        return found

    def scores_of(self, terms: Sequence[str], numbers: Numbers) -> Floats:
        """Return the scores of these documents, shape (numbers,)."""
        return self._scores_at(terms, self._matching_postings(terms), numbers)

    def frequencies(self, terms: Sequence[str], numbers: Numbers) -> npt.NDArray[np.uint16]:
        """Return how often each term occurs in each of these documents, shape (terms, numbers); 0 in dead ones."""
        found = np.zeros((len(terms), len(numbers)), np.uint16)
        for row, term in zip(found, terms, strict=True):
            row[:] = self._term(term).frequencies_at(numbers)
        return found * self.alive[numbers]

    def search(
        self, terms: Sequence[str], *, limit: int, allowed: npt.NDArray[np.bool_] | None = None
    ) -> tuple[Numbers, Floats]:
        """Return the numbers and scores of the best documents that share a term with the query, best first.

        A term counts as often as the query has it; equal scores go by number. `allowed`, shape (doc_count,), says which
        documents may be found; it changes no score. Raises ValueError for another shape.
        """
        if allowed is not None and allowed.shape != self.alive.shape:
            raise ValueError(f"flags of shape {allowed.shape} for {self.doc_count} documents")
        found = self._matching_postings(terms)
        if not found or limit < 1:
            return np.zeros(0, np.int32), np.zeros(0)
        numbers = self._candidates(
            [(found[term], times) for term, times in Counter(terms).items() if term in found],
            limit=limit,
            allowed=allowed,
        )
        scores = self._scores_at(terms, found, numbers)
        best = np.argsort(-scores, kind="stable")[:limit]
        best = best[scores[best] > 0.0]
        return numbers[best], scores[best]

    def _candidates(
        self, terms: Sequence[tuple[TermPostings, int]], *, limit: int, allowed: npt.NDArray[np.bool_] | None
    ) -> Numbers:
        if allowed is not None:
            lookup_cost = np.count_nonzero(allowed) * len(terms) * _LOOKUP_COST
            if lookup_cost < sum(postings.count for postings, _ in terms):
                return np.flatnonzero(allowed).astype(np.int32)
        # Each search has a scratch array of its own, so there are as many as there ever were searches at a time.
        try:
            scratch = self._spare.pop()
        except IndexError:
            scratch = np.empty(-(-self.doc_count // MAX_BLOCK_SIZE) * MAX_BLOCK_SIZE, np.float32)
        found = candidates(terms, scratch, limit=limit, allowed=allowed)
        self._spare.append(scratch)
        return found

    def _scores_at(self, terms: Sequence[str], found: dict[str, TermPostings], numbers: Numbers) -> Floats:
        """Return the exact scores of these documents, added up in the query's order as `scores` does."""
        norms = self._norms[numbers]
        frequencies = np.zeros((len(found), len(numbers)))
        for row, postings in zip(frequencies, found.values(), strict=True):
            row[:] = postings.frequencies_at(numbers)
        idf = np.array([[postings.idf] for postings in found.values()])
        added = dict(zip(found, parts(frequencies, norms, idf), strict=True)) if found else {}
        scores = np.zeros(len(numbers))
        for term in terms:
            if term in added:
                scores += added[term]
        return scores

    def _matching_postings(self, terms: Sequence[str]) -> dict[str, TermPostings]:
        """Return the postings of those terms that a living document has."""
        found = {term: self._term(term) for term in dict.fromkeys(terms)}
        return {term: postings for term, postings in found.items() if postings.count}

    def _term(self, term: str) -> TermPostings:
        found = self._terms.get(term)
        if found is None:
            found = self._gather_postings(term)
            # Terms without postings would let a stream of made-up words push the others out.
            if found.count:
                self._terms.put(term, found)
        return found

    def _gather_postings(self, term: str) -> TermPostings:
        """Return the term's postings: the first segment's as they are, those of all others in one copy."""
        first: list[tuple[Numbers, Counts]] = []
        documents: list[Numbers] = []
        frequencies: list[Counts] = []
        for segment, start in zip(self.segments, self._starts, strict=True):
            numbers, counts = segment.postings(term)
            if not len(numbers):
                continue
            if segment is self.segments[0] and not start:
                first.append((numbers, counts))
            else:
                documents.append(numbers + np.int32(start))
                frequencies.append(counts)
        others = [(np.concatenate(documents), np.concatenate(frequencies))] if documents else []
        found = [*first, *others]
        if not found:
            return self._no_postings
        count = sum(len(numbers) if self._whole else int(self.alive[numbers].sum()) for numbers, _ in found)
        return TermPostings(found, count=count, idf=lucene_idf(self.live_count, count), norms=self._norms)


def _alive_flags(alive: npt.NDArray[np.bool_], doc_count: int, dead: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Return `alive`, grown to `doc_count` flags, without the dead."""
    numbers = np.fromiter(dead, dtype=np.int64)
    if len(numbers) and not (numbers.min() >= 0 and numbers.max() < doc_count):
        raise ValueError(f"dead documents beyond the {doc_count} there are")
    flags = np.ones(doc_count, np.bool_)
    flags[: len(alive)] = alive
    flags[numbers] = False
    return flags
