"""Which papers posted digests tell of."""

import json
from dataclasses import dataclass
from datetime import date

from bot.store.database import Database

_PAPERS = "json_each(CASE WHEN json_valid(content) THEN content ELSE '{}' END, '$.matched') AS paper"


@dataclass(frozen=True, slots=True)
class LastPost:
    """A day's row: its state (pending, posted, missed, skipped), why, where that is told, and the message."""

    day: date
    state: str
    reason: str | None
    message: int | None


class DigestContents:
    """Reads the contents in the ledger; their `matched` is a list of papers' keys."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def told(self, digest: str, *, since: float, day: date) -> frozenset[str]:
        """Return the keys of the papers that a digest told of in posts that ended after `since` (Unix time).

        The post of `day` itself doesn't count.
        """
        rows = await self._database.rows(
            f"SELECT DISTINCT paper.value AS key FROM digest_posts, {_PAPERS} WHERE digest = ? AND until > ?"
            " AND state = 'posted' AND day <> ?",
            (digest, since, day.isoformat()),
        )
        return frozenset(str(row["key"]) for row in rows)

    async def last_row(self, digest: str) -> LastPost | None:
        """Return what became of a digest's last day, or None before its first."""
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
