"""Polling in the background, as long as the bot runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.errors import PaperbotError
from bot.ingest.feeds import Feeds
from bot.ingest.runner import RunReport
from bot.sources.feed import Feed
from bot.store.feeds import Outcome

LOOK_S = 20.0
"""How often it looks whether a poll is due. It sleeps no longer, since clocks jump and computers sleep."""

log = logging.getLogger(__name__)


class Poller:
    """Reads each feed when its last poll, by whichever process on this store, is long enough ago."""

    def __init__(self, *, feeds: Feeds, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._feeds = feeds
        self._sleep = sleep

    async def run(self) -> None:
        """Poll for ever. Nothing that goes wrong ends it."""
        while True:
            await self.look()
            await self._sleep(LOOK_S)

    async def look(self) -> None:
        """Poll the feeds whose time it is. What goes wrong is logged."""
        # Side by side, so that a slow feed holds up no other.
        await asyncio.gather(*(self._poll(feed) for feed in self._feeds.enabled))

    async def _poll(self, feed: Feed) -> None:
        try:
            report = await self._feeds.runner.poll(feed, not_within=self._feeds.poll)
        except PaperbotError as error:
            log.warning("%s could not be polled: %s", feed.title, error)
        except Exception:
            log.exception("%s could not be polled", feed.title)
        else:
            if report is not None:
                _log(feed, report)


@asynccontextmanager
async def polling(feeds: Feeds) -> AsyncIterator[None]:
    """Poll the feeds that are on while the body runs."""
    if not feeds.enabled:
        yield
        return
    task = asyncio.create_task(Poller(feeds=feeds).run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _log(feed: Feed, report: RunReport) -> None:
    counts = report.counts
    if report.error is not None:
        log.warning("%s: %s", feed.title, report.error)
    log.log(
        logging.INFO if counts.new or report.outcome is not Outcome.DONE else logging.DEBUG,
        "%s: %d new, %d changed, %d unchanged, %d refused (%s)",
        feed.title,
        counts.new,
        counts.changed,
        counts.unchanged,
        len(report.refusals),
        report.outcome,
    )
