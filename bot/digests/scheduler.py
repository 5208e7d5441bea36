"""Looking at every digest again and again: what is due, what was missed, what is owed.

Nothing sleeps until a slot, since clocks jump and computers sleep: each look compares the time with what was done. What
must survive a kill is in the ledger, and what a look remembers beside it only saves work.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from bot.digests.attempts import FIRST_PAUSE, FIRST_WAIT, LONGEST_PAUSE, LONGEST_WAIT, DigestAttempts
from bot.digests.definitions import DigestDefinitions
from bot.digests.delivery import DigestDelivery
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
    """Starts what each digest needs now. Digests don't wait for one another, beyond `AT_ONCE` of them at a time.

    Only the process that holds the lease does anything. It may lose the lease at any moment, when the clock jumps
    ahead: the ledger then refuses, with LeaseLost, whatever would lead to a second post. Other failures are logged and
    tried again, never raised. `window` is how late a digest is still posted after downtime.
    """

    def __init__(
        self,
        *,
        definitions: DigestDefinitions,
        store: DigestStore,
        ledger: DigestLedger,
        delivery: DigestDelivery,
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
        self._outlet = outlet
        self._lease = lease
        self._window = window
        self._clock = clock
        self._chance = chance
        self._known: dict[str, tuple[DigestDefinition, DigestAttempts]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)

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
        for removed in self._known.keys() - {definition.key for definition in definitions}:
            del self._known[removed]

    @property
    def tasks(self) -> Sequence[asyncio.Task[None]]:
        """What was started and hasn't ended."""
        return list(self._running.values())

    async def finish(self) -> None:
        """Wait until no task that `look` started is running any more."""
        while self._running:
            await asyncio.gather(*self.tasks, return_exceptions=True)

    async def stop(self) -> None:
        """End what was started, as a kill would: the ledger knows how far it got."""
        for task in self.tasks:
            task.cancel()
        await self.finish()

    def troubles(self) -> dict[str, str]:
        """Return the codes of what keeps digests from being posted, by the digests' keys."""
        return {key: state.trouble for key, (_, state) in self._known.items() if state.trouble}

    def _ended(self, key: str, _task: asyncio.Task[None]) -> None:
        del self._running[key]

    def _state(self, definition: DigestDefinition) -> DigestAttempts:
        known, state = self._known.get(definition.key, (None, DigestAttempts(trouble=definition.paused)))
        if known is not None and replace(known, paused=None) != replace(definition, paused=None):
            # It was edited: what was wrong with the old channel doesn't count.
            state = DigestAttempts(looked=state.looked)
        self._known[definition.key] = definition, state
        return state

    def _unwatched(self, state: DigestAttempts, now: datetime) -> bool:
        """Return whether slots may have passed unseen: at the start, and after the computer slept or the clock jumped.

        Within `window` a slot can't pass unseen, as its digest is still due then.
        """
        return state.looked is None or now - state.looked > self._window

    def _wants(self, definition: DigestDefinition) -> bool:
        """Return whether there is something to do, from what the process remembers alone: most looks read no store."""
        now, state = self._clock(), self._state(definition)
        if self._unwatched(state, now):
            return True
        day = due(now, definition, window=self._window)
        if state.tried is not None and state.tried != day:
            # The time of the post that failed is over: its row is closed at once, however long the backoff is.
            state.tried, state.backoff.not_before, state.to_settle = None, None, True
        if not state.to_settle and (day is None or day == state.done):
            state.looked = now
            return day is not None and state.wants_late(now)
        return self._reopened(definition, state) or not state.backoff.rests(now)

    def _reopened(self, definition: DigestDefinition, state: DigestAttempts) -> bool:
        """Return whether a channel that was seen to be closed is seen to be open, so that nothing need wait longer."""
        if state.trouble is None:
            return False
        closed = self._outlet.trouble(definition) is not None
        opened = state.seen_closed and not closed
        state.seen_closed = closed
        return opened

    async def _attend(self, definition: DigestDefinition) -> None:
        state = self._state(definition)
        async with self._turns:
            # Only now: it may have waited for its turn past midnight.
            day = due(self._clock(), definition, window=self._window)
            try:
                async with asyncio.timeout(LONGEST.total_seconds()):
                    set_locale(await self._outlet.locale(definition))
                    await self._work(definition, state, day)
            except LeaseLost as error:
                log.info("%s", error)  # another process goes on with it, from the ledger
            except DigestRefused as refusal:
                await self._refused(definition, state, day, refusal)
            except Exception as error:  # noqa: BLE001  # whatever it is, the next look tries again
                await self._failed(definition, state, day, error)

    async def _work(self, definition: DigestDefinition, state: DigestAttempts, day: date | None) -> None:
        now = self._clock()
        await self._catch_up(definition, day)
        state.to_settle = False
        if self._unwatched(state, now):
            for missed in await self._missed(definition, state, now):
                await self._delivery.miss(definition, missed)
        state.looked = now
        if day is None:
            return
        if day != state.done:
            await self._delivery.deliver(definition, day)
        posted = await self._ledger.find(definition.key, day)
        if posted is not None and posted.state == "posted":
            await self._delivery.open_thread(definition, posted)
            if day == state.done:
                await self._delivery.add_late_papers(definition, posted)
        if definition.paused or state.trouble:
            await self._store.pause(definition.key, None)
            log.info("the digest %s is no longer paused", definition.key)
        state.worked(day, now)

    async def _catch_up(self, definition: DigestDefinition, day: date | None) -> None:
        """Close what a killed process or a failure left open.

        It comes before the day's post, which begins where the last one ended: an earlier one that turns out to have
        been posted has shown its papers.
        """
        for entry in await self._ledger.open_ends(definition.key):
            if entry.state == "posted":
                await self._delivery.make_owed_edit(definition, entry)
            elif entry.day != day:
                await self._delivery.settle(definition, entry)

    async def _missed(self, definition: DigestDefinition, state: DigestAttempts, now: datetime) -> Sequence[date]:
        """Return the days that went by while nothing ran."""
        since = state.looked
        if since is None:
            latest = await self._ledger.latest(definition.key)
            began = latest[0].until if latest else definition.created_at or now.timestamp()
            since = datetime.fromtimestamp(began, UTC)
        return passed(now, definition, since=since, window=self._window)

    async def _refused(
        self, definition: DigestDefinition, state: DigestAttempts, day: date | None, refusal: DigestRefused
    ) -> None:
        """Pause a digest that Discord refuses until somebody fixes something there, or the longer backoff is over."""
        code = str(refusal.facts["code"])
        wait = state.backoff.failed(self._clock(), FIRST_PAUSE, LONGEST_PAUSE, self._chance)
        state.tried, state.trouble = day, code
        state.seen_closed = self._outlet.trouble(definition) is not None
        log.warning("the digest %s is paused. %s Next try in %s, or when that's fixed.", definition.key, refusal, wait)
        await self._note(definition, day, code)
        if definition.paused != code:
            with contextlib.suppress(StoreError):
                await self._store.pause(definition.key, code)

    async def _failed(
        self, definition: DigestDefinition, state: DigestAttempts, day: date | None, error: Exception
    ) -> None:
        """Note a failure that may pass by itself."""
        wait = state.backoff.failed(self._clock(), FIRST_WAIT, LONGEST_WAIT, self._chance)
        state.tried = day
        log.warning(
            "couldn't process the digest %s: %s. Next try in %s.",
            definition.key,
            str(error).rstrip(".") or type(error).__name__,
            wait,
            exc_info=None if isinstance(error, PaperbotError) else error,
        )
        await self._note(definition, day, DISCORD_DOWN if isinstance(error, DiscordError) else NOT_WRITTEN)

    async def _note(self, definition: DigestDefinition, day: date | None, reason: str) -> None:
        # It may be the store that fails; the log has the reason then.
        if day is not None:
            with contextlib.suppress(StoreError):
                await self._ledger.failed(definition.key, day, reason, now=self._clock().timestamp())
