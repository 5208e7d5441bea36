"""Background work: every loop that runs as long as the bot does, started and stopped in one place."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from bot.answers.expansion import DocumentExpander, ExpansionOutcome
from bot.app import App
from bot.digests.delivery import DigestDelivery
from bot.digests.outlet import DigestOutlet
from bot.digests.schedule import due
from bot.digests.scheduler import DigestScheduler
from bot.errors import PaperbotError
from bot.errors.services import ModelError
from bot.follows.notifications import FollowOutlet, NotificationDelivery
from bot.ingest.feeds import Feeds
from bot.sources.feed import Feed
from bot.store.feeds import Outcome
from bot.store.leases import Lease, keep_lease
from bot.util import Clock

INTERVAL_S = 20.0
"""Seconds between two runs of a job. Nothing sleeps longer until something is due: clocks jump and computers sleep."""

MAIL_RETRY = timedelta(minutes=15)
"""The wait after a mail that was not taken: servers that don't know a sender yet make it wait for about so long."""

EXPANSION_RETRY, EXPANSION_LONGEST = timedelta(minutes=1), timedelta(hours=1)
"""The wait after a model first failed to write questions for papers, doubled with each failure, and the longest."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is done again and again. `failure_message` begins the log line for what it raises."""

    failure_message: str
    work: Callable[[], Awaitable[None]]

    async def run_once(self) -> None:
        """Do the work once. Whatever it raises is one log line."""
        try:
            await self.work()
        except PaperbotError as error:
            log.warning("%s: %s", self.failure_message, error)
        except Exception:
            log.exception("%s", self.failure_message)

    async def run_forever(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Do the work every `INTERVAL_S` seconds until cancelled."""
        while True:
            await self.run_once()
            await sleep(INTERVAL_S)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run forever in a task of its own while the body runs."""
        task = asyncio.create_task(self.run_forever())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def background_jobs(
    app: App, *, digests: DigestOutlet, follows: FollowOutlet, ready: Callable[[], Awaitable[None]]
) -> AsyncIterator[None]:
    """Run all jobs while the body runs, then stop them in reverse: the lease is given up when digests have stopped.

    `ready` returns once the outlets can be used.
    """
    scheduler, deliveries = delivery_jobs(app, digests=digests, follows=follows, ready=ready)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(keep_lease(app.digest_lease))
        stack.push_async_callback(scheduler.stop)
        expansion = expansion_jobs(app)
        if expansion:
            await stack.enter_async_context(keep_lease(app.expansion_lease))
        for job in (*feed_jobs(app.feeds), *deliveries, *expansion):
            await stack.enter_async_context(job.running())
        yield


def feed_jobs(feeds: Feeds) -> list[Job]:
    """Return a job for each feed that is on, so that a slow one holds up no other."""
    return [Job(f"couldn't poll {feed.title}", partial(_poll, feeds, feed)) for feed in feeds.enabled]


def expansion_jobs(app: App) -> list[Job]:
    """Return the job that writes questions for papers, if that is on and there is a model."""
    if app.expander is None or not app.settings.search.questions:
        return []
    job = ExpansionJob(app.expander, lease=app.expansion_lease, clock=app.clock)
    return [Job("couldn't write questions for papers; trying again later", job.run_due)]


def delivery_jobs(
    app: App, *, digests: DigestOutlet, follows: FollowOutlet, ready: Callable[[], Awaitable[None]]
) -> tuple[DigestScheduler, list[Job]]:
    """Return the jobs that send: digests, notifications of what is followed, and mails where these are set up.

    The scheduler that comes with them has tasks of its own, which are to be stopped when its job has ended.
    """
    scheduler = digest_scheduler(app, digests)
    delivery = NotificationDelivery(
        notices=app.notifications,
        follows=app.follow_store,
        papers=app.papers,
        outlet=follows,
        clock=app.clock,
        may_send=lambda: app.digest_lease.held,
    )

    async def post_digests() -> None:
        await ready()
        await scheduler.run_due()

    async def notify() -> None:
        await ready()
        await app.follow_collector.collect()
        await delivery.deliver()

    jobs = [
        Job("couldn't check the digests; trying again shortly", post_digests),
        Job("couldn't deliver updates; trying again shortly", notify),
    ]
    if app.settings.mail.configured:
        jobs.append(Job(f"couldn't send emails; trying again in {MAIL_RETRY}", DailyMailJob(app).run_due))
    return scheduler, jobs


def digest_scheduler(app: App, outlet: DigestOutlet) -> DigestScheduler:
    """Return what posts the app's digests through an outlet."""
    return DigestScheduler(
        definitions=app.digest_definitions,
        store=app.digest_store,
        ledger=app.digest_ledger,
        delivery=DigestDelivery(
            ledger=app.digest_ledger, writer=app.digest_writer, papers=app.papers, outlet=outlet, clock=app.clock
        ),
        outlet=outlet,
        lease=app.digest_lease,
        catch_up_window=timedelta(hours=app.settings.digest.catch_up_hours),
        clock=app.clock,
        rng=random.Random(),  # noqa: S311  # spreads attempts in time
    )


class DailyMailJob:
    """Mails the daily summary, at the time of the one that is posted, until every subscriber has it."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._done: date | None = None
        self._not_before: datetime | None = None

    async def run_due(self) -> None:
        """Delete what was never confirmed, and mail what is due. Raises StoreError and what writing a digest raises."""
        await self._app.mail_opt_in.tidy()
        now = self._app.clock()
        window = timedelta(hours=self._app.settings.digest.catch_up_hours)
        day = due(now, self._app.digest_definitions.default, window=window)
        if day is None or day == self._done or (self._not_before is not None and now < self._not_before):
            return
        self._not_before = now + MAIL_RETRY
        report = await self._app.mail_delivery.deliver(day)
        if not report.failed and not report.under_way:
            self._done, self._not_before = day, None
        if report.failure is not None:
            log.warning("emails for %s: %s", day, report.failure)
        if report.sent or report.failed or report.unsure:
            log.info(
                "emails for %s: %d sent, %d to be retried, %d may have arrived, %d permanently rejected",
                day,
                report.sent,
                report.failed,
                report.unsure,
                report.refused,
            )


class ExpansionJob:
    """Writes questions for the papers that wait, one batch a run, so that users' requests come in between."""

    def __init__(self, expander: DocumentExpander, *, lease: Lease, clock: Clock) -> None:
        self._expander = expander
        self._lease = lease
        self._clock = clock
        self._failures = 0
        self._not_before: datetime | None = None
        self._spent_on: date | None = None

    async def run_due(self) -> None:
        """Write one batch unless a failure is too recent or another process does it. Raises StoreError, ModelError."""
        now = self._clock()
        if not self._lease.held or (self._not_before is not None and now < self._not_before):
            return
        try:
            done = await self._expander.expand()
        except ModelError:
            self._pause(now)
            raise
        if done.outcome is ExpansionOutcome.UNUSABLE:
            self._pause(now)
        elif done.outcome is ExpansionOutcome.WRITTEN:
            self._failures, self._not_before = 0, None
            log.info("wrote %d questions for %d papers", done.questions, done.papers)
        elif done.outcome is ExpansionOutcome.SPENT and self._spent_on != now.astimezone(UTC).date():
            self._spent_on = now.astimezone(UTC).date()
            log.info("questions for papers: %s; going on after midnight UTC", done.outcome)

    def _pause(self, now: datetime) -> None:
        wait = min(EXPANSION_RETRY * 2.0 ** min(self._failures, 10), EXPANSION_LONGEST)
        self._failures += 1
        self._not_before = now + wait
        log.info("questions for papers: the model gave none that can be used; waiting %s", wait)


async def _poll(feeds: Feeds, feed: Feed) -> None:
    """Read a feed if its last poll, by whichever process on this store, is long enough ago, and log what came."""
    report = await feeds.runner.poll(feed, not_within=feeds.poll)
    if report is None:
        return
    counts = report.counts
    if report.error is not None:
        log.warning("%s", report.error)
    log.log(
        logging.INFO if counts.new or report.outcome is not Outcome.DONE else logging.DEBUG,
        "%s: %d new, %d changed, %d unchanged, %d rejected (%s)",
        feed.title,
        counts.new,
        counts.changed,
        counts.unchanged,
        len(report.refusals),
        report.outcome,
    )
