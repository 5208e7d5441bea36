"""How many answers users got today, for the limits on answers and for the time between them."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import aiosqlite

from bot.store.database import SqliteStore, only_row

_COUNTED = (
    "SELECT coalesce(sum(answers) FILTER (WHERE day = ?1 AND user = ?2), 0) AS of_user,"
    " coalesce(sum(answers) FILTER (WHERE day = ?1 AND user = ?2 AND guild = ?3), 0) AS of_user_here,"
    " coalesce(sum(answers) FILTER (WHERE day = ?1 AND guild = ?3), 0) AS of_guild,"
    " max(last_at) FILTER (WHERE user = ?2) AS last_at,"
    " max(last_at) FILTER (WHERE user = ?2 AND guild = ?3) AS last_here_at"
    " FROM answer_counts WHERE user = ?2 OR guild = ?3"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """Answers of a day: of a user everywhere and in one guild, and of the guild; when the user's last ones began.

    Times are Unix time, None where there was none yesterday or today.
    """

    of_user: int
    of_user_here: int
    of_guild: int
    last_at: float | None
    last_here_at: float | None


@dataclass(frozen=True, slots=True)
class CountedAnswer:
    """A counted answer, and when (Unix time) the one before it began there, with which it can be uncounted."""

    day: date
    user: str
    guild: str
    at: float
    before_at: float


class AnswerCountStore(SqliteStore):
    """A row for each day, user and guild (None in direct messages). Several processes may share the file."""

    async def counted(self, day: date, *, user: str, guild: str | None) -> Counted:
        """Return the answers that a day has so far, of this user and of this guild."""
        [row] = await self._database.rows(_COUNTED, (day.isoformat(), user, guild or ""))
        return Counted(**dict(row))

    async def add(
        self, day: date, *, user: str, guild: str | None, now: float, refuse: Callable[[Counted], None]
    ) -> CountedAnswer:
        """Count an answer, unless `refuse`, given what there is so far, raises. `now` is Unix time.

        Both happen in one transaction, so that requests at the same time never exceed a limit together.
        """
        where = guild or ""
        async with self._database.transaction() as connection:
            await _prune(connection, day)
            counted = Counted(**dict(await only_row(connection, _COUNTED, (day.isoformat(), user, where))))
            refuse(counted)
            await connection.execute(
                "INSERT INTO answer_counts (day, user, guild, answers, last_at) VALUES (?, ?, ?, 1, ?)"
                " ON CONFLICT (day, user, guild) DO UPDATE SET answers = answers + 1, last_at = excluded.last_at",
                (day.isoformat(), user, where, now),
            )
        return CountedAnswer(day, user, where, now, counted.last_here_at or 0.0)

    async def take_back(self, answer: CountedAnswer) -> None:
        """Undo the counting of an answer that was never begun."""
        await self._database.change(
            "UPDATE answer_counts SET answers = max(answers - 1, 0),"
            " last_at = CASE WHEN last_at = ? THEN ? ELSE last_at END WHERE day = ? AND user = ? AND guild = ?",
            (answer.at, answer.before_at, answer.day.isoformat(), answer.user, answer.guild),
        )

    async def of_user(self, user: str) -> list[sqlite3.Row]:
        """Return the rows that name a user, oldest first."""
        return await self._database.rows(
            "SELECT day, guild, answers, last_at FROM answer_counts WHERE user = ? AND NOT forgotten"
            " ORDER BY day, guild",
            (user,),
        )

    async def forget_user(self, user: str, *, today: date) -> int:
        """Delete a user's rows; today's when the day is over, or forgetting would lift the limit. Return how many."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute("UPDATE answer_counts SET forgotten = 1 WHERE user = ?", (user,))
            await _prune(connection, today)
            return cursor.rowcount

    async def prune(self, today: date) -> None:
        """Delete the rows of days before yesterday, and those of yesterday that are to be forgotten."""
        async with self._database.transaction() as connection:
            await _prune(connection, today)


async def _prune(connection: aiosqlite.Connection, today: date) -> None:
    # Yesterday's stay: the time since a last answer goes on over midnight.
    earliest = today - timedelta(days=1)
    await connection.execute(
        "DELETE FROM answer_counts WHERE day < ? OR (forgotten AND day < ?)", (earliest.isoformat(), today.isoformat())
    )
