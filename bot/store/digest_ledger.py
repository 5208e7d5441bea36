"""The digest ledger: which digest was posted on which date, with which papers, and up to when."""

import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

import aiosqlite

from bot.store.database import Database, SqliteStore
from bot.store.leases import Lease


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One digest on one date. It contains the papers that arrived in (since, until], Unix seconds.

    `state` is pending (to be posted), posted, missed (its time went by), or skipped (no papers).
    `attempts` counts the posts that were sent off and of which Discord hasn't said that they failed: while a pending
    row has some, a message may be out there. `content_hash` is empty while an edit is owed. `thread` is 0 where
    Discord refused one.
    """

    digest: str
    day: date
    since: float
    until: float
    state: str
    message: int | None
    thread: int | None
    content: str | None
    content_hash: str | None
    reason: str | None
    attempts: int


class DigestLedger:
    """Rows written before a digest is posted and confirmed after, so that a restart knows what is still to do.

    What leads to a post or an edit is written only while `lease` is held, and raises LeaseLost otherwise; what
    happened is noted in any case.
    """

    def __init__(self, *, database: Database, lease: Lease | None = None) -> None:
        self._database = database
        self._lease = lease

    async def open(self, digest: str, day: date, *, first_since: float, now: float) -> LedgerEntry:
        """Return the row of this digest and day, written as pending when there is none or it was missed.

        A new row's papers begin where the last posted digest ended, or at `first_since` for the first.
        """
        since = await self.posted_until(digest, now=now)
        async with self._transaction_with_lease() as connection:
            # Missed by a clock that was ahead, it is due now.
            await connection.execute(
                "DELETE FROM digest_posts WHERE digest = ? AND day = ? AND state = 'missed'", (digest, day.isoformat())
            )
            await connection.execute(
                "INSERT INTO digest_posts (digest, day, since, until, state, changed_at)"
                " VALUES (?, ?, ?, ?, 'pending', ?) ON CONFLICT DO NOTHING",
                (digest, day.isoformat(), first_since if since is None else since, now, now),
            )
        entry = await self.find(digest, day)
        assert entry is not None, "it was written above"
        return entry

    async def find(self, digest: str, day: date) -> LedgerEntry | None:
        """Return the row of this digest and day, or None."""
        rows = await self._select("digest = ? AND day = ?", digest, day.isoformat())
        return rows[0] if rows else None

    async def open_ends(self, digest: str) -> Sequence[LedgerEntry]:
        """Return the digest's rows that await something: a post, or an edit that is owed. Oldest first."""
        return await self._select(
            "digest = ? AND (state = 'pending' OR (state = 'posted' AND content_hash = '')) ORDER BY day", digest
        )

    async def latest(self, digest: str, *, limit: int = 1) -> Sequence[LedgerEntry]:
        """Return the digest's rows of the last days, newest first."""
        return await self._select("digest = ? ORDER BY day DESC LIMIT ?", digest, limit)

    async def posted_until(self, digest: str, *, now: float) -> float | None:
        """Return where the digest's last post ended, in Unix seconds, or None before its first.

        The last is the one written last. One that ended after `now` was posted while the clock was ahead, and says
        nothing of the papers that came since the clock was set back.
        """
        row = await self._database.row(
            "SELECT until FROM digest_posts WHERE digest = ? AND state = 'posted' AND until <= ?"
            " ORDER BY rowid DESC LIMIT 1",
            (digest, now),
        )
        return float(row["until"]) if row else None

    async def attempt(self, entry: LedgerEntry, *, content: str | None, content_hash: str, now: float) -> None:
        """Note that this content is about to be sent."""
        async with self._transaction_with_lease() as connection:
            await connection.execute(
                "UPDATE digest_posts SET attempts = attempts + 1, content = ?, content_hash = ?, changed_at = ?"
                " WHERE digest = ? AND day = ? AND state = 'pending'",
                (content, content_hash, now, *_key(entry)),
            )

    async def confirm(self, entry: LedgerEntry, *, message: int, now: float) -> None:
        """Note that the digest was posted as this message."""
        await self._note(entry, "state = 'posted', reason = NULL, message = ?", message, now=now)

    async def note_failure(self, digest: str, day: date, reason: str, *, now: float) -> None:
        """Note why the digest was not posted yet, if it is still to be."""
        await self._database.change(
            "UPDATE digest_posts SET reason = ?, changed_at = ? WHERE digest = ? AND day = ? AND state = 'pending'",
            (reason, now, digest, day.isoformat()),
        )

    async def note_refusal(self, entry: LedgerEntry, *, now: float) -> None:
        """Note that Discord refused each attempt: no message is out there."""
        await self._note(entry, "attempts = ?", 0, now=now)

    async def skip(self, entry: LedgerEntry, reason: str, *, now: float) -> None:
        """Note that there was nothing to post."""
        await self._note(entry, "state = 'skipped', reason = ?", reason, now=now)

    async def miss(self, digest: str, day: date, reason: str, *, now: float) -> bool:
        """Note that the day's time went by, unless the day has been dealt with; return whether it was missed now."""
        async with self._transaction_with_lease() as connection:
            cursor = await connection.execute(
                "INSERT INTO digest_posts (digest, day, since, until, state, reason, changed_at)"
                " VALUES (?1, ?2, ?4, ?4, 'missed', ?3, ?4) ON CONFLICT DO UPDATE"
                " SET state = 'missed', reason = coalesce(reason, ?3), changed_at = ?4 WHERE state = 'pending'",
                (digest, day.isoformat(), reason, now),
            )
            return cursor.rowcount > 0

    async def owe_edit(self, entry: LedgerEntry, *, content: str, now: float) -> None:
        """Note that the post is about to be edited to show this content: a kill leaves an edit that is owed."""
        async with self._transaction_with_lease() as connection:
            await connection.execute(
                "UPDATE digest_posts SET content = ?, content_hash = '', changed_at = ? WHERE digest = ? AND day = ?",
                (content, now, *_key(entry)),
            )

    async def confirm_edit(self, entry: LedgerEntry, *, content_hash: str, now: float) -> None:
        """Note that the post shows this content, or that it can't be edited any more."""
        await self._note(entry, "content_hash = ?", content_hash, now=now)

    async def note_thread(self, entry: LedgerEntry, *, thread: int, now: float) -> None:
        """Note the post's thread; 0 where none can be opened."""
        await self._note(entry, "thread = ?", thread, now=now)

    async def _note(self, entry: LedgerEntry, change: str, value: object, *, now: float) -> None:
        await self._database.change(
            f"UPDATE digest_posts SET {change}, changed_at = ? WHERE digest = ? AND day = ?",
            (value, now, *_key(entry)),
        )

    @asynccontextmanager
    async def _transaction_with_lease(self) -> AsyncIterator[aiosqlite.Connection]:
        async with self._database.transaction() as connection:
            if self._lease is not None:
                await self._lease.guard(connection)
            yield connection

    async def _select(self, where: str, *values: object) -> Sequence[LedgerEntry]:
        return [_entry(row) for row in await self._database.rows(f"SELECT * FROM digest_posts WHERE {where}", values)]


def _key(entry: LedgerEntry) -> tuple[str, str]:
    return entry.digest, entry.day.isoformat()


def _entry(row: sqlite3.Row) -> LedgerEntry:
    facts = {name: row[name] for name in LedgerEntry.__dataclass_fields__}
    return LedgerEntry(**{**facts, "day": date.fromisoformat(row["day"])})


@dataclass(frozen=True, slots=True)
class LastPost:
    """A date's row: its state (pending, posted, missed, skipped), the reason, if there is one, and the message."""

    day: date
    state: str
    reason: str | None
    message: int | None


class DigestContents(SqliteStore):
    """Reads the posts' contents in the ledger: JSON objects whose `matched` is a list of papers' keys."""

    async def posted_papers(self, digest: str, *, since: float, day: date) -> frozenset[str]:
        """Return the keys of the papers in a digest's posts that ended after `since` (Unix time).

        The post of `day` itself doesn't count.
        """
        rows = await self._database.rows(
            "SELECT DISTINCT paper.value AS key FROM digest_posts,"
            " json_each(CASE WHEN json_valid(content) THEN content ELSE '{}' END, '$.matched') AS paper"
            " WHERE digest = ? AND until > ? AND state = 'posted' AND day <> ?",
            (digest, since, day.isoformat()),
        )
        return frozenset(str(row["key"]) for row in rows)

    async def last_row(self, digest: str) -> LastPost | None:
        """Return the row of a digest's last date, or None before its first."""
        row = await self._database.row(
            "SELECT day, state, reason, message FROM digest_posts WHERE digest = ? ORDER BY day DESC LIMIT 1", (digest,)
        )
        return LastPost(date.fromisoformat(row["day"]), row["state"], row["reason"], row["message"]) if row else None

    async def of_thread(self, thread: int) -> tuple[str, ...]:
        """Return the keys of the papers of the post that a thread belongs to, as it shows them; () where there is none.

        A thread that was opened at a message has the message's id.
        """
        row = await self._database.row(
            "SELECT content FROM digest_posts WHERE (thread = ?1 OR message = ?1) AND json_valid(content)", (thread,)
        )
        keys = json.loads(row["content"]).get("matched") if row else None
        return tuple(key for key in keys if isinstance(key, str)) if isinstance(keys, list) else ()
