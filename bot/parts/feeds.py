"""The feeds and their client."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.ingest.feeds import Feeds
from bot.ingest.on_demand import OnDemand
from bot.ingest.registry import enabled_feeds, known_feeds
from bot.ingest.runner import FeedRunner
from bot.parts.ground import Ground
from bot.sources.feed import PaperFeed, TopicFeed
from bot.sources.fetching.client import Sleep, open_feed_client
from bot.store.feed_memory import FeedMemory
from bot.store.feed_runs import FeedRunStore


@asynccontextmanager
async def open_feeds(ground: Ground, *, sleep: Sleep) -> AsyncIterator[Feeds]:
    """Open the client of the feeds. Nothing is asked of them before something is wanted. Raises SettingsError."""
    chosen = ground.settings.feeds
    async with open_feed_client(
        request_seconds=chosen.request_seconds,
        contact=chosen.contact,
        memory=FeedMemory(database=ground.database),
        clock=ground.clock,
        sleep=sleep,
    ) as client:
        known = known_feeds(chosen, client)
        enabled = enabled_feeds(chosen, known)
        runs = FeedRunStore(database=ground.database)
        places = [feed for feed in enabled if isinstance(feed, PaperFeed)]
        searched = [feed for feed in enabled if chosen.search and isinstance(feed, TopicFeed)]
        on_demand = OnDemand(places=places, searched=searched, papers=ground.papers, clock=ground.clock)
        try:
            yield Feeds(
                known=known,
                enabled=enabled,
                runner=FeedRunner(
                    papers=ground.papers, runs=runs, clock=ground.clock, run_seconds=60 * chosen.run_minutes
                ),
                on_demand=on_demand,
                runs=runs,
                clock=ground.clock,
                poll=timedelta(minutes=chosen.poll_minutes),
            )
        finally:
            await on_demand.close()
