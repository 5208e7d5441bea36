"""Looking at every digest again and again: what is due, what was missed, what is owed."""

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from bot.digests.attempts import DigestAttempts
from bot.digests.definitions import DigestDefinitions
from bot.digests.delivery import DigestDelivery
from bot.digests.late_papers import LatePapers
from bot.digests.outlet import DISCORD_DOWN, NOT_WRITTEN, DigestOutlet
from bot.digests.schedule import due, passed
from bot.errors import PaperbotError
from bot.errors.operation import LeaseLost, StoreError
from bot.errors.services import DigestRefused, DiscordError
from bot.i18n.translation import set_locale
from bot.store.digest_ledger import DigestLedger
from bot.store.digests import DigestDefinition, DigestStore
from bot.store.leases import Lease

log = logging.getLogger(__name__)

AT_ONCE = 8
"""How many digests are written and posted at a time."""

LONGEST = timedelta(minutes=5)
"""How long the work on one digest may take before it is given up, to be tried again later."""


class DigestScheduler:
    """Starts what each digest needs now. Digests don't wait for one another, but for `AT_ONCE` of them.

    Only the process that holds the lease does anything. Failures are logged and tried again, never raised.
    """

    def __init__(
        self,
        *,
        definitions: DigestDefinitions,
        store: DigestStore,
        ledger: DigestLedger,
        delivery: DigestDelivery,
        late: LatePapers,
        outlet: DigestOutlet,
        lease: Lease,
        window: timedelta,
        clock: Callable[[], datetime],
        chance: random.Random,
    ) -> None:
        self._definitions = definitions
        self._store = store
        self._ledger = ledger
        self._delivery = delivery
        self._late = late
        self._outlet = outlet
        self._lease = lease
        self._window = window
        self._clock = clock
        self._chance = chance
        self._watches: dict[str, tuple[DigestDefinition, DigestAttempts]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    async def look(self) -> None:
        """Start what is to be done now, and return without waiting for it. Raises StoreError."""
        if not self._lease.held and not await self._lease.take():
            return
        definitions = await self._definitions.all()
        for definition in definitions:
            if definition.key not in self._running and self._wants(definition):
                task = asyncio.create_task(self._attend(definition), name=f"digest {definition.key}")
                self._running[definition.key] = task
                task.add_done_callback(partial(self._ended, definition.key))
        for gone in self._watches.keys() - {definition.key for definition in definitions}:
            del self._watches[gone]

    @property
    def tasks(self) -> Sequence[asyncio.Task[None]]:
        """What was started and goes on."""
        return list(self._running.values())

    async def finish(self) -> None:
        """Wait for what was started."""
        while self._running:
            await asyncio.gather(*self.tasks, return_exceptions=True)

    async def stop(self) -> None:
        """End what was started, as a kill would: the ledger knows where it stood."""
        for task in self.tasks:
            task.cancel()
        await self.finish()

    def troubles(self) -> dict[str, str]:
        """Return the codes of what keeps digests from being posted, by the digests' keys."""
        return {key: watch.trouble for key, (_, watch) in self._watches.items() if watch.trouble}

    def _ended(self, key: str, _task: asyncio.Task[None]) -> None:
        del self._running[key]

    def _watch(self, definition: DigestDefinition) -> DigestAttempts:
        known, watch = self._watches.get(definition.key, (None, DigestAttempts(trouble=definition.paused)))
        if known is not None and _set_up(known) != _set_up(definition):
            watch = DigestAttempts(looked=watch.looked)  # what was wrong with the old channel doesn't count
        self._watches[definition.key] = definition, watch
        return watch

    def _wants(self, definition: DigestDefinition) -> bool:
        """Return whether there is something to do, from what the process remembers alone."""
        now, watch = self._clock(), self._watch(definition)
        if watch.looked is None or now - watch.looked > self._window:
            return True
        day = due(now, definition, window=self._window)
        if watch.tried is not None and watch.tried != day:
            watch.tried, watch.not_before, watch.to_settle = None, None, True
        if not watch.to_settle and (day is None or day == watch.done):
            watch.looked = now
            return day is not None and watch.wants_late(now)
        return self._reopened(definition, watch) or not watch.rests(now)

    def _reopened(self, definition: DigestDefinition, watch: DigestAttempts) -> bool:
        """Return whether a channel that was seen to be closed is seen to be open."""
        if watch.trouble is None:
            return False
        closed = self._outlet.trouble(definition) is not None
        opened = watch.seen_closed and not closed
        watch.seen_closed = closed
        return opened

    async def _attend(self, definition: DigestDefinition) -> None:
        watch = self._watch(definition)
        async with self._places:
            day = due(self._clock(), definition, window=self._window)
            try:
                async with asyncio.timeout(LONGEST.total_seconds()):
                    set_locale(await self._outlet.locale(definition))
                    await self._work(definition, watch, day)
            except LeaseLost as error:
                log.info("%s", error)
            except DigestRefused as refusal:
                await self._refused(definition, watch, day, refusal)
            except Exception as error:  # noqa: BLE001  # whatever it is, the next look tries again
                await self._failed(definition, watch, day, error)

    async def _work(self, definition: DigestDefinition, watch: DigestAttempts, day: date | None) -> None:
        now = self._clock()
        for entry in await self._ledger.open_ends(definition.key):
            if entry.state == "posted":
                await self._late.pay(definition, entry)
            elif entry.day != day:
                await self._delivery.settle(definition, entry)
        watch.to_settle = False
        if watch.looked is None or now - watch.looked > self._window:
            for missed in await self._missed(definition, watch, now):
                await self._delivery.miss(definition, missed)
        watch.looked = now
        if day is None:
            return
        if day != watch.done:
            await self._delivery.deliver(definition, day)
        posted = await self._ledger.find(definition.key, day)
        if posted is not None and posted.state == "posted":
            await self._delivery.open_thread(definition, posted)
            if day == watch.done:
                await self._late.add(definition, posted)
        await self._worked(definition, watch, day, now)

    async def _missed(self, definition: DigestDefinition, watch: DigestAttempts, now: datetime) -> Sequence[date]:
        """Return the days that went by while nothing ran."""
        since = watch.looked
        if since is None:
            latest = await self._ledger.latest(definition.key)
            began = latest[0].until if latest else definition.created_at or now.timestamp()
            since = datetime.fromtimestamp(began, UTC)
        return passed(now, definition, since=since, window=self._window)

    async def _worked(self, definition: DigestDefinition, watch: DigestAttempts, day: date, now: datetime) -> None:
        if definition.paused or watch.trouble:
            await self._store.pause(definition.key, None)
            log.info("the digest %s is posted again", definition.key)
        watch.worked(day, now)

    async def _refused(
        self, definition: DigestDefinition, watch: DigestAttempts, day: date | None, refusal: DigestRefused
    ) -> None:
        code = str(refusal.facts["code"])
        wait = watch.refused(day, self._clock(), self._chance)
        watch.seen_closed = self._outlet.trouble(definition) is not None
        watch.trouble = code
        log.warning("the digest %s is paused. %s Next try in %s, or when that changes.", definition.key, refusal, wait)
        await self._note(definition, day, code)
        if definition.paused != code:
            await _quietly(self._store.pause(definition.key, code))

    async def _failed(
        self, definition: DigestDefinition, watch: DigestAttempts, day: date | None, error: Exception
    ) -> None:
        wait = watch.failed(day, self._clock(), self._chance)
        log.warning(
            "the work on the digest %s failed: %s. Next try in %s.",
            definition.key,
            str(error).rstrip(".") or type(error).__name__,
            wait,
            exc_info=None if isinstance(error, PaperbotError) else error,
        )
        await self._note(definition, day, DISCORD_DOWN if isinstance(error, DiscordError) else NOT_WRITTEN)

    async def _note(self, definition: DigestDefinition, day: date | None, reason: str) -> None:
        if day is not None:
            await _quietly(self._ledger.failed(definition.key, day, reason, now=self._clock().timestamp()))


async def _quietly(noting: Awaitable[object]) -> None:
    """Leave out what the failing store can't note: it stands in the log."""
    with contextlib.suppress(StoreError):
        await noting


def _set_up(definition: DigestDefinition) -> DigestDefinition:
    return replace(definition, paused=None)
