"""Runs of arXiv's feeds into a store: what comes, and what followers of a paper are told of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.config import FeedsSettings
from bot.ingest.feeds import known_feeds
from bot.ingest.runner import FeedRunner
from bot.store.database import open_database
from bot.store.feeds import FeedMemory, FeedRunStore, Outcome
from bot.store.papers import SqlitePaperStore
from bot.store.protocol import UpsertCounts
from tests.clocks import FakeClock
from tests.fakes.feeds.arxiv_atom import Entry, many
from tests.fakes.feeds.arxiv_server import FakeArxiv
from tests.sources.fetching.clients import quick_client

TUESDAY, FRIDAY = date(2026, 10, 6), date(2026, 10, 9)
NOON = datetime(2026, 10, 8, 12, 0, tzinfo=UTC)


async def test_a_withdrawal_that_is_announced_reaches_the_store_and_those_who_follow(tmp_path: Path) -> None:
    clock = FakeClock(NOON)
    async with FakeArxiv() as server, open_database(tmp_path / "store.db") as database:
        async with quick_client(clock, memory=FeedMemory(database=database)) as client:
            papers = SqlitePaperStore(database=database)
            runs = FeedRunStore(database=database)
            runner = FeedRunner(papers=papers, runs=runs, clock=clock, run_seconds=600)
            settings = FeedsSettings(arxiv_api_url=server.url, arxiv_rss_url=server.url, categories=["cs.CL"])
            known = known_feeds(settings, client)
            assert {"arxiv", "arxiv-rss"} <= known.keys()

            server.entries = many(3, TUESDAY)
            first = await runner.poll(known["arxiv"])
            assert first is not None
            assert (first.outcome, first.counts) == (Outcome.DONE, UpsertCounts(3, 0, 0))

            clock.move(days=1)
            taken_back = replace(server.entries[0], version=2, updated=FRIDAY, announced="replace")
            server.listed, server.day = [taken_back, Entry(id="2610.09999", submitted=date(2026, 10, 8))], FRIDAY
            server.entries = [replace(taken_back, comment="Withdrawn by the authors"), server.listed[1]]
            second = await runner.poll(known["arxiv-rss"])
            assert second is not None
            assert (second.outcome, second.counts) == (Outcome.DONE, UpsertCounts(1, 1, 0))

            changes = await papers.changes(after=0)
            assert [(change.key, change.kind, change.detail) for change in changes] == [
                (taken_back.id, "version", "2"),
                (taken_back.id, "withdrawn", "2026-10-09"),
            ]
            clock.move(hours=1)
            third = await runner.poll(known["arxiv-rss"], not_within=timedelta(minutes=5))
            assert third is not None
            assert third.counts == UpsertCounts(0, 0, 0)
