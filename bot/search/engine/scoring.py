"""One term's postings in one snapshot, and what they add to documents' scores."""

import math
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

from bot.search.engine.segment_runs import Counts

K1 = 1.2
B = 0.75


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """BM25 with Lucene's idf, ln(1 + (N - n + 0.5) / (n + 0.5)), which is positive for any N and n.

    BM25Okapi's own idf is zero or negative where a term is in half of the papers or more, as in small stores.
    """

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: lucene_idf(self.corpus_size, n) for term, n in nd.items()}


def lucene_idf(size: int, n: int) -> float:
    """Return the idf of a term that occurs in `n` of `size` documents (Lucene's BM25Similarity)."""
    return math.log1p((size - n + 0.5) / (n + 0.5))


Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int32]

_DENSE = 3
"""A term of a third of the documents is added to all of them at once: that is faster than one by one."""


def parts(frequencies: npt.NDArray[np.float64], norms: Floats, idf: float | Floats) -> Floats:
    """Return what a term adds to scores: idf * tf * (k1 + 1) / (tf + norm), in the order of rank_bm25's operations.

    `norms` are k1 * (1 - b + b * length / mean length). The result is the float that rank_bm25 computes, bit for bit.
    """
    found = frequencies * (K1 + 1)
    found /= frequencies + norms
    found *= idf
    return found


class TermPostings:
    """The documents that have a term and its frequency in each, in one or more parts of ascending numbers.

    `count` says how many of them live, n. `norms` has a number for every document of the snapshot, see `parts`;
    infinite for a dead document, to whose score every term thereby adds 0.
    """

    __slots__ = ("_norms", "_parts", "_weights", "count", "idf")

    def __init__(self, postings: Sequence[tuple[Numbers, Counts]], *, count: int, idf: float, norms: Floats) -> None:
        self.count = count
        self.idf = idf
        self._parts = tuple(part for part in postings if len(part[0]))
        self._norms = norms
        self._weights: tuple[npt.NDArray[np.float32], ...] | None = None

    def impacts(self) -> list[tuple[Numbers, Floats]]:
        """Return for each part the documents and what the term adds to their scores."""
        return [
            (documents, parts(frequencies.astype(np.float64), self._norms[documents], self.idf))
            for documents, frequencies in self._parts
        ]

    def add_to(self, scores: npt.NDArray[np.float32], times: int) -> None:
        """Add the term's impacts, `times` over, to rough scores, shape (total,) or longer."""
        if self._weights is None:  # Two threads at a time would compute the same.
            self._weights = self._rough()
        factor = np.float32(times)
        if self._dense:
            (weights,) = self._weights
            scores[: len(weights)] += weights if times == 1 else weights * factor
            return
        for (documents, _), weights in zip(self._parts, self._weights, strict=True):
            np.add.at(scores, documents, weights if times == 1 else weights * factor)

    def frequencies_at(self, numbers: Numbers) -> Counts:
        """Return how often the term occurs in each of these documents, dead or alive."""
        found: Counts = np.zeros(len(numbers), np.uint16)
        for documents, frequencies in self._parts:
            places = documents.searchsorted(numbers)
            here = documents.take(places, mode="clip") == numbers
            found += frequencies.take(places, mode="clip") * here
        return found

    @property
    def nbytes(self) -> int:
        """The memory that this object takes beside the segments, in bytes, once its weights are computed."""
        held = 500 + 4 * (len(self._norms) if self._dense else sum(len(documents) for documents, _ in self._parts))
        for part in self._parts:
            held += sum(values.nbytes for values in part if values.base is None)
        return held

    @property
    def _dense(self) -> bool:
        return self.count * _DENSE >= len(self._norms)

    def _rough(self) -> tuple[npt.NDArray[np.float32], ...]:
        """Return the impacts in single precision: of all documents for a frequent term, else of each part."""
        if not self._dense:
            return tuple(impacts.astype(np.float32) for _, impacts in self.impacts())
        weights = np.zeros(len(self._norms), np.float32)
        for documents, impacts in self.impacts():
            weights[documents] = impacts
        return (weights,)


class TermCache:
    """The terms used last, up to a number of bytes. Any number of threads may use it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._terms: OrderedDict[str, TermPostings] = OrderedDict()
        self._lock = Lock()

    def get(self, term: str) -> TermPostings | None:
        """Return the term's postings if they are here."""
        with self._lock:
            found = self._terms.get(term)
            if found is not None:
                self._terms.move_to_end(term)
            return found

    def put(self, term: str, postings: TermPostings) -> None:
        """Keep the term's postings, in place of those used longest ago."""
        with self._lock:
            if term in self._terms:
                return
            self._terms[term] = postings
            self._held += postings.nbytes
            while self._held > self._limit:
                self._held -= self._terms.popitem(last=False)[1].nbytes

    def clear(self) -> None:
        """Forget every term, one at a time so that other threads get their turn: freeing memory takes time as well."""
        while True:
            with self._lock:
                if not self._terms:
                    return
                self._held -= self._terms.popitem()[1].nbytes
