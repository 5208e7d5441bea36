"""Single papers, fetched when somebody names them."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.errors import FeedError
from bot.models import Paper
from bot.sources.feed import PaperFeed
from bot.store.protocol import PaperStore

WITHIN_S = 5.0
"""How long an asker waits for a paper, all places together."""

MOST_AT_ONCE = 5
REMEMBERED = timedelta(minutes=10)
"""An id that was looked for in vain is not looked for again within this time: typos are repeated."""

_MISSES_KEPT = 500

log = logging.getLogger(__name__)


class OnDemand:
    """A PaperFinder that asks the places in order, until one knows the paper."""

    def __init__(
        self,
        *,
        places: Sequence[PaperFeed],
        papers: PaperStore,
        clock: Callable[[], datetime],
        within_s: float = WITHIN_S,
    ) -> None:
        self._places = places
        self._papers = papers
        self._clock = clock
        self._within_s = within_s
        self._missed: dict[str, datetime] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def find(self, keys: Sequence[str]) -> None:
        """Fetch and store up to five papers. Who names one that is under way waits for it. Raises StoreError."""
        if not self._places:
            return
        wanted = [key for key in keys if not self._missed_lately(key)][:MOST_AT_ONCE]
        tasks = [self._task(key) for key in wanted]
        if tasks:
            # Not cancelled at the end: what comes late is stored all the same, for who asks again.
            await asyncio.wait(tasks, timeout=self._within_s)
        for task in tasks:
            if task.done() and (error := task.exception()):
                raise error

    async def close(self) -> None:
        """Stop what is under way."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _missed_lately(self, key: str) -> bool:
        at = self._missed.get(key)
        return at is not None and abs(self._clock() - at) < REMEMBERED

    def _task(self, key: str) -> asyncio.Task[None]:
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(self._fetch(key))
            task.add_done_callback(lambda done: self._over(key, done))
        return task

    def _over(self, key: str, task: asyncio.Task[None]) -> None:
        self._under_way.pop(key, None)
        if not task.cancelled() and (error := task.exception()):
            log.warning("the paper %s could not be stored: %s", key, error)

    async def _fetch(self, key: str) -> None:
        failed = False
        for place in self._places:
            try:
                found = await place.paper(key, within_s=self._within_s)
            except FeedError as error:
                log.info("the paper %s could not be fetched: %s", key, error)
                failed = True
                continue
            if isinstance(found, Paper):
                await self._papers.upsert([found], now=self._clock().timestamp())
                return
            if found is not None:
                log.info("the paper %s is refused: %s", key, found.reason)
        if not failed:  # no place knows it
            self._missed[key] = self._clock()
            while len(self._missed) > _MISSES_KEPT:
                del self._missed[next(iter(self._missed))]
