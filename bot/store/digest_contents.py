"""Which papers posted digests tell of."""

import json
from datetime import date

from bot.store.database import Database

_PAPERS = "json_each(CASE WHEN json_valid(content) THEN content ELSE '{}' END, '$.matched') AS paper"


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

    async def of_thread(self, thread: int) -> tuple[str, ...]:
        """Return the keys of the papers of the post that a thread belongs to, as it shows them; () where there is none.

        A thread that was opened at a message has the message's id.
        """
        row = await self._database.row(
            "SELECT content FROM digest_posts WHERE (thread = ?1 OR message = ?1) AND json_valid(content)", (thread,)
        )
        keys = json.loads(row["content"]).get("matched") if row else None
        return tuple(key for key in keys if isinstance(key, str)) if isinstance(keys, list) else ()
