"""Gathering postings by term: from documents as they are read, and from segments as they are merged.

Every step works on at most some hundred thousand postings at once: such a call of numpy takes a few milliseconds, so
that a thread which builds never keeps the interpreter lock from an event loop for long.
"""

import heapq
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

TF_LIMIT = np.iinfo(np.uint16).max
"""Term frequencies above it are kept as it: BM25's part for tf is then within 0.1 % of its ceiling anyway."""

Counts = npt.NDArray[np.unsignedinteger[Any]]

_AT_ONCE = 1 << 18
_SORTED_AT_ONCE = 1 << 13


@dataclass(frozen=True, slots=True)
class Run:
    """Postings grouped by term: `counts[i]` of them for term number `terms[i]`, each group by ascending document."""

    terms: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    frequencies: Counts


@dataclass(frozen=True, slots=True)
class Gathered:
    """All postings by term: those of term t are at indptr[t] to indptr[t + 1] of the other two arrays."""

    indptr: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    frequencies: Counts


def read(documents: Iterable[Sequence[str]]) -> tuple[list[str], list[Run], npt.NDArray[np.uint32]]:
    """Return the terms in order of appearance, the postings under their numbers, and each document's length."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    runs: list[Run] = []
    lengths, pending, first = array("I"), array("i"), 0
    for document in documents:
        pending.extend(map(numbers.__getitem__, document))
        lengths.append(len(document))
        if len(pending) >= _AT_ONCE:
            runs.append(_run(pending, lengths, first))
            pending, first = array("i"), len(lengths)
    if pending:
        runs.append(_run(pending, lengths, first))
    return list(numbers), runs, np.array(lengths, dtype=np.uint32)


def _run(terms: "array[int]", lengths: "array[int]", first: int) -> Run:
    """Count the term numbers of the documents from number `first` on."""
    counts = np.array(lengths[first:], dtype=np.int64)
    documents = np.repeat(np.arange(first, first + len(counts), dtype=np.int64), counts)
    keys = np.array(terms, dtype=np.int64) << 32 | documents
    keys.sort()
    starts = _starts(keys)
    frequencies = np.diff(starts, append=len(keys))
    keys = keys[starts]
    of_terms = keys >> 32
    starts = _starts(of_terms)
    return Run(
        terms=of_terms[starts],
        counts=np.diff(starts, append=len(keys)),
        documents=(keys & 0x7FFFFFFF).astype(np.int32),
        frequencies=np.minimum(frequencies, TF_LIMIT).astype(np.uint16),
    )


def _starts(ordered: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return where each group of equal values begins."""
    return np.flatnonzero(np.diff(ordered, prepend=ordered[0] - 1))


def retrieve(runs: Sequence[Run], *, terms: int) -> Gathered:
    """Put the postings of all runs under their terms, in the order of the runs. Term numbers are below `terms`."""
    counts = np.zeros(terms, dtype=np.int64)
    for run in runs:
        counts[run.terms] += run.counts
    indptr = np.zeros(terms + 1, dtype=np.int64)
    np.cumsum(counts, out=indptr[1:])
    documents = np.empty(indptr[-1], dtype=np.int32)
    frequencies = np.empty(indptr[-1], dtype=np.uint16)
    free = indptr[:-1].copy()
    for run in runs:
        for part in _parts(run):
            starts = np.cumsum(part.counts) - part.counts
            places = np.repeat(free[part.terms] - starts, part.counts) + np.arange(len(part.documents))
            documents[places] = part.documents
            frequencies[places] = part.frequencies
        free[run.terms] += run.counts
    return Gathered(indptr, documents, frequencies)


def _parts(run: Run) -> Iterator[Run]:
    """Split a run between terms."""
    ends = np.cumsum(run.counts)
    term = start = 0
    while term < len(ends):
        upto = max(term + 1, int(np.searchsorted(ends, start + _AT_ONCE, side="right")))
        end = int(ends[upto - 1])
        yield Run(run.terms[term:upto], run.counts[term:upto], run.documents[start:end], run.frequencies[start:end])
        term, start = upto, end


def kept(run: Run, alive: npt.NDArray[np.bool_], *, first: int) -> Run:
    """Return the run without its dead documents; the living get the numbers `first`, `first` + 1 and so on."""
    numbers = (np.cumsum(alive) + (first - 1)).astype(np.int32)
    counts, documents = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    frequencies: list[Counts] = [np.zeros(0, np.uint8)]
    for part in _parts(run):
        keep = alive[part.documents]
        counts.append(np.add.reduceat(keep, np.cumsum(part.counts) - part.counts, dtype=np.int64))
        documents.append(numbers[part.documents[keep]])
        frequencies.append(part.frequencies[keep])
    left = np.concatenate(counts)
    some = left > 0
    return Run(run.terms[some], left[some], np.concatenate(documents), np.concatenate(frequencies))


def in_order(*lists: Iterable[str]) -> Iterator[str]:
    """Merge sorted lists of terms without repeats, in steps of Python's, which let other threads in."""
    last: str | None = None
    for term in heapq.merge(*lists):
        if term != last:
            yield term
            last = term


def ordered(terms: Sequence[str]) -> tuple[str, ...]:
    """Return the terms sorted. One `sorted` over a large vocabulary would hold the interpreter lock all the while."""
    return tuple(in_order(*(sorted(terms[at : at + _SORTED_AT_ONCE]) for at in range(0, len(terms), _SORTED_AT_ONCE))))


def places_of(terms: Collection[str], place: Mapping[str, int]) -> npt.NDArray[np.int64]:
    """Return each term's place. The generator lets other threads in, which `np.array` of a list would not."""
    return np.fromiter((place[term] for term in terms), dtype=np.int64, count=len(terms))
