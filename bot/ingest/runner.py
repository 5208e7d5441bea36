"""A run: what a feed has goes into the store, batch by batch, with a row that accounts for it."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from bot.errors import PaperbotError
from bot.errors.services import FeedError
from bot.ingest.imports import import_records
from bot.models import Paper, slug
from bot.sources.feed import Batch, Feed, Wanted
from bot.sources.records import Refusal
from bot.store.feeds import FeedRunStore, Outcome
from bot.store.protocol import PaperStore, UpsertCounts


async def preview(papers: PaperStore, records: Sequence[Paper | Refusal]) -> tuple[UpsertCounts, tuple[Refusal, ...]]:
    """Return how many papers would be new, changed or unchanged, and what is refused. Nothing is written."""
    found = [record for record in records if isinstance(record, Paper)]
    held = await papers.wanted(keys=[paper.key for paper in found], slugs=[slug(paper.title) for paper in found])
    by_key = {paper.key: paper for paper in held}
    by_slug = {slug(paper.title): paper for paper in held}
    counts = UpsertCounts()
    for paper in found:
        known = by_key.get(paper.key)
        if known is None:
            named = by_slug.get(slug(paper.title))
            known = named if named and None in {named.arxiv_id, paper.arxiv_id} else None
        if known is None:
            counts += UpsertCounts(new=1)
        else:
            same = known.merged_with(paper) == known
            counts += UpsertCounts(changed=not same, unchanged=same)
    return counts, tuple(record for record in records if isinstance(record, Refusal))


def without_days_to_come(records: Iterable[Paper | Refusal], *, today: date) -> tuple[Paper | Refusal, ...]:
    """Return records without days later than tomorrow, when it is `today` in UTC.

    A paper of the year 2099 would be the newest one for 73 years: first in /latest, and in all that is ordered by day.
    The rest of such a paper is kept.
    """
    last = today + timedelta(days=1)  # somewhere it is tomorrow already
    return tuple(_without(record, last) if isinstance(record, Paper) else record for record in records)


def _without(paper: Paper, last: date) -> Paper:
    late: dict[str, Any] = {
        name: None for name in ("published", "listed") if (day := getattr(paper, name)) is not None and day > last
    }
    return replace(paper, **late) if late else paper


POLL = "poll"
POLL_RESUMED_WITHIN = timedelta(hours=6)
"""A poll that was interrupted longer ago starts again: its votes are old. A back-fill is resumed at any time."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a run has stored so far. `error` is why the feed failed, None where it didn't."""

    feed: str
    outcome: Outcome
    counts: UpsertCounts
    refusals: tuple[str, ...] = ()
    batch: Batch | None = None
    resumed: bool = False
    error: FeedError | None = None


class FeedRunner:
    """Runs feeds. `run_seconds` bounds one poll; a back-fill may take as long as it needs."""

    def __init__(
        self, *, papers: PaperStore, runs: FeedRunStore, clock: Callable[[], datetime], run_seconds: float
    ) -> None:
        self._papers = papers
        self._runs = runs
        self._clock = clock
        self._run_seconds = run_seconds

    async def poll(self, feed: Feed, *, not_within: timedelta | None = None) -> RunReport | None:
        """Read what is new; None when another poll began `not_within` this time. Raises StoreError."""
        now = self._now()
        not_since = now - not_within.total_seconds() if not_within else None
        number = await self._runs.begin(feed.name, POLL, now=now, not_since=not_since)
        if number is None:
            return None
        cursor = await self._runs.cursor(feed.name, POLL, after=now - POLL_RESUMED_WITHIN.total_seconds())
        run = _Run(self, feed, number, Wanted(since=None, today=self._today(), cursor=cursor))
        return await run.to_its_end(seconds=self._run_seconds)

    async def fill(
        self, feed: Feed, *, since: date | None, progress: Callable[[RunReport], None] = lambda _: None
    ) -> RunReport:
        """Read everything since a day, or what a poll reads; `progress` is called after each batch. Raises StoreError.

        A back-fill that was interrupted is resumed after the last batch that it stored.
        """
        now = self._now()
        job = f"since {since}" if since else POLL
        after = float("-inf") if since else now - POLL_RESUMED_WITHIN.total_seconds()
        cursor = await self._runs.cursor(feed.name, job, after=after)
        number = await self._runs.begin(feed.name, job, now=now)
        assert number is not None, "nothing forbids it"
        run = _Run(
            self, feed, number, Wanted(since=since, today=self._today(), cursor=cursor, reread=since is not None)
        )
        return await run.to_its_end(progress=progress)

    async def rehearse(
        self, feed: Feed, *, since: date | None, progress: Callable[[RunReport], None] = lambda _: None
    ) -> RunReport:
        """Read as `fill` does and store nothing, not even that it was done."""
        counts, refusals = UpsertCounts(), list[str]()
        make = partial(RunReport, feed=feed.name)
        try:
            async with aclosing(_iterator(feed, Wanted(since=since, today=self._today(), reread=True))) as batches:
                async for batch in batches:
                    records = without_days_to_come(batch.records, today=self._today())
                    found, refused = await preview(self._papers, records)
                    counts += found
                    refusals += [_describe_refusal(batch, refusal) for refusal in refused]
                    progress(make(outcome=Outcome.RUNNING, counts=counts, refusals=tuple(refusals), batch=batch))
        except FeedError as error:
            return make(outcome=Outcome.FAILED, counts=counts, refusals=tuple(refusals), error=error)
        return make(outcome=Outcome.DONE, counts=counts, refusals=tuple(refusals))

    def _now(self) -> float:
        return self._clock().timestamp()

    def _today(self) -> date:
        return self._clock().astimezone(UTC).date()


class _Run:
    """One run, from its row in the store to its end."""

    def __init__(self, runner: FeedRunner, feed: Feed, number: int, wanted: Wanted) -> None:
        self._papers = runner._papers
        self._runs = runner._runs
        self._now = runner._now
        self._feed = feed
        self._number = number
        self._wanted = wanted
        self._counts = UpsertCounts()
        self._refusals: list[str] = []

    async def to_its_end(
        self, *, progress: Callable[[RunReport], None] = lambda _: None, seconds: float | None = None
    ) -> RunReport:
        """Store batch by batch and note how it ended, whatever ends it. `seconds` bounds it; None doesn't."""
        try:
            async with asyncio.timeout(seconds):
                await self._store_all(progress)
        except FeedError as error:
            await self._end(Outcome.FAILED, f"{error.reason} ({error.facts.get('detail')})")
            return self._report(Outcome.FAILED, error=error)
        except TimeoutError:
            await self._end(Outcome.STOPPED, "it took too long; the next run resumes from there")
            return self._report(Outcome.STOPPED)
        except asyncio.CancelledError:
            await asyncio.shield(self._end(Outcome.STOPPED, "it was interrupted"))
            raise
        except Exception as error:
            await self._end(Outcome.FAILED, str(error) if isinstance(error, PaperbotError) else PaperbotError.sentence)
            raise
        await self._end(Outcome.DONE)
        return self._report(Outcome.DONE)

    async def _store_all(self, progress: Callable[[RunReport], None]) -> None:
        async with aclosing(_iterator(self._feed, self._wanted)) as batches:
            async for batch in batches:
                records = without_days_to_come(batch.records, today=self._wanted.today)
                report = await import_records(self._papers, records, now=self._now())
                refused = [_describe_refusal(batch, refusal) for refusal in report.refused]
                # After the papers: a kill in between stores the batch once more, which changes nothing.
                await self._runs.advance(
                    self._number,
                    counts=report.counts,
                    refusals=refused,
                    newest=batch.newest,
                    cursor=batch.cursor,
                    now=self._now(),
                )
                if batch.stored is not None:
                    await batch.stored()
                self._counts += report.counts
                self._refusals += refused
                progress(self._report(Outcome.RUNNING, batch=batch))

    def _report(self, outcome: Outcome, *, batch: Batch | None = None, error: FeedError | None = None) -> RunReport:
        return RunReport(
            feed=self._feed.name,
            outcome=outcome,
            counts=self._counts,
            refusals=tuple(self._refusals),
            batch=batch,
            resumed=self._wanted.cursor is not None,
            error=error,
        )

    async def _end(self, outcome: Outcome, reason: str | None = None) -> None:
        try:
            await self._runs.end(self._number, outcome, now=self._now(), reason=reason)
        except PaperbotError as error:  # the store is gone; what went wrong before matters more
            log.warning("couldn't record how the run of %s ended: %s", self._feed.name, error)


def _describe_refusal(batch: Batch, refusal: Refusal) -> str:
    """Return where a refused record was, and why it is refused."""
    return f"{batch.part}, record {refusal.line}: {refusal.reason}"


async def _iterator(feed: Feed, wanted: Wanted) -> AsyncGenerator[Batch]:
    """Return a feed's batches as a generator, which can be closed."""
    async for batch in feed.batches(wanted):
        yield batch
