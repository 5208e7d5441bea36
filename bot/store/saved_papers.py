"""The papers that users saved for themselves."""

import sqlite3
from dataclasses import dataclass

from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved paper by its key, with its user's note if there is one; `saved_at` is Unix time."""

    key: str
    note: str | None
    saved_at: float


class SavedPaperStore:
    """Rows of saved papers."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def save(self, user: str, key: str, *, note: str | None, now: float) -> bool:
        """Keep a paper for a user; return whether it is new. One kept before gets the note, if there is one now."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT INTO saved_papers (user, key, note, saved_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (user, key, note, now),
            )
            new = cursor.rowcount > 0
            if not new and note is not None:
                await connection.execute(
                    "UPDATE saved_papers SET note = ? WHERE user = ? AND key = ?", (note, user, key)
                )
            return new

    async def of_user(self, user: str) -> list[SavedRow]:
        """Return what a user saved, newest first."""
        rows = await self._database.rows(
            "SELECT * FROM saved_papers WHERE user = ? ORDER BY saved_at DESC, key", (user,)
        )
        return [_saved(row) for row in rows]

    async def remove(self, user: str, key: str) -> bool:
        """Take one paper off a user's list; return whether it stood there."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute("DELETE FROM saved_papers WHERE user = ? AND key = ?", (user, key))
            return cursor.rowcount > 0

    async def forget_user(self, user: str) -> int:
        """Delete all that a user saved; return how many papers."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute("DELETE FROM saved_papers WHERE user = ?", (user,))
            return cursor.rowcount


def _saved(row: sqlite3.Row) -> SavedRow:
    return SavedRow(row["key"], row["note"], row["saved_at"])
