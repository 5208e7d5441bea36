"""Holding a lease for as long as the process lives."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import StoreError
from bot.store.leases import LEASE_S, Lease

log = logging.getLogger(__name__)

RENEW_S = LEASE_S / 3
"""Seconds between renewals, and between a waiting process's attempts: after a kill, another one leads within
LEASE_S + RENEW_S."""


@asynccontextmanager
async def held_when_free(lease: Lease, *, every: float = RENEW_S) -> AsyncIterator[None]:
    """Take the lease as soon as it is free and renew it until the body ends; then give it up.

    That goes on in a task of its own, so that slow work of the body doesn't let the lease run out.
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
    told: bool | None = None
    while True:
        try:
            held = await lease.take()
        except StoreError as error:
            log.warning("the lease on %s was not renewed: %s", lease.name, error)
        except Exception:
            log.exception("the lease on %s was not renewed", lease.name)
        else:
            if held is not told:
                log.info("%s: %s", lease.name, _ROLES[held])
            told = held
        await asyncio.sleep(every)


_ROLES = {
    True: "this process does it",
    False: "another process on this store does it; this one takes over when that one ends",
}
