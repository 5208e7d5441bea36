"""The feeds of one app: which there are, which are on, and how they stand."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.ingest.freshness import FeedHistory, FeedState, feed_state
from bot.ingest.on_demand import OnDemand
from bot.ingest.runner import FeedRunner
from bot.sources.feed import Feed
from bot.store.feed_runs import FeedRunStore


class Feeds:
    """What front ends and digests know of feeds."""

    def __init__(
        self,
        *,
        known: Mapping[str, Feed],
        enabled: Sequence[Feed],
        runner: FeedRunner,
        on_demand: OnDemand,
        runs: FeedRunStore,
        clock: Callable[[], datetime],
        poll: timedelta,
    ) -> None:
        self.known = known
        self.enabled = enabled
        self.runner = runner
        self.on_demand = on_demand
        self.poll = poll
        self._runs = runs
        self._clock = clock

    async def freshness(self) -> list[FeedState]:
        """Return how each feed that is on stands, in the settings' order. Raises StoreError."""
        return [await self._state(feed) for feed in self.enabled]

    async def _state(self, feed: Feed) -> FeedState:
        history = FeedHistory(
            runs=await self._runs.recent(feed.name),
            last_done=await self._runs.last_done(feed.name),
            newest=await self._runs.newest(feed.name),
        )
        return feed_state(feed.name, feed.title, feed.calendar, history, now=self._clock(), poll=self.poll)
