"""Where papers were first discussed, channel by channel."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from bot.store.database import SqliteStore

_REMIND = (
    "INSERT INTO discussions_told (channel, key, at) VALUES (?, ?, ?)"
    " ON CONFLICT (channel, key) DO UPDATE SET at = excluded.at"
)


@dataclass(frozen=True, slots=True)
class Discussion:
    """The first message of a channel on a paper, by their ids; `at` is Unix time."""

    key: str
    channel: str
    message: str
    at: float


class ChannelMemoryStore(SqliteStore):
    """The first discussions of papers, and when channels were last reminded of them."""

    async def note(self, guild: str, channel: str, message: str, keys: Collection[str], *, now: float) -> None:
        """Keep a message as the first one of its channel on these papers, unless there was one before.

        Where it is the first, the channel counts as reminded: its readers need no reminder soon after.
        """
        async with self._database.transaction() as connection:
            for key in keys:
                cursor = await connection.execute(
                    "INSERT INTO discussed_papers (guild, channel, key, message, at) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT DO NOTHING",
                    (guild, channel, key, message, now),
                )
                if cursor.rowcount:
                    await connection.execute(_REMIND, (channel, key, now))

    async def of(self, guild: str, keys: Collection[str]) -> list[Discussion]:
        """Return the discussions of papers in all channels of a guild, the first ones first."""
        rows = await self._database.rows(
            "SELECT key, channel, message, at FROM discussed_papers"
            " WHERE guild = ? AND key IN (SELECT value FROM json_each(?)) ORDER BY at, message",
            (guild, json.dumps(list(keys))),
        )
        return [Discussion(**dict(row)) for row in rows]

    async def claim(self, channel: str, keys: Collection[str], *, now: float, since: float) -> set[str]:
        """Return those papers of which a channel was not reminded after `since`, and note that it is reminded now.

        Of two processes, or two messages at once, one alone gets a paper.
        """
        claimed: set[str] = set()
        async with self._database.transaction() as connection:
            for key in keys:
                cursor = await connection.execute(
                    f"{_REMIND} WHERE discussions_told.at <= ?", (channel, key, now, since)
                )
                if cursor.rowcount:
                    claimed.add(key)
        return claimed

    async def forget_message(self, message: str) -> None:
        """Forget what was first discussed in a message."""
        await self._delete("DELETE FROM discussed_papers WHERE message = ?", message)

    async def forget_channel(self, guild: str, channel: str) -> None:
        """Forget all of a channel."""
        await self._delete("DELETE FROM discussed_papers WHERE guild = ? AND channel = ?", guild, channel)

    async def forget_guild(self, guild: str) -> None:
        """Forget all of a guild."""
        await self._delete("DELETE FROM discussed_papers WHERE guild = ?", guild)

    async def forget_before(self, before: float) -> None:
        """Forget discussions and reminders from before a time (Unix)."""
        await self._delete("DELETE FROM discussed_papers WHERE at < ?", before)
        await self._delete("DELETE FROM discussions_told WHERE at < ?", before)

    async def _delete(self, sql: str, *values: object) -> None:
        await self._database.change(sql, values)
