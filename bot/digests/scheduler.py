"""Running every digest again and again: what is due, what was missed, what is owed.

Nothing sleeps until a slot, since clocks jump and computers sleep: each run compares the time with what was done. What
must survive a kill is in the ledger, and what is remembered beside it only saves work.
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

MAX_CONCURRENT_DIGESTS = 8
"""How many digests are written and posted at a time."""

DIGEST_TIMEOUT = timedelta(minutes=5)
"""How long the work on one digest may take before it is given up, to be tried again later."""


class DigestScheduler:
    """Starts what each digest needs now, at most `MAX_CONCURRENT_DIGESTS` at once; none waits for another otherwise.

    Only the process that holds the lease does anything. It may lose the lease at any moment, when the clock jumps
    ahead: the ledger then refuses, with LeaseLost, whatever would lead to a second post. Other failures are logged and
    tried again, never raised. `catch_up_window` is how late a digest is still posted after downtime.
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
        catch_up_window: timedelta,
        clock: Callable[[], datetime],
        rng: random.Random,
    ) -> None:
        self._definitions = definitions
        self._store = store
        self._ledger = ledger
        self._delivery = delivery
        self._outlet = outlet
        self._lease = lease
        self._catch_up_window = catch_up_window
        self._clock = clock
        self._rng = rng
        self._known: dict[str, tuple[DigestDefinition, DigestAttempts]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(MAX_CONCURRENT_DIGESTS)

    async def run_due(self) -> None:
        """Start what is to be done now, and return without waiting for it. Raises StoreError."""
        if not self._lease.held and not await self._lease.take():
            return
        definitions = await self._definitions.all()
        for definition in definitions:
            if definition.key in self._running:
                continue
            now = self._clock()
            attempts = self._update_attempts(definition, now)
            if self._has_work(definition, attempts, now):
                run = self._run_with_recovery(definition, attempts)
                task = asyncio.create_task(run, name=f"digest {definition.key}")
                self._running[definition.key] = task
                task.add_done_callback(partial(self._remove_task, definition.key))
        for removed in self._known.keys() - {definition.key for definition in definitions}:
            del self._known[removed]

    @property
    def tasks(self) -> Sequence[asyncio.Task[None]]:
        """What was started and hasn't ended."""
        return list(self._running.values())

    async def finish(self) -> None:
        """Wait until no task that `run_due` started is running any more."""
        while self._running:
            await asyncio.gather(*self.tasks, return_exceptions=True)

    async def stop(self) -> None:
        """End what was started, as a kill would: the ledger knows how far it got."""
        for task in self.tasks:
            task.cancel()
        await self.finish()

    def troubles(self) -> dict[str, str]:
        """Return the codes of what keeps digests from being posted, by the digests' keys."""
        return {key: attempts.trouble for key, (_, attempts) in self._known.items() if attempts.trouble}

    def _remove_task(self, key: str, _task: asyncio.Task[None]) -> None:
        del self._running[key]

    def _update_attempts(self, definition: DigestDefinition, now: datetime) -> DigestAttempts:
        """Bring what is remembered of a digest up to date: its definition, the day that is due, an opened channel."""
        known, attempts = self._known.get(definition.key, (None, DigestAttempts(trouble=definition.paused)))
        if known is not None and replace(known, paused=None) != replace(definition, paused=None):
            # It was edited: what was wrong with the old channel doesn't count.
            attempts = DigestAttempts(checked_until=attempts.checked_until)
        self._known[definition.key] = definition, attempts
        attempts.reopened = False
        if self._may_have_missed_slots(attempts, now):
            return attempts
        day = due(now, definition, window=self._catch_up_window)
        if attempts.tried is not None and attempts.tried != day:
            # The time of the post that failed is over: its row is closed at once, however long the backoff is.
            attempts.tried, attempts.backoff.not_before, attempts.to_settle = None, None, True
        if attempts.nothing_to_post(day):
            attempts.checked_until = now
        elif attempts.trouble is not None:
            closed = self._outlet.trouble(definition) is not None
            attempts.reopened = attempts.seen_closed and not closed
            attempts.seen_closed = closed
        return attempts

    def _may_have_missed_slots(self, attempts: DigestAttempts, now: datetime) -> bool:
        """Return whether slots may have passed unseen: at the start, and after the computer slept or the clock jumped.

        Within `catch_up_window` a slot can't pass unseen, as its digest is still due then.
        """
        return attempts.checked_until is None or now - attempts.checked_until > self._catch_up_window

    def _has_work(self, definition: DigestDefinition, attempts: DigestAttempts, now: datetime) -> bool:
        """Return whether there is something to do, from what the process remembers alone: the store is seldom read."""
        if self._may_have_missed_slots(attempts, now):
            return True
        day = due(now, definition, window=self._catch_up_window)
        if attempts.nothing_to_post(day):
            return day is not None and attempts.late_papers_due(now)
        return attempts.reopened or not attempts.backoff.rests(now)

    async def _run_with_recovery(self, definition: DigestDefinition, attempts: DigestAttempts) -> None:
        """Process a digest when a slot is free, and turn whatever fails into a log line and a later attempt."""
        async with self._slots:
            # Only now: it may have waited for its slot past midnight.
            day = due(self._clock(), definition, window=self._catch_up_window)
            try:
                async with asyncio.timeout(DIGEST_TIMEOUT.total_seconds()):
                    set_locale(await self._outlet.locale(definition))
                    await self._process(definition, attempts, day)
            except LeaseLost as error:
                log.info("%s", error)  # another process goes on with it, from the ledger
            except DigestRefused as refusal:
                await self._pause(definition, attempts, day, refusal)
            except Exception as error:  # noqa: BLE001  # whatever it is, the next run tries again
                await self._note_failure(definition, attempts, day, error)

    async def _process(self, definition: DigestDefinition, attempts: DigestAttempts, day: date | None) -> None:
        """Settle what is open, post what is due, and keep the post up to date."""
        now = self._clock()
        await self._catch_up(definition, day)
        attempts.to_settle = False
        if self._may_have_missed_slots(attempts, now):
            for missed in await self._missed_days(definition, attempts, now):
                await self._delivery.miss(definition, missed)
        attempts.checked_until = now
        if day is None:
            return
        if day != attempts.done:
            await self._delivery.deliver(definition, day)
        posted = await self._ledger.find(definition.key, day)
        if posted is not None and posted.state == "posted":
            await self._delivery.open_thread(definition, posted)
            if day == attempts.done:
                await self._delivery.add_late_papers(definition, posted)
        if definition.paused or attempts.trouble:
            await self._store.pause(definition.key, None)
            log.info("the digest %s is no longer paused", definition.key)
        attempts.note_success(day, now)

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

    async def _missed_days(
        self, definition: DigestDefinition, attempts: DigestAttempts, now: datetime
    ) -> Sequence[date]:
        """Return the days that went by while nothing ran."""
        since = attempts.checked_until
        if since is None:
            latest = await self._ledger.latest(definition.key)
            began = latest[0].until if latest else definition.created_at or now.timestamp()
            since = datetime.fromtimestamp(began, UTC)
        return passed(now, definition, since=since, window=self._catch_up_window)

    async def _pause(
        self, definition: DigestDefinition, attempts: DigestAttempts, day: date | None, refusal: DigestRefused
    ) -> None:
        """Pause a digest that Discord refuses until somebody fixes something there, or the longer backoff is over."""
        code = str(refusal.facts["code"])
        wait = attempts.backoff.note_failure(self._clock(), FIRST_PAUSE, LONGEST_PAUSE, self._rng)
        attempts.tried, attempts.trouble = day, code
        attempts.seen_closed = self._outlet.trouble(definition) is not None
        log.warning("the digest %s is paused. %s Next try in %s, or when that's fixed.", definition.key, refusal, wait)
        await self._record_reason(definition, day, code)
        if definition.paused != code:
            with contextlib.suppress(StoreError):
                await self._store.pause(definition.key, code)

    async def _note_failure(
        self, definition: DigestDefinition, attempts: DigestAttempts, day: date | None, error: Exception
    ) -> None:
        """Note a failure that may pass by itself."""
        wait = attempts.backoff.note_failure(self._clock(), FIRST_WAIT, LONGEST_WAIT, self._rng)
        attempts.tried = day
        log.warning(
            "couldn't process the digest %s: %s. Next try in %s.",
            definition.key,
            str(error).rstrip(".") or type(error).__name__,
            wait,
            exc_info=None if isinstance(error, PaperbotError) else error,
        )
        await self._record_reason(definition, day, DISCORD_DOWN if isinstance(error, DiscordError) else NOT_WRITTEN)

    async def _record_reason(self, definition: DigestDefinition, day: date | None, reason: str) -> None:
        # It may be the store that fails; the log has the reason then.
        if day is not None:
            with contextlib.suppress(StoreError):
                await self._ledger.note_failure(definition.key, day, reason, now=self._clock().timestamp())
