"""A bot's process that posts digests, with the real store and writer and an outlet in memory."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.digests.delivery import DigestDelivery
from bot.digests.outlet import DigestOutlet
from bot.digests.scheduler import DigestScheduler
from bot.store.digest_ledger import LedgerEntry
from bot.store.digests import DigestDefinition
from bot.store.leases import LEASE_S
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper

WINDOW = timedelta(hours=6)
SATURDAY = datetime(2024, 1, 6, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Running:
    """One process."""

    app: App
    rounds: DigestScheduler

    async def look(self) -> None:
        """Look once, and wait for all that it started."""
        await self.rounds.run_due()
        await self.rounds.finish()

    async def rows(self, key: str = "1") -> list[tuple[str, str]]:
        """Return the ledger's days and states, oldest first."""
        return [(entry.day.isoformat(), entry.state) for entry in reversed(await self.entries(key))]

    async def entries(self, key: str = "1") -> list[LedgerEntry]:
        return list(await self.app.digest_ledger.latest(key, limit=100))


def _as_it_is(name: str, part: Any) -> Any:
    return part


@asynccontextmanager
async def running(
    folder: Path,
    clock: FakeClock,
    outlet: DigestOutlet,
    *,
    catch_up_window: timedelta = WINDOW,
    wrap: Callable[[str, Any], Any] = _as_it_is,
    **groups: dict[str, Any],
) -> AsyncIterator[Running]:
    """Open the store's file as a new process does; `wrap` may put something around its ledger, writer and outlet.

    `groups` are settings. The start takes so long that the lease of a killed one has run out.
    """
    clock.move(seconds=LEASE_S)
    async with sample_app(folder, papers=[], clock=clock, sleep=clock.sleep, **groups) as app:
        parts = {
            name: wrap(name, part)
            for name, part in (("ledger", app.digest_ledger), ("writer", app.digest_writer), ("outlet", outlet))
        }
        rounds = DigestScheduler(
            definitions=app.digest_definitions,
            store=app.digest_store,
            ledger=parts["ledger"],
            delivery=DigestDelivery(**parts, papers=app.papers, clock=clock),
            outlet=parts["outlet"],
            lease=app.digest_lease,
            catch_up_window=catch_up_window,
            clock=clock,
            rng=random.Random(1),
        )
        yield Running(app, rounds)


async def prepare(folder: Path, clock: FakeClock, *definitions: DigestDefinition) -> None:
    """Set digests up: their keys count from 1."""
    async with sample_app(folder, papers=[], clock=clock) as app:
        for definition in definitions:
            await app.digest_store.add(replace(definition, created_at=clock().timestamp()), limit=25)


async def arrive(folder: Path, clock: FakeClock, *titles: str, listed: date | None = None) -> None:
    """Store papers, as another process does."""
    async with sample_app(folder, papers=[], clock=clock) as app:
        papers = [make_paper(title=title, arxiv_id=None, listed=listed) for title in titles]
        await app.papers.upsert(papers, now=clock().timestamp())


async def pass_time(process: Running, clock: FakeClock, *, step: float = 60.0, **span: float) -> None:
    """Let time go by, with a look every `step` seconds."""
    end = clock.now + timedelta(**span)
    while clock.now < end:
        clock.move(seconds=step)
        await process.look()
