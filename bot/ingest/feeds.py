"""The feeds of one app: which there are, which are enabled, and how fresh they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.config import FeedsSettings
from bot.errors.operation import SettingsError
from bot.ingest.freshness import FeedHistory, FeedState, feed_state
from bot.ingest.on_demand import OnDemand
from bot.ingest.runner import FeedRunner
from bot.sources.arxiv.feeds import ArxivApi, ArxivNewPapers
from bot.sources.daily_papers import DailyPapersFeed
from bot.sources.feed import Feed
from bot.sources.fetching.client import FeedClient
from bot.store.feeds import FeedRunStore
from bot.util import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """The feeds that there are and those that are enabled, what runs them, and how often (`poll`) that is done."""

    known: Mapping[str, Feed]
    enabled: Sequence[Feed]
    runner: FeedRunner
    on_demand: OnDemand
    runs: FeedRunStore
    clock: Clock
    poll: timedelta

    async def freshness(self) -> list[FeedState]:
        """Return how fresh each enabled feed is, in the settings' order. Raises StoreError."""
        states = []
        for feed in self.enabled:
            history = FeedHistory(
                runs=await self.runs.recent(feed.name),
                last_done=await self.runs.last_done(feed.name),
                newest=await self.runs.newest(feed.name),
            )
            now = self.clock()
            states.append(feed_state(feed.name, feed.title, feed.calendar, history, now=now, poll=self.poll))
        return states


def known_feeds(settings: FeedsSettings, client: FeedClient) -> dict[str, Feed]:
    """Return the feeds by name, in the order in which they are read and asked for single papers."""
    arxiv = ArxivApi(client=client, base_url=settings.arxiv_api_url, categories=settings.categories)
    feeds: tuple[Feed, ...] = (
        DailyPapersFeed(client=client, base_url=settings.daily_papers_url),
        arxiv,
        ArxivNewPapers(client=client, base_url=settings.arxiv_rss_url, categories=settings.categories, api=arxiv),
    )
    return {feed.name: feed for feed in feeds}


def enabled_feeds(settings: FeedsSettings, known: dict[str, Feed]) -> tuple[Feed, ...]:
    """Return the feeds of FEEDS_ENABLED. Raises SettingsError for an unknown name."""
    unknown = [name for name in settings.enabled if name not in known]
    if unknown:
        raise SettingsError(problems=f"FEEDS_ENABLED: unknown feed {', '.join(unknown)}; known: {', '.join(known)}")
    return tuple(known[name] for name in settings.enabled)
