"""Every feed that there is. A new one is a line here."""

from bot.config import FeedsSettings
from bot.errors import SettingsError
from bot.sources.arxiv.api import ArxivApi
from bot.sources.arxiv.new_papers import ArxivNewPapers
from bot.sources.daily_papers_feed import DailyPapersFeed
from bot.sources.feed import Feed
from bot.sources.fetching.client import FeedClient


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
    """Return the feeds that are on. Raises SettingsError for a name that is none."""
    unknown = [name for name in settings.enabled if name not in known]
    if unknown:
        raise SettingsError(problems=f"FEEDS_ENABLED: {', '.join(unknown)} is no feed; there are {', '.join(known)}")
    return tuple(known[name] for name in settings.enabled)
