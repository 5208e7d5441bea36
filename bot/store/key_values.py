"""Small values that outlive a run, each under a name."""

from bot.store.database import SqliteStore


class KeyValueStore(SqliteStore):
    """Texts by name, such as the hash of the commands that Discord was last given."""

    async def get(self, name: str) -> str | None:
        """Return the value under `name`, or None."""
        row = await self._database.row("SELECT value FROM state WHERE name = ?", (name,))
        return str(row["value"]) if row else None

    async def set(self, name: str, value: str) -> None:
        """Keep `value` under `name`."""
        await self._database.change(
            "INSERT INTO state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    async def remove(self, name: str) -> None:
        """Forget `name`."""
        await self._database.change("DELETE FROM state WHERE name = ?", (name,))

    async def trim(self, prefix: str, *, keep: int) -> None:
        """Forget all but the `keep` names that came last among those that begin with `prefix`."""
        await self._database.change(
            "DELETE FROM state WHERE substr(name, 1, length(?1)) = ?1 AND rowid NOT IN"
            " (SELECT rowid FROM state WHERE substr(name, 1, length(?1)) = ?1 ORDER BY rowid DESC LIMIT ?2)",
            (prefix, keep),
        )
