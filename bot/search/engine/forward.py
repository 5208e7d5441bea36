"""The forward index: every paper's terms in their order, as numbers, so that ranking again reads no text.

The store keeps each paper's bytes; none of it stays in memory. A term's number is a hash of it: unlike a place in a
segment's vocabulary it is the same in every segment and store, and merging segments leaves it alone.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.models import Paper
from bot.search.text.tokens import tokenize

_NUMBER_BYTES = 5
"""A query compares some 5,000 different terms. Of 40 bits, two of them share a number once in 90,000 queries; of 32
bits, once in 340. Then two papers look a little more alike than they are."""

_HEADER = struct.Struct("<4I")
_FEW = 1 << 8
"""Papers with no more different terms, nearly all, need one byte for a term's place among them; others four."""

Array = npt.NDArray[np.int64]


def term_number(term: str) -> int:
    """Return the number that stands for a term in every store: 40 bits of its BLAKE2b hash."""
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=_NUMBER_BYTES).digest(), "little")


def title_name(title: str) -> str:
    """Return what precedes a title's first colon, or nothing."""
    name, colon, _ = title.partition(":")
    return name.strip() if colon else ""


@dataclass(frozen=True, slots=True)
class PaperTerms:
    """A paper's index terms in order: those of the name that its title begins with, of the title, of the abstract."""

    name: Sequence[str]
    title: Sequence[str]
    abstract: Sequence[str]

    @classmethod
    def of(cls, paper: Paper) -> "PaperTerms":
        """Tokenise a paper: about 0.2 ms."""
        return cls(tokenize(title_name(paper.title)), tokenize(paper.title), tokenize(paper.abstract))

    def to_bytes(self, numbers: dict[str, int] | None = None) -> bytes:
        """Return what `ForwardIndex.read` reads, some 0.7 kB an abstract.

        `numbers` are those of terms that were met before, to which this paper's are added.
        """
        known = {} if numbers is None else numbers
        terms = [*self.name, *self.title, *self.abstract]
        place = {term: at for at, term in enumerate(dict.fromkeys(terms))}
        for term in place:
            if term not in known:
                known[term] = term_number(term)
        distinct = np.fromiter((known[term] for term in place), np.uint64, len(place))
        order = np.fromiter((place[term] for term in terms), _place_type(len(place)), len(terms))
        header = _HEADER.pack(len(place), len(self.name), len(self.title), len(self.abstract))
        return b"".join(
            (
                header,
                distinct.astype("<u4").tobytes(),
                (distinct >> np.uint64(32)).astype("u1").tobytes(),
                order.tobytes(),
            )
        )


def _place_type(distinct: int) -> np.dtype[Any]:
    return np.dtype("u1" if distinct <= _FEW else "<u4")


def is_whole(data: bytes | None) -> bool:
    """Whether these are the bytes of a paper's terms, none missing."""
    if data is None or len(data) < _HEADER.size:
        return False
    distinct, *lengths = _HEADER.unpack_from(data)
    places = int(_place_type(distinct).itemsize * sum(lengths))
    return len(data) == _HEADER.size + _NUMBER_BYTES * int(distinct) + places


NAME, TITLE, ABSTRACT = 0, 1, 2
PARTS = 3
"""A paper's terms are those of its title's name, its title and its abstract."""


@dataclass(frozen=True, slots=True, eq=False)
class ForwardIndex:
    """The terms of some papers, such as a query's candidates, one paper after the other.

    `numbers` are each paper's different terms, those of paper i from `starts[i]` to `starts[i + 1]`; `terms` are all
    papers' terms in order, as places in `numbers`; `sections` says of each whose it is: three times the paper's place,
    plus NAME, TITLE or ABSTRACT. `lengths`, shape (papers, 3), are the numbers of terms in these parts.
    """

    numbers: npt.NDArray[np.uint64]
    starts: Array
    terms: Array
    sections: Array
    lengths: Array

    @classmethod
    def read(cls, papers: Sequence[bytes]) -> "ForwardIndex":
        """Read what `PaperTerms.to_bytes` wrote of each paper; each `is_whole`."""
        headers = [_HEADER.unpack_from(data) for data in papers]
        low, high, places = [], [], []
        for data, (distinct, *_) in zip(papers, headers, strict=True):
            middle = _HEADER.size + 4 * distinct
            low.append(data[_HEADER.size : middle])
            high.append(data[middle : middle + distinct])
            places.append(data[middle + distinct :])
        numbers = np.frombuffer(b"".join(high), "u1").astype(np.uint64) << np.uint64(32)
        numbers |= np.frombuffer(b"".join(low), "<u4")
        starts = np.fromiter(accumulate((distinct for distinct, *_ in headers), initial=0), np.int64, len(papers) + 1)
        lengths = np.array([sizes for _, *sizes in headers], np.int64).reshape(len(papers), PARTS)
        sections = np.repeat(np.arange(lengths.size), lengths.reshape(-1))
        terms = _places(places, headers) + starts[sections // PARTS]
        return cls(numbers, starts, terms, sections, lengths)

    @property
    def size(self) -> int:
        """The number of papers."""
        return len(self.lengths)

    def owners(self) -> Array:
        """Return the paper's place for each of `numbers`."""
        return np.repeat(np.arange(self.size), np.diff(self.starts))

    def frequencies(self, *, title_weight: int) -> npt.NDArray[np.float64]:
        """Return how often each of `numbers` is in its paper, where one in the title counts `title_weight` times."""
        weights = np.array([0.0, title_weight, 1.0])
        found = np.bincount(self.terms, weights[self.sections % PARTS], minlength=len(self.numbers))
        return found.astype(np.float64, copy=False)

    def held(self, paper: int) -> "HeldTerms":
        """Return the terms that a paper has."""
        return HeldTerms(self.numbers[self.starts[paper] : self.starts[paper + 1]])

    def names(self) -> dict[int, frozenset[int]]:
        """Return, for the places of the papers whose title begins with a name, the numbers of its terms."""
        firsts = np.cumsum(self.lengths.sum(axis=1)) - self.lengths.sum(axis=1)
        (named,) = np.nonzero(self.lengths[:, NAME])
        spans = zip(named.tolist(), firsts[named].tolist(), self.lengths[named, NAME].tolist(), strict=True)
        return {
            paper: frozenset(self.numbers[self.terms[first : first + count]].tolist()) for paper, first, count in spans
        }


def _places(papers: Sequence[bytes], headers: Sequence[tuple[int, ...]]) -> Array:
    """Return the places of all papers' terms among each paper's different ones."""
    types = [_place_type(distinct) for distinct, *_ in headers]
    if all(kind.itemsize == 1 for kind in types):  # nearly always; one call instead of a hundred
        return np.frombuffer(b"".join(papers), "u1").astype(np.int64)
    return np.concatenate([np.frombuffer(data, kind) for data, kind in zip(papers, types, strict=True)]).astype(
        np.int64
    )


class HeldTerms:
    """The terms of a paper, to ask for single ones."""

    __slots__ = ("_numbers",)

    def __init__(self, numbers: npt.NDArray[np.uint64]) -> None:
        self._numbers = frozenset(numbers.tolist())

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and term_number(term) in self._numbers
