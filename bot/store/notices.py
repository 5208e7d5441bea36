"""What subscriptions are to tell, and the messages that tell it."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from bot.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """An event of a paper that a subscription is to tell. `due_at` is Unix time."""

    subscription: int
    key: str
    event: str
    kind: str
    detail: str | None
    due_at: float


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A notice within a message, with the subscription that it is told for."""

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


class NoticeStore:
    """Rows of notices and of their messages."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def cursor(self, name: str) -> int | None:
        """Return how far a stream of events was read, or None before the first time."""
        row = await self._database.row("SELECT value FROM state WHERE name = ?", (_cursor(name),))
        return int(row["value"]) if row else None

    async def collect(self, notices: Iterable[NoticeRow], *, cursor: str, at: int) -> int:
        """Keep notices together with how far their stream was read; return how many are new.

        Those of a subscription that was removed meanwhile are left out.
        """
        new = 0
        async with self._database.transaction() as connection:
            for notice in notices:
                written = await connection.execute(
                    "INSERT INTO notices (subscription, key, event, kind, detail, due_at)"
                    " SELECT id, ?2, ?3, ?4, ?5, ?6 FROM subscriptions WHERE id = ?1 ON CONFLICT DO NOTHING",
                    (notice.subscription, notice.key, notice.event, notice.kind, notice.detail, notice.due_at),
                )
                new += written.rowcount
            await connection.execute(
                "INSERT INTO state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (_cursor(cursor), str(at)),
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
        return [MessageRow(row["nonce"], row["destination"], row["made_at"]) for row in rows]

    async def told_by(self, nonce: str) -> list[ToldRow]:
        """Return what a message tells, news of followed papers first, then new papers, those that came last first."""
        rows = await self._database.rows(
            "SELECT notices.key, notices.kind, notices.detail, subscriptions.kind AS follows, label FROM notices"
            " JOIN subscriptions ON subscriptions.id = subscription LEFT JOIN papers ON papers.key = notices.key"
            " WHERE nonce = ? ORDER BY notices.kind = 'new', papers.added_at DESC, papers.rowid DESC, notices.event,"
            " subscriptions.id",
            (nonce,),
        )
        return [_told(row) for row in rows]

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
        """Forget messages that were sent before a Unix time, with what they told."""
        async with self._database.transaction() as connection:
            old = "SELECT nonce FROM notice_messages WHERE state = 'sent' AND made_at < ?"
            await connection.execute(f"DELETE FROM notices WHERE nonce IN ({old})", (before,))
            await connection.execute("DELETE FROM notice_messages WHERE state = 'sent' AND made_at < ?", (before,))


def _cursor(name: str) -> str:
    return f"followed_{name}"


def _told(row: sqlite3.Row) -> ToldRow:
    return ToldRow(row["key"], row["kind"], row["detail"], row["follows"], row["label"])
