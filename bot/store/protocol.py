"""What the layers above need of a paper store, so that another database can stand in for SQLite."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.models import Paper


@dataclass(frozen=True, slots=True)
class UpsertCounts:
    """How many papers of a batch were new, changed, or known just so."""

    new: int
    changed: int
    unchanged: int


class PaperStore(Protocol):
    """Papers by key. Times are Unix seconds."""

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

    async def revision(self) -> int:
        """Return a number that grows with every change of a paper, by whichever process."""
