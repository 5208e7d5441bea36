"""Leases: work that several processes on one store could do, and one at a time may."""

import asyncio
import contextlib
import logging
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiosqlite

from bot.errors.operation import LeaseLost, StoreError
from bot.store.database import Database, first_row
from bot.util import Clock

LEASE_S = 15.0
"""How long a lease outlives its last renewal, in seconds: a killed owner's is free after that."""

RENEW_S = LEASE_S / 3
"""Seconds between renewals, and between a waiting process's attempts: after a kill, another one leads within
LEASE_S + RENEW_S."""

_ROLES = {
    True: "handled by this process",
    False: "handled by another process using this store; this one takes over when the other stops",
}

log = logging.getLogger(__name__)


class Lease:
    """One process's view of a lease.

    Whoever holds it renews it with `take` well within `seconds`; the others ask with `take` as well, and get it once
    the owner let it run out. It has run out when the wall clock says so, or, since that may have been set back, when
    the owner's renewals stood still for `seconds` of our own time. A clock that jumps ahead may take a lease from a
    living owner: each transaction whose work must be the owner's alone calls `guard`, which refuses the former one.
    """

    def __init__(
        self,
        *,
        database: Database,
        name: str,
        clock: Clock,
        seconds: float = LEASE_S,
        own_time: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._clock = clock
        self._seconds = seconds
        self._own_time = own_time
        self._owner = secrets.token_hex(8)
        self._term: int | None = None
        self._seen: tuple[str, int, int] | None = None
        self._seen_at = 0.0
        self.name = name

    @property
    def held(self) -> bool:
        """Whether this process held the lease at the last `take`. Doesn't read the store."""
        return self._term is not None

    async def take(self) -> bool:
        """Renew it, or take it when it is free or has run out; return whether it is ours now. Raises StoreError."""
        now = self._clock().timestamp()
        async with self._database.transaction() as connection:
            row = await self._row(connection)
            if row is not None and row["owner"] == self._owner:
                term = int(row["term"])
            elif row is None or self._free(row, now):
                term = row["term"] + 1 if row else 1
            else:
                self._term = None
                return False
            await connection.execute(
                "INSERT INTO leases (name, owner, term, beats, until) VALUES (?1, ?2, ?3, 1, ?4) ON CONFLICT (name)"
                " DO UPDATE SET owner = ?2, term = ?3, beats = beats + 1, until = ?4",
                (self.name, self._owner, term, now + self._seconds),
            )
        self._term = term
        return True

    async def release(self) -> None:
        """Give it up, if it is ours, so that another process need not wait. Raises StoreError."""
        self._term = None
        await self._database.change(
            "UPDATE leases SET owner = '', until = 0 WHERE name = ? AND owner = ?", (self.name, self._owner)
        )

    async def guard(self, connection: aiosqlite.Connection) -> None:
        """Raise LeaseLost, which undoes the transaction that it is called in, unless the lease is still ours."""
        row = await self._row(connection)
        if row is None or (row["owner"], row["term"]) != (self._owner, self._term):
            self._term = None
            raise LeaseLost(name=self.name)

    def _free(self, row: sqlite3.Row, now: float) -> bool:
        if not row["owner"] or row["until"] <= now:
            return True
        seen = (row["owner"], row["term"], row["beats"])
        if seen != self._seen:
            self._seen, self._seen_at = seen, self._own_time()
        return self._own_time() - self._seen_at >= self._seconds

    async def _row(self, connection: aiosqlite.Connection) -> sqlite3.Row | None:
        return await first_row(connection, "SELECT * FROM leases WHERE name = ?", (self.name,))


@asynccontextmanager
async def keep_lease(lease: Lease, *, every: float = RENEW_S) -> AsyncIterator[None]:
    """Take the lease as soon as it is free and renew it until the body ends; then give it up.

    A task of its own renews it, so that slow work of the body doesn't let the lease run out.
    """
    keeping = asyncio.create_task(_keep(lease, every), name=f"lease {lease.name}")
    try:
        yield
    finally:
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping
        # Another process waits it out when the store fails just now.
        with contextlib.suppress(StoreError):
            await lease.release()


async def _keep(lease: Lease, every: float) -> None:
    """Ask for the lease again and again; it never ends, whatever the store raises."""
    noted: bool | None = None
    while True:
        try:
            held = await lease.take()
        except StoreError as error:
            log.warning("couldn't renew the lease on %s: %s", lease.name, error)
        except Exception:
            log.exception("couldn't renew the lease on %s", lease.name)
        else:
            if held is not noted:
                log.info("%s: %s", lease.name, _ROLES[held])
            noted = held
        await asyncio.sleep(every)
