"""The digest ledger: which digest went to which channel on which day."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from bot.store.database import Database
from bot.store.digests import SETTINGS_PREFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One digest. It tells of the papers that arrived in (since, until], Unix seconds.

    `state` is pending (to be posted, perhaps already posted) or posted.
    """

    channel_id: int
    day: date
    since: float
    until: float
    state: str
    message_id: int | None


class DigestLedger:
    """Rows written before a digest is posted and confirmed after, so that a restart knows where it stands."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def open(self, channel_id: int, day: date, *, first_since: float, now: float) -> LedgerEntry:
        """Return the row of this channel and day, written as pending when there is none yet.

        A new row's papers begin where the channel's last posted digest ended, or at `first_since` for its first.
        """
        since = await self.posted_until(channel_id) or first_since
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO digest_posts (digest, day, since, until, state, changed_at)"
                " VALUES (?, ?, ?, ?, 'pending', ?) ON CONFLICT DO NOTHING",
                (_key(channel_id), day.isoformat(), since, now, now),
            )
        entry = await self.find(channel_id, day)
        assert entry is not None, "it was written above"
        return entry

    async def find(self, channel_id: int, day: date) -> LedgerEntry | None:
        """Return the row of this channel and day, or None."""
        row = await self._database.row(
            "SELECT * FROM digest_posts WHERE digest = ? AND day = ?", (_key(channel_id), day.isoformat())
        )
        return _entry(row) if row else None

    async def posted_until(self, channel_id: int) -> float | None:
        """Return where the channel's last posted digest ended, in Unix seconds, or None before its first."""
        row = await self._database.row(
            "SELECT max(until) AS until FROM digest_posts WHERE digest = ? AND state = 'posted'", (_key(channel_id),)
        )
        return row["until"] if row else None

    async def confirm(self, entry: LedgerEntry, *, message_id: int, now: float) -> None:
        """Note that the digest was posted as this message."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE digest_posts SET state = 'posted', message = ?, changed_at = ? WHERE digest = ? AND day = ?",
                (message_id, now, _key(entry.channel_id), entry.day.isoformat()),
            )


def _entry(row: sqlite3.Row) -> LedgerEntry:
    return LedgerEntry(
        channel_id=int(row["digest"].removeprefix(SETTINGS_PREFIX)),
        day=date.fromisoformat(row["day"]),
        since=row["since"],
        until=row["until"],
        state=row["state"],
        message_id=row["message"],
    )


def _key(channel_id: int) -> str:
    return f"{SETTINGS_PREFIX}{channel_id}"
