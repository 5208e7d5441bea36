"""What is followed, and the destinations where it is told."""

import sqlite3
from dataclasses import dataclass

from bot.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRow:
    """A subscription; `id` is 0 before it is kept. `created_at` is Unix time."""

    id: int = 0
    destination: str
    kind: str
    value: str
    label: str
    pace: str
    hour: int | None
    created_at: float


@dataclass(frozen=True, slots=True)
class Pause:
    """Why a destination is not written to, and whether its member was told."""

    reason: str
    told: bool


class SubscriptionStore:
    """Rows of subscriptions and destinations."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def add(self, row: SubscriptionRow, *, limit: int) -> bool | None:
        """Keep a subscription; return whether it is new, or None when its destination has `limit` of them.

        One that is there gets the new pace and hour.
        """
        there = (row.destination, row.kind, row.value)
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "UPDATE subscriptions SET pace = ?, hour = ?, label = ?"
                " WHERE destination = ? AND kind = ? AND value = ?",
                (row.pace, row.hour, row.label, *there),
            )
            if cursor.rowcount:
                return False
            cursor = await connection.execute(
                "INSERT INTO subscriptions (destination, kind, value, label, pace, hour, created_at)"
                " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
                " WHERE (SELECT count(*) FROM subscriptions WHERE destination = ?1) < ?8",
                (*there, row.label, row.pace, row.hour, row.created_at, limit),
            )
            return True if cursor.rowcount else None

    async def of_destination(self, destination: str) -> list[SubscriptionRow]:
        """Return a destination's subscriptions, oldest first."""
        rows = await self._database.rows(
            "SELECT * FROM subscriptions WHERE destination = ? ORDER BY id", (destination,)
        )
        return [_subscription(row) for row in rows]

    async def active(self) -> list[SubscriptionRow]:
        """Return the subscriptions of every destination that is not paused."""
        rows = await self._database.rows(
            "SELECT * FROM subscriptions WHERE destination NOT IN"
            " (SELECT name FROM destinations WHERE paused IS NOT NULL) ORDER BY id"
        )
        return [_subscription(row) for row in rows]

    async def remove(self, destination: str, number: int) -> bool:
        """Delete one of a destination's subscriptions, with what it was still to tell; return whether it was there."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "DELETE FROM subscriptions WHERE destination = ? AND id = ?", (destination, number)
            )
            return cursor.rowcount > 0

    async def forget(self, destination: str) -> int:
        """Delete all that is kept of a destination; return how many subscriptions."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute("DELETE FROM subscriptions WHERE destination = ?", (destination,))
            await connection.execute("DELETE FROM notice_messages WHERE destination = ?", (destination,))
            await connection.execute("DELETE FROM destinations WHERE name = ?", (destination,))
            return cursor.rowcount

    async def pause(self, destination: str, reason: str) -> None:
        """Note that a destination is not to be written to."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO destinations (name, paused) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET paused = excluded.paused, told = 0",
                (destination, reason),
            )

    async def resume(self, destination: str) -> bool:
        """Note that a destination may be written to again; return whether it was paused."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "UPDATE destinations SET paused = NULL, told = 0 WHERE name = ? AND paused IS NOT NULL", (destination,)
            )
            return cursor.rowcount > 0

    async def pause_of(self, destination: str) -> Pause | None:
        """Return why a destination is paused; None when it is not."""
        row = await self._database.row("SELECT paused, told FROM destinations WHERE name = ?", (destination,))
        return Pause(row["paused"], bool(row["told"])) if row and row["paused"] is not None else None

    async def untold(self) -> list[str]:
        """Return the paused destinations whose members were not told."""
        rows = await self._database.rows("SELECT name FROM destinations WHERE paused IS NOT NULL AND told = 0")
        return [row["name"] for row in rows]

    async def told(self, destination: str) -> None:
        """Note that a destination's member knows that it is paused."""
        async with self._database.transaction() as connection:
            await connection.execute("UPDATE destinations SET told = 1 WHERE name = ?", (destination,))


def _subscription(row: sqlite3.Row) -> SubscriptionRow:
    return SubscriptionRow(**dict(row))
