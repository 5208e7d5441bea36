"""What the feeds' client remembers, for all processes on one store."""

from bot.sources.fetching.memory import next_start
from bot.sources.fetching.request import Validators
from bot.store.database import Database

VALIDATORS_KEPT = 2_000


class FeedMemory:
    """A FetchMemory in the store."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def reserve(self, gate: str, *, gap_s: float, now: float) -> float:
        """Take the next start through a gate; return how many seconds lie before it. `now` is Unix time."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute("SELECT at FROM feed_gates WHERE name = ?", (gate,))
            row = await cursor.fetchone()
            start = next_start(row["at"] if row else None, gap_s=gap_s, now=now)
            await connection.execute("INSERT OR REPLACE INTO feed_gates (name, at) VALUES (?, ?)", (gate, start))
        return start - now

    async def validators(self, address: str) -> Validators | None:
        """Return what was kept of the last stored answer of an address."""
        row = await self._database.row(
            "SELECT etag, last_modified, note FROM feed_validators WHERE address = ?", (address,)
        )
        return Validators(row["etag"], row["last_modified"], row["note"]) if row else None

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
