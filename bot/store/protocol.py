"""What the layers above need of a paper store, so that another database can stand in for SQLite."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from bot.models import Paper

NameField = Literal["authors", "categories", "keywords", "organisation"]
"""The fields of a paper that hold names: lists of them, or one."""

CountField = Literal["upvotes", "comments", "author_count", "stars"]
"""The fields of a paper that hold a number."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a number of a paper must be: from `least` to `most`, both included; None leaves an end open.

    A paper of which the number isn't known is never within.
    """

    field: CountField
    least: int | None = None
    most: int | None = None

    def allows(self, paper: Paper) -> bool:
        """Whether a paper's number is within."""
        value: int | None = getattr(paper, self.field)
        return (
            value is not None
            and (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
        )


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

    async def within(self, bounds: Sequence[Bound]) -> Sequence[str]:
        """Return the keys of the papers whose numbers are within all of the bounds."""

    async def top(
        self,
        field: CountField,
        *,
        limit: int,
        keys: Iterable[str] | None = None,
        days: tuple[date, date] | None = None,
    ) -> Sequence[str]:
        """Return the keys of the papers with the highest number, first, among `keys` or all.

        `days`: those that were listed or published in a span. Papers without the number, or with 0, are left out.
        """

    async def revision(self) -> int:
        """Return a number that grows with every change of a paper, by whichever process."""
