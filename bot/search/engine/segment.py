"""A batch of documents, inverted: for every term, the documents that have it and how often."""

import hashlib
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bot.search.engine.segment_runs import Counts, Gathered, Run, in_order, kept, ordered, places_of, read, retrieve

_HEADER = struct.Struct("<4sIQQQQ")
_MAGIC = b"PBSG"
_VERSION = 1
_DIGEST_SIZE = 16
_LEVEL = 1

_T = TypeVar("_T", bound=np.generic)


def pack(terms: tuple[str, ...], postings: Gathered, lengths: npt.NDArray[np.uint32]) -> bytes:
    """Return the bytes that `unpack` reads."""
    text = "".join(terms).encode("utf-8", "surrogatepass")
    header = _HEADER.pack(_MAGIC, _VERSION, len(lengths), len(terms), len(postings.documents), len(text))
    sections = (
        lengths.astype("<u4"),
        np.fromiter((len(term) for term in terms), dtype="<u4", count=len(terms)),
        np.diff(postings.indptr).astype("<u4"),
        _planes(np.diff(postings.documents, prepend=np.int32(0)).astype("<i4")),
        _planes(postings.frequencies.astype("<u2")),
    )
    squeeze = zlib.compressobj(_LEVEL)
    body = [*(squeeze.compress(section.data) for section in sections), squeeze.compress(text), squeeze.flush()]
    content = b"".join([header, *body])
    return content + _digest(content)


def unpack(data: bytes) -> tuple[tuple[str, ...], Gathered, npt.NDArray[np.uint32]]:
    """Return terms, postings and documents' lengths. Raises ValueError for anything that `pack` has not written."""
    content, digest = memoryview(data)[:-_DIGEST_SIZE], data[-_DIGEST_SIZE:]
    if len(content) < _HEADER.size or content[:4] != _MAGIC:
        raise ValueError("not an index segment")
    _, version, size, terms, postings, text_size = _HEADER.unpack_from(content)
    if version != _VERSION:
        raise ValueError(f"an index segment of version {version}, not {_VERSION}")
    if _digest(content) != digest:
        raise ValueError("a damaged index segment: its checksum doesn't match")
    sizes = (4 * size, 4 * terms, 4 * terms, 4 * postings, 2 * postings, text_size)
    try:
        body = memoryview(zlib.decompress(content[_HEADER.size :], bufsize=max(1, sum(sizes))))
    except zlib.error as error:
        raise ValueError(f"a damaged index segment: {error}") from error
    if len(body) != sum(sizes):
        raise ValueError("a damaged index segment: its sizes don't match its header")
    sections = [body[start:end] for start, end in pairwise(accumulate(sizes, initial=0))]
    indptr = np.zeros(terms + 1, dtype=np.int64)
    np.cumsum(np.frombuffer(sections[2], dtype="<u4"), out=indptr[1:])
    if indptr[-1] != postings:
        raise ValueError("a damaged index segment: its counts don't match")
    return (
        _terms(sections[5], np.frombuffer(sections[1], dtype="<u4")),
        Gathered(
            indptr,
            np.cumsum(_from_planes(sections[3], np.dtype("<i4")), dtype=np.int32),
            _from_planes(sections[4], np.dtype("<u2")).astype(np.uint16, copy=False),
        ),
        np.frombuffer(sections[0], dtype="<u4").astype(np.uint32),
    )


def _terms(text: memoryview, lengths: npt.NDArray[np.uint32]) -> tuple[str, ...]:
    try:
        characters = str(text, "utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise ValueError("a damaged index segment: its terms aren't UTF-8") from error
    ends = np.cumsum(lengths, dtype=np.int64).tolist()
    if (ends[-1] if ends else 0) != len(characters):
        raise ValueError("a damaged index segment: its terms' lengths don't match")
    return tuple([characters[start:end] for start, end in pairwise([0, *ends])])


def _planes(values: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
    """Return the first bytes of all values, then their second bytes, and so on."""
    return np.ascontiguousarray(values.view(np.uint8).reshape(len(values), values.itemsize).T)


def _from_planes(planes: memoryview, dtype: "np.dtype[_T]") -> npt.NDArray[_T]:
    as_bytes = np.frombuffer(planes, dtype=np.uint8).reshape(dtype.itemsize, -1)
    return np.ascontiguousarray(as_bytes.T).view(dtype).reshape(-1)


def _digest(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_SIZE).digest()


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
        return cls._of(terms, retrieve(runs, terms=len(terms)), lengths)

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
    return Segment._of(*_without_gaps(terms, retrieve(runs, terms=len(terms))), lengths)


def _without_gaps(terms: tuple[str, ...], postings: Gathered) -> tuple[tuple[str, ...], Gathered]:
    """Drop the terms that no living document has."""
    used = np.diff(postings.indptr) > 0
    if used.all():
        return terms, postings
    left = tuple([term for term, keep in zip(terms, used.tolist(), strict=True) if keep])
    indptr = np.concatenate([postings.indptr[:-1][used], postings.indptr[-1:]])
    return left, Gathered(indptr, postings.documents, postings.frequencies)
