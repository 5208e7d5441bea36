"""The papers that a user saved, with what the store knows of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.answers.history.conversations import papers_by_key
from bot.errors.requests import SavedFull
from bot.models import Paper
from bot.store.protocol import PaperStore
from bot.store.saved_papers import SavedPaperStore
from bot.text import one_line, shorten

SAVED_LIMIT = 500
"""How many papers one user can keep: a list that people still read, and a bound on what one of them can store."""

NOTE_LIMIT = 200
"""The longest note, in characters."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved paper; `paper` is None once the store holds it no more."""

    key: str
    paper: Paper | None
    note: str | None
    saved_at: datetime


class SavedPapers:
    """Each user's list."""

    def __init__(self, *, saved: SavedPaperStore, papers: PaperStore, clock: Callable[[], datetime]) -> None:
        self._saved = saved
        self._papers = papers
        self._clock = clock

    async def save(self, user: str, paper: Paper, *, note: str | None = None) -> bool:
        """Keep a paper; return whether it is new. One that is there gets the new note, if any. Raises SavedFull."""
        there = {saved.paper.key: saved.key for saved in await self.of_user(user) if saved.paper is not None}
        if paper.key not in there and len(await self._saved.of_user(user)) >= SAVED_LIMIT:
            raise SavedFull(limit=SAVED_LIMIT)
        told = shorten(one_line(note or ""), NOTE_LIMIT) or None
        # A paper that got its arXiv id after it was saved is still there under its title's slug.
        key = there.get(paper.key, paper.key)
        return await self._saved.save(user, key, note=told, now=self._clock().timestamp())

    async def of_user(self, user: str) -> list[Saved]:
        """Return what a user saved, newest first."""
        rows = await self._saved.of_user(user)
        papers = await papers_by_key(self._papers, tuple(row.key for row in rows))
        return [
            Saved(row.key, papers.get(row.key), row.note, datetime.fromtimestamp(row.saved_at, UTC)) for row in rows
        ]

    async def remove(self, user: str, key: str) -> bool:
        """Take a paper off a user's list by the key of its `Saved`; return whether it stood there."""
        return await self._saved.remove(user, key)

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return what a user saved, as values of JSON."""
        return [
            {
                "what": "saved paper",
                "key": saved.key,
                "title": saved.paper.title if saved.paper else None,
                "note": saved.note,
                "saved": saved.saved_at.isoformat(),
            }
            for saved in await self.of_user(user)
        ]

    async def forget_user(self, user: str) -> int:
        """Delete a user's list; return how many papers stood there."""
        return await self._saved.forget_user(user)
