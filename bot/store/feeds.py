"""The runs of feeds, where an interrupted run resumes, and what all processes share of a feed's HTTP requests."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from bot.sources.fetching.exchange import Validators, next_start
from bot.store.database import SqliteStore, first_row, only_row
from bot.store.protocol import UpsertCounts

REFUSALS_KEPT = 20
_RUNS_KEPT = 2_000  # of a feed: six weeks at one each half hour


class Outcome(StrEnum):
    """How a run ended. STOPPED: by a user or a deadline; nothing is wrong with the feed."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRun:
    """A run. `ended_at` is None while it is under way, and when it was killed.

    `reason` says why it failed, to be part of a sentence. `refusals` are the first reasons of those records that
    were refused. `newest` is the day of the newest list or announcement that it saw.
    """

    number: int
    feed: str
    job: str
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome
    reason: str | None
    counts: UpsertCounts
    refused: int
    refusals: tuple[str, ...]
    newest: date | None


class FeedRunStore(SqliteStore):
    """Runs, the newest of each feed, and their cursors. Times are Unix seconds."""

    async def begin(self, feed: str, job: str, *, now: float, not_since: float | None = None) -> int | None:
        """Note that a run begins, and return its number.

        With `not_since`, return None when another run of this job began after that: two processes that poll take
        turns. A start in the future, noted before the clock was set back, doesn't count.
        """
        async with self._database.transaction() as connection:
            if not_since is not None and await first_row(
                connection,
                "SELECT 1 FROM feed_runs WHERE feed = ? AND job = ? AND started_at > ? AND started_at <= ?",
                (feed, job, not_since, now),
            ):
                return None
            cursor = await connection.execute(
                "INSERT INTO feed_runs (feed, job, started_at, outcome) VALUES (?, ?, ?, 'running')", (feed, job, now)
            )
            assert cursor.lastrowid is not None, "a row was inserted"
            number = cursor.lastrowid
            await connection.execute(
                "DELETE FROM feed_runs WHERE feed = ?1 AND id <="
                " (SELECT id FROM feed_runs WHERE feed = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
                (feed, _RUNS_KEPT),
            )
        return number

    async def advance(
        self,
        number: int,
        *,
        counts: UpsertCounts,
        refusals: Sequence[str],
        newest: date | None,
        cursor: str,
        now: float,
    ) -> None:
        """Add a stored batch's counts, and note the cursor at which to resume after it."""
        async with self._database.transaction() as connection:
            row = await only_row(connection, "SELECT feed, job, refusals FROM feed_runs WHERE id = ?", (number,))
            kept = [*json.loads(row["refusals"]), *refusals][:REFUSALS_KEPT]
            await connection.execute(
                "UPDATE feed_runs SET new = new + ?, changed = changed + ?, unchanged = unchanged + ?,"
                " refused = refused + ?, refusals = ?, newest = nullif(max(coalesce(newest, ''), ?), '') WHERE id = ?",
                (
                    *(counts.new, counts.changed, counts.unchanged, len(refusals)),
                    *(json.dumps(kept, ensure_ascii=False), newest.isoformat() if newest else "", number),
                ),
            )
            await connection.execute(
                "INSERT OR REPLACE INTO feed_cursors (feed, job, cursor, at) VALUES (?, ?, ?, ?)",
                (row["feed"], row["job"], cursor, now),
            )

    async def end(self, number: int, outcome: Outcome, *, now: float, reason: str | None = None) -> None:
        """Note how a run ended. One that is DONE leaves no cursor."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE feed_runs SET ended_at = ?, outcome = ?, reason = ? WHERE id = ?",
                (now, outcome.value, reason, number),
            )
            if outcome is Outcome.DONE:
                await connection.execute(
                    "DELETE FROM feed_cursors WHERE (feed, job) = (SELECT feed, job FROM feed_runs WHERE id = ?)",
                    (number,),
                )

    async def cursor(self, feed: str, job: str, *, after: float) -> str | None:
        """Return the cursor at which an interrupted run resumes, if it was noted after that Unix time; else None."""
        row = await self._database.row(
            "SELECT cursor FROM feed_cursors WHERE feed = ? AND job = ? AND at > ?", (feed, job, after)
        )
        return str(row["cursor"]) if row else None

    async def recent(self, feed: str, *, limit: int = 50) -> list[FeedRun]:
        """Return the last runs of a feed, newest first."""
        rows = await self._database.rows(
            "SELECT * FROM feed_runs WHERE feed = ? ORDER BY id DESC LIMIT ?", (feed, limit)
        )
        return [_run(row) for row in rows]

    async def last_done(self, feed: str) -> FeedRun | None:
        """Return the last run of a feed that came to its end."""
        row = await self._database.row(
            "SELECT * FROM feed_runs WHERE feed = ? AND outcome = 'done' ORDER BY id DESC LIMIT 1", (feed,)
        )
        return _run(row) if row else None

    async def newest(self, feed: str) -> date | None:
        """Return the day of the newest list or announcement that any run of a feed saw."""
        [row] = await self._database.rows("SELECT max(newest) AS newest FROM feed_runs WHERE feed = ?", (feed,))
        return date.fromisoformat(row["newest"]) if row["newest"] else None


def _run(row: sqlite3.Row) -> FeedRun:
    return FeedRun(
        number=row["id"],
        feed=row["feed"],
        job=row["job"],
        started_at=datetime.fromtimestamp(row["started_at"], UTC),
        ended_at=datetime.fromtimestamp(row["ended_at"], UTC) if row["ended_at"] is not None else None,
        outcome=Outcome(row["outcome"]),
        reason=row["reason"],
        counts=UpsertCounts(row["new"], row["changed"], row["unchanged"]),
        refused=row["refused"],
        refusals=tuple(json.loads(row["refusals"])),
        newest=date.fromisoformat(row["newest"]) if row["newest"] else None,
    )


VALIDATORS_KEPT = 2_000


class FeedMemory(SqliteStore):
    """A FetchMemory in the store."""

    async def reserve(self, gate: str, *, gap_s: float, now: float) -> float:
        """Take the next start through a gate; return how many seconds lie before it. `now` is Unix time."""
        async with self._database.transaction() as connection:
            row = await first_row(connection, "SELECT at FROM feed_gates WHERE name = ?", (gate,))
            start = next_start(row["at"] if row else None, gap_s=gap_s, now=now)
            await connection.execute("INSERT OR REPLACE INTO feed_gates (name, at) VALUES (?, ?)", (gate, start))
        return start - now

    async def validators(self, address: str) -> Validators | None:
        """Return what was kept of the last stored answer of an address."""
        row = await self._database.row(
            "SELECT etag, last_modified, note FROM feed_validators WHERE address = ?", (address,)
        )
        return Validators(**dict(row)) if row else None

    async def keep_validators(self, address: str, validators: Validators, *, now: float) -> None:
        """Keep what a server gave with an answer that is stored by now; the oldest ones are forgotten."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT OR REPLACE INTO feed_validators (address, etag, last_modified, note, at)"
                " VALUES (?, ?, ?, ?, ?)",
                (address, validators.etag, validators.last_modified, validators.note, now),
            )
            await connection.execute(
                "DELETE FROM feed_validators WHERE rowid NOT IN"
                " (SELECT rowid FROM feed_validators ORDER BY at DESC LIMIT ?)",
                (VALIDATORS_KEPT,),
            )
