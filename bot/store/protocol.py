"""What the layers above need of a paper store, so that another database can stand in for SQLite."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from bot.models import Paper

NameField = Literal["authors", "categories", "keywords", "organisation"]
"""The fields of a paper that hold names: lists of them, or one."""


@dataclass(frozen=True, slots=True)
class UpsertCounts:
    """How many papers of a batch were new, changed, or already stored without any difference."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "UpsertCounts") -> "UpsertCounts":
        return UpsertCounts(self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged)


@dataclass(frozen=True, slots=True)
class IndexedPapers:
    """Papers as they are stored for searching: their segment, and each one's own terms, in the papers' order."""

    segment: bytes
    terms: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Some papers of a longer list: `total` is how many that has; `voted` have upvotes, `withdrawn` were taken back."""

    papers: Sequence[Paper]
    total: int
    voted: int
    withdrawn: int = 0


class PaperStore(Protocol):
    """Papers by key. Times are Unix seconds.

    A paper's day is the date of the list that it was on, else that of its publication.
    """

    async def upsert(self, papers: Iterable[Paper], *, now: float) -> UpsertCounts:
        """Add or merge papers, all of them or, when it fails, none."""

    async def get(self, key: str) -> Paper | None:
        """Return one paper, or None."""

    async def wanted(self, *, keys: Iterable[str], slugs: Iterable[str] = ()) -> Sequence[Paper]:
        """Return the papers with these keys, and those whose title has one of these slugs, once each."""

    async def all(self) -> Sequence[Paper]:
        """Return every paper, in the order of arrival."""

    async def arrived(self, *, after: float, until: float) -> Sequence[Paper]:
        """Return the papers first seen in the half-open span (after, until]."""

    async def of_day(self, day: date, *, limit: int, offset: int = 0) -> PaperPage:
        """Return papers whose day this is: most upvotes first, then most comments, then newest; withdrawn ones last."""

    async def between(self, first: date, last: date, *, limit: int, offset: int = 0) -> PaperPage:
        """Return papers that were listed or published in a span, both ends included, in the same order."""

    async def newest_day(self) -> date | None:
        """Return the last day that has papers; None when there is no paper with a day."""

    async def nearest_day(self, day: date) -> date | None:
        """Return the day with papers that lies nearest to `day`, of two as near the later one; None as above."""

    async def titles(self) -> Sequence[tuple[str, str]]:
        """Return every paper's key and title, newest first."""

    async def names(self, field: NameField) -> Sequence[tuple[str, int]]:
        """Return every name that a field holds and in how many papers, the most frequent first."""

    async def revision(self) -> int:
        """Return a number that grows with every change of a paper, by whichever process."""
