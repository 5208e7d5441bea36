"""The papers that users saved for themselves."""

from dataclasses import dataclass

from bot.store.database import SqliteStore


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved paper by its key, with its user's note if there is one; `saved_at` is Unix time."""

    key: str
    note: str | None
    saved_at: float


class SavedPaperStore(SqliteStore):
    """The lists of saved papers, one for each user."""

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
            "SELECT key, note, saved_at FROM saved_papers WHERE user = ? ORDER BY saved_at DESC, key", (user,)
        )
        return [SavedRow(**dict(row)) for row in rows]

    async def remove(self, user: str, key: str) -> bool:
        """Take one paper off a user's list; return whether it was there."""
        return await self._database.change("DELETE FROM saved_papers WHERE user = ? AND key = ?", (user, key)) > 0

    async def forget_user(self, user: str) -> int:
        """Delete all that a user saved; return how many papers."""
        return await self._database.change("DELETE FROM saved_papers WHERE user = ?", (user,))
