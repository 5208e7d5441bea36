"""A batch of documents, inverted: for every term, the documents that have it and how often."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from bot.search.segment_bytes import pack, unpack
from bot.search.segment_runs import Counts, Gathered, Run, gather, in_order, kept, ordered, places_of, read


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """An immutable batch of documents, numbered from 0 in the order in which they came.

    `terms` is sorted; term t's postings are at `indptr[t]` to `indptr[t + 1]` of `documents` (ascending) and
    `frequencies` (unsigned, of one byte where that is enough, and at most 65,535). `lengths` has each document's
    number of tokens. No array can be written to.
    """

    terms: tuple[str, ...]
    indptr: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    frequencies: Counts
    lengths: npt.NDArray[np.uint32] = field(repr=False)

    def __post_init__(self) -> None:
        for values in (self.indptr, self.documents, self.frequencies, self.lengths):
            values.flags.writeable = False

    @classmethod
    def of(cls, documents: Iterable[Sequence[str]]) -> "Segment":
        """Return a segment of these documents, each the list of its tokens. They may come one by one."""
        found, runs, lengths = read(documents)
        terms = ordered(found)
        place = {term: number for number, term in enumerate(terms)}
        numbers = places_of(found, place)
        runs = [Run(numbers[run.terms], run.counts, run.documents, run.frequencies) for run in runs]
        return cls._of(terms, gather(runs, terms=len(terms)), lengths)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Segment":
        """Return the segment that `to_bytes` has turned into `data`. Raises ValueError for any other bytes."""
        return cls._of(*unpack(data))

    @classmethod
    def _of(cls, terms: tuple[str, ...], postings: Gathered, lengths: npt.NDArray[np.uint32]) -> "Segment":
        frequencies: Counts = postings.frequencies
        if not len(frequencies) or frequencies.max() <= np.iinfo(np.uint8).max:
            frequencies = frequencies.astype(np.uint8)
        return cls(terms, postings.indptr, postings.documents, frequencies, lengths)

    def to_bytes(self) -> bytes:
        """Return the segment in a form to be stored, about 2 bytes per posting; see segment_bytes."""
        return pack(self.terms, Gathered(self.indptr, self.documents, self.frequencies), self.lengths)

    @property
    def size(self) -> int:
        """The number of documents."""
        return len(self.lengths)

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take, in bytes."""
        return self.indptr.nbytes + self.documents.nbytes + self.frequencies.nbytes + self.lengths.nbytes

    def postings(self, term: str) -> tuple[npt.NDArray[np.int32], Counts]:
        """Return the documents that have the term, ascending, and its frequency in each; empty when none has it."""
        at = bisect_left(self.terms, term)
        if at == len(self.terms) or self.terms[at] != term:
            return self.documents[:0], self.frequencies[:0]
        span = slice(self.indptr[at], self.indptr[at + 1])
        return self.documents[span], self.frequencies[span]


def merge(segments: Sequence[Segment], alive: npt.NDArray[np.bool_] | None = None) -> Segment:
    """Return one segment with the documents of all, in order, without those that are not `alive`.

    `alive` has a flag for each document, over all segments one after the other; None keeps every document and thereby
    its number. Dropped documents close ranks: the i-th living one gets number i. Raises ValueError for another shape.
    """
    if alive is None:
        alive = np.ones(sum(segment.size for segment in segments), dtype=np.bool_)
    ends = list(accumulate(segment.size for segment in segments))
    if alive.shape != (ends[-1] if ends else 0,):
        raise ValueError(f"flags of shape {alive.shape} for {ends[-1] if ends else 0} documents")
    terms = tuple(in_order(*(segment.terms for segment in segments)))
    place = {term: number for number, term in enumerate(terms)}
    runs: list[Run] = []
    first = 0
    for segment, end in zip(segments, ends, strict=True):
        flags = alive[end - segment.size : end]
        numbers = places_of(segment.terms, place)
        run = Run(numbers, np.diff(segment.indptr), segment.documents, segment.frequencies)
        runs.append(kept(run, flags, first=first))
        first += int(np.count_nonzero(flags))
    lengths = np.concatenate([np.zeros(0, np.uint32), *(segment.lengths for segment in segments)])[alive]
    return Segment._of(*_without_gaps(terms, gather(runs, terms=len(terms))), lengths)


def _without_gaps(terms: tuple[str, ...], postings: Gathered) -> tuple[tuple[str, ...], Gathered]:
    """Drop the terms that no living document has."""
    used = np.diff(postings.indptr) > 0
    if used.all():
        return terms, postings
    left = tuple([term for term, keep in zip(terms, used.tolist(), strict=True) if keep])
    indptr = np.concatenate([postings.indptr[:-1][used], postings.indptr[-1:]])
    return left, Gathered(indptr, postings.documents, postings.frequencies)
