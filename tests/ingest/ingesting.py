"""The parts that bring papers into a store, on a server of feeds and a clock that waits move."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.ingest.feeds import Feeds
from bot.ingest.on_demand import OnDemand
from bot.ingest.runner import FeedRunner
from bot.sources.daily_papers import DailyPapersFeed
from bot.store.database import open_database
from bot.store.feeds import FeedMemory, FeedRun, FeedRunStore
from bot.store.papers import SqlitePaperStore
from tests.clocks import FakeClock
from tests.fakes.feeds import FakeFeeds
from tests.fakes.feeds.daily import item
from tests.sources.fetching.clients import quick_client

THURSDAY = date(2026, 10, 8)
NOON = datetime(2026, 10, 8, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Ingesting:
    """One process's parts."""

    server: FakeFeeds
    clock: FakeClock
    papers: SqlitePaperStore
    runs: FeedRunStore
    feed: DailyPapersFeed
    feeds: Feeds

    @property
    def runner(self) -> FeedRunner:
        return self.feeds.runner

    async def last_run(self) -> FeedRun:
        return (await self.runs.recent("daily-papers"))[0]

    async def titles(self) -> set[str]:
        return {paper.title for paper in await self.papers.all()}


@asynccontextmanager
async def ingesting(
    server: FakeFeeds,
    store: Path,
    *,
    clock: FakeClock | None = None,
    run_seconds: float = 60,
    request_seconds: float = 5,
    within_s: float = 5,
) -> AsyncIterator[Ingesting]:
    """Open the parts on a store."""
    clock = clock or FakeClock(NOON)
    async with open_database(store) as database:
        async with quick_client(clock, memory=FeedMemory(database=database), request_seconds=request_seconds) as client:
            papers, runs = SqlitePaperStore(database=database), FeedRunStore(database=database)
            feed = DailyPapersFeed(client=client, base_url=server.url)
            on_demand = OnDemand(places=[feed], searched=[feed], papers=papers, clock=clock, within_s=within_s)
            feeds = Feeds(
                known={feed.name: feed},
                enabled=[feed],
                runner=FeedRunner(papers=papers, runs=runs, clock=clock, run_seconds=run_seconds),
                on_demand=on_demand,
                runs=runs,
                clock=clock,
                poll=timedelta(minutes=30),
            )
            yield Ingesting(server=server, clock=clock, papers=papers, runs=runs, feed=feed, feeds=feeds)
            await on_demand.close()


def fill(server: FakeFeeds, *, days: int = 7, papers: int = 3, until: date = THURSDAY) -> None:
    """Give the server a list for each work day of the last `days`, with as many papers."""
    number = 0
    for back in reversed(range(days)):
        day = until - timedelta(days=back)
        if day.weekday() < 5:
            server.days[day] = [item(number + n, day) for n in range(1, papers + 1)]
            number += papers
