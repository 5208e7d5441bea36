"""What users think of answers."""

import json
import sqlite3
from collections.abc import Iterable
from enum import StrEnum

from bot.store.database import Database


class Verdict(StrEnum):
    """What somebody thinks of an answer."""

    GOOD = "good"
    BAD = "bad"


class FeedbackStore:
    """One verdict for each user and answer. They go with the answer, and when their user is forgotten."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def toggle(self, answer: str, user: str, verdict: Verdict, *, now: float) -> Verdict | None:
        """Note a verdict at Unix time `now`, in place of another one; the same one again takes it back.

        Return what stands now. Of an answer that is no longer there nothing is noted.
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

    async def counts(self) -> dict[Verdict, int]:
        """Return how many verdicts of each kind there are."""
        rows = await self._database.rows("SELECT verdict, COUNT(*) AS number FROM feedback GROUP BY verdict")
        found = {Verdict(row["verdict"]): int(row["number"]) for row in rows}
        return {verdict: found.get(verdict, 0) for verdict in Verdict}

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
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM feedback WHERE user = ?", (user,))
