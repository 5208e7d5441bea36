"""Papers in the order in which they came, each with a number that never goes back.

The number is SQLite's own of the row. Transactions write one after the other, so that a paper committed later has a
greater one, whatever the clocks said; papers are never deleted, so that none is given twice.
"""

from dataclasses import dataclass

from bot.models import Paper
from bot.store.database import Database
from bot.store.rows import paper_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """A paper, its number, and when it was first seen (Unix time)."""

    number: int
    added_at: float
    paper: Paper


class Arrivals:
    """Reads what came."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def last(self) -> int:
        """Return the number of the paper that came last; 0 when there is none."""
        row = await self._database.row("SELECT max(rowid) AS number FROM papers")
        return (row["number"] if row else None) or 0

    async def after(self, number: int, *, limit: int) -> list[Arrival]:
        """Return the first `limit` papers that came after the one with this number."""
        rows = await self._database.rows(
            "SELECT rowid AS number, * FROM papers WHERE rowid > ? ORDER BY rowid LIMIT ?", (number, limit)
        )
        return [Arrival(row["number"], row["added_at"], paper_of(row)) for row in rows]
