"""What calls of models used, and what those under way may still use."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Literal

import aiosqlite

from bot.store.database import SqliteStore, only_row

Limit = Literal["user", "guild", "day", "cost"]
Grouping = Literal["day", "user", "guild", "model", "purpose"]

_SPENT = (
    "SELECT coalesce(sum(input_tokens + output_tokens) FILTER (WHERE user = ?2), 0) AS user_tokens,"
    " coalesce(sum(input_tokens + output_tokens) FILTER (WHERE guild = ?3), 0) AS guild_tokens,"
    " coalesce(sum(input_tokens + output_tokens), 0) AS day_tokens, coalesce(sum(cost), 0.0) AS day_cost"
    " FROM model_calls WHERE day = ?1"
)
_INSERT = (
    "INSERT INTO model_calls"
    " (day, user, guild, purpose, model, input_tokens, output_tokens, cost, estimated, settled, at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 0, ?)"
)
_NAMES: dict[Grouping, str] = {
    "day": "day",
    "user": "CASE WHEN forgotten THEN NULL ELSE user END",
    "guild": "guild",
    "model": "model",
    "purpose": "purpose",
}
_ROUNDING = 1e-9  # a day's cost is a sum of many small floats


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLimits:
    """What a day (UTC) may use: tokens of one user, of one guild and of all, and the cost of all. 0: no limit."""

    user_tokens: int = 0
    guild_tokens: int = 0
    day_tokens: int = 0
    day_cost: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """A call that is to be made and the most that it may use. `at` is Unix time, `day` the day of that in UTC."""

    day: date
    at: float
    user: str | None
    guild: str | None
    purpose: str
    model: str
    input_tokens: int
    output_tokens: int
    cost: float


@dataclass(frozen=True, slots=True)
class Exceeded:
    """The limit that a call would go beyond, and its value: tokens, or a cost."""

    which: Limit
    limit: float


@dataclass(frozen=True, slots=True)
class Spent:
    """What a day has used so far, with what is reserved: tokens of a user, of a guild and of all; the cost of all."""

    user_tokens: int
    guild_tokens: int
    day_tokens: int
    day_cost: float


@dataclass(frozen=True, slots=True)
class UsageRow:
    """The calls under one name; the name is None where no user or guild is known."""

    name: str | None
    calls: int
    input_tokens: int
    output_tokens: int
    cost: float


class UsageStore(SqliteStore):
    """A row for each call: reserved before it, settled after it. Several processes may share the file."""

    async def reserve(self, call: Reservation, *, limits: DayLimits) -> int | Exceeded:
        """Note the most that a call may use and return the row's number, or the first limit that forbids the call.

        Sum and row are one transaction, so that calls that are made at once never exceed a limit together.
        """
        async with self._database.transaction() as connection:
            await _forget_earlier(connection, call.day)
            spent = await only_row(connection, _SPENT, (call.day.isoformat(), call.user, call.guild))
            if exceeded := _exceeded(call, Spent(**dict(spent)), limits):
                return exceeded
            cursor = await connection.execute(
                _INSERT,
                (
                    *(call.day.isoformat(), call.user, call.guild, call.purpose, call.model),
                    *(call.input_tokens, call.output_tokens, call.cost, call.at),
                ),
            )
            assert cursor.lastrowid is not None, "a row was inserted"
            return cursor.lastrowid

    async def settle(
        self, number: int, *, model: str, input_tokens: int, output_tokens: int, cost: float, estimated: bool
    ) -> None:
        """Replace a reservation with what the call used; `estimated` where the server reported no usage."""
        await self._database.change(
            "UPDATE model_calls SET model = ?, input_tokens = ?, output_tokens = ?, cost = ?, estimated = ?,"
            " settled = 1 WHERE id = ?",
            (model, input_tokens, output_tokens, cost, int(estimated), number),
        )

    async def cancel(self, number: int) -> None:
        """Take back a reservation for a call that was never sent."""
        await self._database.change("DELETE FROM model_calls WHERE id = ? AND settled = 0", (number,))

    async def spent(self, day: date, *, user: str | None = None, guild: str | None = None) -> Spent:
        """Return what a day has used so far, with what is reserved."""
        [row] = await self._database.rows(_SPENT, (day.isoformat(), user, guild))
        return Spent(**dict(row))

    async def report(self, since: date, by: Grouping) -> list[UsageRow]:
        """Return what was used since a day, that day included: days in their order, else the largest number first."""
        order = "name" if by == "day" else "sum(input_tokens + output_tokens) DESC, name"
        rows = await self._database.rows(
            f"SELECT {_NAMES[by]} AS name, count(*) AS calls, sum(input_tokens) AS input_tokens,"
            " sum(output_tokens) AS output_tokens, sum(cost) AS cost"
            f" FROM model_calls WHERE day >= ? GROUP BY 1 ORDER BY {order}",
            (since.isoformat(),),
        )
        return [UsageRow(**dict(row)) for row in rows]

    async def of_user(self, user: str) -> list[sqlite3.Row]:
        """Return the rows that name a user, oldest first."""
        return await self._database.rows(
            "SELECT day, guild, purpose, model, input_tokens, output_tokens, cost FROM model_calls"
            " WHERE user = ? AND NOT forgotten ORDER BY id",
            (user,),
        )

    async def forget_user(self, user: str, *, today: date) -> None:
        """Take a user out of every row; out of today's when the day is over, or forgetting would lift the limit."""
        async with self._database.transaction() as connection:
            await connection.execute("UPDATE model_calls SET forgotten = 1 WHERE user = ?", (user,))
            await _forget_earlier(connection, today)

    async def prune(self, before: date) -> int:
        """Delete the rows of days before this one; return how many."""
        async with self._database.transaction() as connection:
            await _forget_earlier(connection, before)
            cursor = await connection.execute("DELETE FROM model_calls WHERE day < ?", (before.isoformat(),))
            return cursor.rowcount


async def _forget_earlier(connection: aiosqlite.Connection, today: date) -> None:
    await connection.execute(
        "UPDATE model_calls SET user = NULL, forgotten = 0 WHERE forgotten = 1 AND day < ?", (today.isoformat(),)
    )


def _exceeded(call: Reservation, spent: Spent, limits: DayLimits) -> Exceeded | None:
    tokens = call.input_tokens + call.output_tokens
    if call.user is not None and 0 < limits.user_tokens < spent.user_tokens + tokens:
        return Exceeded("user", limits.user_tokens)
    if call.guild is not None and 0 < limits.guild_tokens < spent.guild_tokens + tokens:
        return Exceeded("guild", limits.guild_tokens)
    if 0 < limits.day_tokens < spent.day_tokens + tokens:
        return Exceeded("day", limits.day_tokens)
    if limits.day_cost > 0 and spent.day_cost + call.cost > limits.day_cost + _ROUNDING:
        return Exceeded("cost", limits.day_cost)
    return None
