"""Answers that were given, the messages that show them, where conversations begin, and votes on answers."""

import json
import logging
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from bot.store.database import SqliteStore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """An answer as it is stored. `sources` are keys of papers; `created_at` is Unix time."""

    id: str
    conversation: str
    place: str
    user: str | None
    guild: str | None
    question: str
    content: str
    sources: tuple[str, ...]
    cache_key: str | None
    created_at: float


_COLUMNS = tuple(field.name for field in fields(AnswerRow))
_NEWEST_FIRST = "ORDER BY created_at DESC, rowid DESC"
_INSERT = f"INSERT INTO answers ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)})"


@dataclass(frozen=True, slots=True)
class Start:
    """Where a conversation begins that has papers before its first turn: their keys, and when, in Unix time."""

    sources: tuple[str, ...]
    started_at: float


class AnswerStore(SqliteStore):
    """Answers, their messages and conversations. The user None, whom no front end knows, owns what None wrote."""

    async def add(self, row: AnswerRow) -> None:
        """Keep an answer."""
        sources = json.dumps(row.sources, ensure_ascii=False)
        values = [sources if name == "sources" else getattr(row, name) for name in _COLUMNS]
        await self._database.change(_INSERT, values)

    async def get(self, answer: str) -> AnswerRow | None:
        """Return an answer by its id, or None."""
        return await self._first("WHERE id = ?", answer)

    async def cached(self, cache_key: str, *, since: float) -> AnswerRow | None:
        """Return the newest answer under a cache key that was given after `since` (Unix time), or None."""
        return await self._first(f"WHERE cache_key = ? AND created_at > ? {_NEWEST_FIRST} LIMIT 1", cache_key, since)

    async def latest(self, place: str, user: str | None) -> AnswerRow | None:
        """Return what a user was answered last in a place, or None."""
        return await self._first(f"WHERE place = ? AND user IS ? {_NEWEST_FIRST} LIMIT 1", place, user)

    async def turns(
        self, conversation: str, user: str | None, *, limit: int, before: str | None = None
    ) -> list[AnswerRow]:
        """Return a user's last answers in a conversation, oldest first; only those `before` one of them, if given."""
        rows = await self._database.rows(
            "SELECT * FROM answers WHERE conversation = ?1 AND user IS ?2"
            " AND (?4 IS NULL OR rowid < (SELECT rowid FROM answers WHERE id = ?4))"
            f" {_NEWEST_FIRST} LIMIT ?3",
            (conversation, user, limit, before),
        )
        return [_answer(row) for row in reversed(rows)]

    async def attach(self, answer: str, message: str) -> None:
        """Note that a message shows an answer. Nothing is noted of an answer that is no longer there."""
        await self._database.change(
            "INSERT OR REPLACE INTO answer_messages (message, answer) SELECT ?, id FROM answers WHERE id = ?",
            (message, answer),
        )

    async def of_message(self, message: str) -> AnswerRow | None:
        """Return the answer that a message shows, or None."""
        return await self._first("JOIN answer_messages ON answer = id WHERE message = ?", message)

    async def messages(self, answer: str) -> tuple[str, ...]:
        """Return the messages that show an answer."""
        rows = await self._database.rows(
            "SELECT message FROM answer_messages WHERE answer = ? ORDER BY rowid", (answer,)
        )
        return tuple(row["message"] for row in rows)

    async def forget(self, answer: str) -> None:
        """Delete one answer."""
        await self._database.change("DELETE FROM answers WHERE id = ?", (answer,))

    async def start(self, conversation: str, user: str | None, *, sources: Sequence[str], now: float) -> None:
        """Let a user's conversation begin with these papers."""
        await self._database.change(
            "INSERT INTO conversation_starts (conversation, user, sources, started_at) VALUES (?, ?, ?, ?)",
            (conversation, user, json.dumps(list(sources), ensure_ascii=False), now),
        )

    async def started(self, conversation: str, user: str | None) -> Start | None:
        """Return what a user's conversation begins with, or None."""
        row = await self._database.row(
            "SELECT * FROM conversation_starts WHERE conversation = ? AND user IS ?", (conversation, user)
        )
        return Start(_keys(row), row["started_at"]) if row else None

    async def forget_conversation(self, conversation: str, user: str | None) -> int:
        """Delete a user's answers of a conversation; return how many."""
        return await self._delete("conversation = ? AND user IS ?", conversation, user)

    async def forget_user(self, user: str) -> int:
        """Delete a user's answers and conversations; return how many answers."""
        return await self._delete("user = ?", user)

    async def of_user(self, user: str) -> list[AnswerRow]:
        """Return every answer that a user was given, oldest first."""
        rows = await self._database.rows("SELECT * FROM answers WHERE user = ? ORDER BY created_at, rowid", (user,))
        return [_answer(row) for row in rows]

    async def expire(self, before: float) -> int:
        """Delete what is older than `before` (Unix time); return how many answers."""
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM conversation_starts WHERE started_at < ?", (before,))
            cursor = await connection.execute("DELETE FROM answers WHERE created_at < ?", (before,))
            return cursor.rowcount

    async def _first(self, clauses: str, *values: object) -> AnswerRow | None:
        row = await self._database.row(f"SELECT answers.* FROM answers {clauses}", values)
        return _answer(row) if row else None

    async def _delete(self, condition: str, *values: str | None) -> int:
        # The messages of a deleted answer go with it.
        async with self._database.transaction() as connection:
            await connection.execute(f"DELETE FROM conversation_starts WHERE {condition}", values)
            cursor = await connection.execute(f"DELETE FROM answers WHERE {condition}", values)
            return cursor.rowcount


def _answer(row: sqlite3.Row) -> AnswerRow:
    return AnswerRow(**{**dict(row), "sources": _keys(row)})


def _keys(row: sqlite3.Row) -> tuple[str, ...]:
    """Return the keys of a row's papers; none, with a line in the log, where what is stored is no list of keys."""
    try:
        keys = json.loads(row["sources"])
    except ValueError:
        keys = None
    if isinstance(keys, list) and all(isinstance(key, str) for key in keys):
        return tuple(keys)
    log.warning("a stored answer's list of sources is malformed, so it is ignored")
    return ()


class Vote(StrEnum):
    """A user's verdict on an answer, as its button and the store have it."""

    GOOD = "good"
    BAD = "bad"


class FeedbackStore(SqliteStore):
    """One verdict for each user and answer. They go with the answer, and when their user is forgotten."""

    async def toggle(self, answer: str, user: str, verdict: Vote, *, now: float) -> Vote | None:
        """Note a verdict at Unix time `now`, in place of another one; the same one again takes it back.

        Return the verdict that is now kept. Of an answer that is no longer there nothing is noted.
        """
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "DELETE FROM feedback WHERE answer = ? AND user = ? AND verdict = ?", (answer, user, verdict)
            )
            if cursor.rowcount:
                return None
            cursor = await connection.execute(
                "INSERT OR REPLACE INTO feedback (answer, user, verdict, at) SELECT id, ?, ?, ? FROM answers"
                " WHERE id = ?",
                (user, verdict, now, answer),
            )
            return verdict if cursor.rowcount else None

    async def counts(self) -> dict[Vote, int]:
        """Return how many verdicts of each kind there are."""
        rows = await self._database.rows("SELECT verdict, COUNT(*) AS number FROM feedback GROUP BY verdict")
        found = {Vote(row["verdict"]): int(row["number"]) for row in rows}
        return {verdict: found.get(verdict, 0) for verdict in Vote}

    async def liked_papers(self, guild: str, keys: Iterable[str]) -> dict[str, int]:
        """Return how many users found answers from these papers good in a guild, by the papers' keys."""
        rows = await self._database.rows(
            "SELECT source.value AS key, COUNT(DISTINCT feedback.user) AS number"
            " FROM answers JOIN feedback ON feedback.answer = answers.id,"
            " json_each(CASE WHEN json_valid(answers.sources) THEN answers.sources ELSE '[]' END) AS source"
            " WHERE answers.guild = ? AND verdict = 'good' AND source.value IN (SELECT value FROM json_each(?))"
            " GROUP BY source.value",
            (guild, json.dumps(list(keys))),
        )
        return {row["key"]: int(row["number"]) for row in rows}

    async def of_user(self, user: str) -> list[sqlite3.Row]:
        """Return every verdict of a user, oldest first."""
        return await self._database.rows(
            "SELECT answer, verdict, at FROM feedback WHERE user = ? ORDER BY at, rowid", (user,)
        )

    async def forget_user(self, user: str) -> None:
        """Delete a user's verdicts."""
        await self._database.change("DELETE FROM feedback WHERE user = ?", (user,))
