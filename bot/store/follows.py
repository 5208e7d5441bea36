"""What is followed, the destinations that are notified, and the notifications to be sent there."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.store.database import SqliteStore


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowRow:
    """Something that is followed; `id` is 0 before it is stored. `created_at` is Unix time."""

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
    """Why a destination gets no notifications, and whether its user was told."""

    reason: str
    told: bool


class FollowStore(SqliteStore):
    """What each destination follows, and which destinations are paused."""

    async def add(self, row: FollowRow, *, limit: int) -> bool | None:
        """Store a follow; return whether it is new, or None when its destination already has `limit` of them.

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

    async def of_destination(self, destination: str) -> list[FollowRow]:
        """Return what a destination follows, oldest first."""
        rows = await self._database.rows(
            "SELECT * FROM subscriptions WHERE destination = ? ORDER BY id", (destination,)
        )
        return [FollowRow(**dict(row)) for row in rows]

    async def active(self) -> list[FollowRow]:
        """Return what every destination follows that is not paused, oldest first."""
        rows = await self._database.rows(
            "SELECT * FROM subscriptions WHERE destination NOT IN"
            " (SELECT name FROM destinations WHERE paused IS NOT NULL) ORDER BY id"
        )
        return [FollowRow(**dict(row)) for row in rows]

    async def remove(self, destination: str, number: int) -> bool:
        """Delete one of a destination's follows with its unsent notifications; return whether it was there."""
        removed = await self._database.change(
            "DELETE FROM subscriptions WHERE destination = ? AND id = ?", (destination, number)
        )
        return removed > 0

    async def forget(self, destination: str) -> int:
        """Delete everything stored about a destination; return how many follows."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute("DELETE FROM subscriptions WHERE destination = ?", (destination,))
            await connection.execute("DELETE FROM notice_messages WHERE destination = ?", (destination,))
            await connection.execute("DELETE FROM destinations WHERE name = ?", (destination,))
            return cursor.rowcount

    async def pause(self, destination: str, reason: str) -> None:
        """Note that a destination gets no notifications for now, and why."""
        await self._database.change(
            "INSERT INTO destinations (name, paused) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET paused = excluded.paused, told = 0",
            (destination, reason),
        )

    async def resume(self, destination: str) -> bool:
        """Note that a destination gets notifications again; return whether it was paused."""
        resumed = await self._database.change(
            "UPDATE destinations SET paused = NULL, told = 0 WHERE name = ? AND paused IS NOT NULL", (destination,)
        )
        return resumed > 0

    async def pause_of(self, destination: str) -> Pause | None:
        """Return why a destination is paused; None when it is not."""
        row = await self._database.row("SELECT paused, told FROM destinations WHERE name = ?", (destination,))
        return Pause(row["paused"], bool(row["told"])) if row and row["paused"] is not None else None

    async def mark_notified(self, destination: str) -> None:
        """Note that a destination's user was told that it is paused."""
        await self._database.change("UPDATE destinations SET told = 1 WHERE name = ?", (destination,))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationRow:
    """An event of a paper that a follow is to be notified of. `due_at` is Unix time."""

    follow: int
    key: str
    event: str
    kind: str
    detail: str | None
    due_at: float


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A notification within a message, with the kind and label of the follow that it is for."""

    key: str
    kind: str
    detail: str | None
    follows: str
    label: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message that is to be sent, perhaps already was. `made_at` is Unix time."""

    nonce: str
    destination: str
    made_at: float


class NotificationStore(SqliteStore):
    """Notifications, and the messages that bundle them."""

    async def cursor(self, name: str) -> int | None:
        """Return how far a stream of events was read, or None before the first time."""
        row = await self._database.row("SELECT value FROM state WHERE name = ?", (f"followed_{name}",))
        return int(row["value"]) if row else None

    async def collect(self, notifications: Iterable[NotificationRow], *, cursor: str, at: int) -> int:
        """Store notifications together with how far their stream was read; return how many are new.

        Those of a follow that was removed meanwhile are left out.
        """
        new = 0
        async with self._database.transaction() as connection:
            for row in notifications:
                written = await connection.execute(
                    "INSERT INTO notices (subscription, key, event, kind, detail, due_at)"
                    " SELECT id, ?2, ?3, ?4, ?5, ?6 FROM subscriptions WHERE id = ?1 ON CONFLICT DO NOTHING",
                    (row.follow, row.key, row.event, row.kind, row.detail, row.due_at),
                )
                new += written.rowcount
            await connection.execute(
                "INSERT INTO state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (f"followed_{cursor}", str(at)),
            )
        return new

    async def bundle(self, nonces: dict[str, str], *, now: float, quiet_s: float) -> None:
        """Put what is due into one message for each destination in `nonces`, which maps it to the message's nonce.

        A destination that was written to less than `quiet_s` ago, is paused, or has a message under way waits.
        """
        async with self._database.transaction() as connection:
            for destination, nonce in nonces.items():
                written = await connection.execute(
                    "UPDATE notices SET nonce = ?1 WHERE nonce IS NULL AND due_at <= ?3 AND subscription IN"
                    " (SELECT id FROM subscriptions WHERE destination = ?2)"
                    " AND NOT EXISTS (SELECT 1 FROM notice_messages WHERE destination = ?2 AND state = 'sending')"
                    " AND NOT EXISTS (SELECT 1 FROM destinations WHERE name = ?2 AND"
                    # A clock that was set back must not silence anybody.
                    " (paused IS NOT NULL OR (sent_at > ?3 - ?4 AND sent_at <= ?3)))",
                    (nonce, destination, now, quiet_s),
                )
                if written.rowcount:
                    await connection.execute(
                        "INSERT INTO notice_messages (nonce, destination, state, made_at) VALUES (?, ?, 'sending', ?)",
                        (nonce, destination, now),
                    )

    async def due(self, now: float) -> list[str]:
        """Return the destinations for which something is due."""
        rows = await self._database.rows(
            "SELECT DISTINCT destination FROM notices JOIN subscriptions ON subscriptions.id = subscription"
            " WHERE nonce IS NULL AND due_at <= ? ORDER BY destination",
            (now,),
        )
        return [row["destination"] for row in rows]

    async def sending(self) -> list[MessageRow]:
        """Return the messages that are not confirmed, but for those to paused destinations, oldest first."""
        rows = await self._database.rows(
            "SELECT nonce, destination, made_at FROM notice_messages WHERE state = 'sending' AND destination NOT IN"
            " (SELECT name FROM destinations WHERE paused IS NOT NULL) ORDER BY made_at, nonce"
        )
        return [MessageRow(**dict(row)) for row in rows]

    async def told_by(self, nonce: str) -> list[ToldRow]:
        """Return what a message contains: news of followed papers, then new papers, the latest first."""
        rows = await self._database.rows(
            "SELECT notices.key, notices.kind, notices.detail, subscriptions.kind AS follows, label FROM notices"
            " JOIN subscriptions ON subscriptions.id = subscription LEFT JOIN papers ON papers.key = notices.key"
            " WHERE nonce = ? ORDER BY notices.kind = 'new', papers.added_at DESC, papers.rowid DESC, notices.event,"
            " subscriptions.id",
            (nonce,),
        )
        return [ToldRow(**dict(row)) for row in rows]

    async def confirm(self, message: MessageRow, *, message_id: int | None, now: float) -> None:
        """Note that a message was sent, or, without an id, that there was nothing left to send."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE notice_messages SET state = 'sent', message_id = ? WHERE nonce = ?", (message_id, message.nonce)
            )
            if message_id is not None:
                await connection.execute(
                    "INSERT INTO destinations (name, sent_at) VALUES (?, ?)"
                    " ON CONFLICT (name) DO UPDATE SET sent_at = excluded.sent_at",
                    (message.destination, now),
                )

    async def trim(self, before: float) -> None:
        """Forget messages that were sent before a Unix time, with their notifications."""
        async with self._database.transaction() as connection:
            old = "SELECT nonce FROM notice_messages WHERE state = 'sent' AND made_at < ?"
            await connection.execute(f"DELETE FROM notices WHERE nonce IN ({old})", (before,))
            await connection.execute("DELETE FROM notice_messages WHERE state = 'sent' AND made_at < ?", (before,))
