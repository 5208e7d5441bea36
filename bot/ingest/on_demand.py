"""Papers that are fetched while somebody waits for them: by id, or on a topic."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from bot.errors.services import FeedError
from bot.ingest.imports import import_records
from bot.ingest.runner import without_days_to_come
from bot.models import Paper
from bot.sources.feed import PaperFeed, TopicFeed
from bot.store.protocol import PaperStore

UNKNOWN_FOR = timedelta(minutes=10)
FAILED_FOR = timedelta(minutes=1)
"""What no place knows, or for which they failed, is not looked for again within these times."""

_KEPT = 500


class Misses:
    """The last misses, in memory."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._at: dict[str, tuple[datetime, timedelta]] = {}

    def lately(self, name: str) -> bool:
        """Whether `name` was looked for in vain a short time ago."""
        if name not in self._at:
            return False
        at, time = self._at[name]
        return abs(self._clock() - at) < time

    def note(self, name: str, *, failed: bool) -> None:
        """Note a miss; `failed` when a place didn't answer."""
        self._at.pop(name, None)
        self._at[name] = (self._clock(), FAILED_FOR if failed else UNKNOWN_FOR)
        while len(self._at) > _KEPT:
            del self._at[next(iter(self._at))]


WITHIN_S = 5.0
"""How long an asker waits, all places together."""

MOST_AT_ONCE = 5
ON_A_TOPIC = 10

log = logging.getLogger(__name__)


class OnDemand:
    """Brings papers into the store: from `places`, in order until one knows a paper, and topics from `searched`."""

    def __init__(
        self,
        *,
        places: Sequence[PaperFeed],
        searched: Sequence[TopicFeed],
        papers: PaperStore,
        clock: Callable[[], datetime],
        within_s: float = WITHIN_S,
    ) -> None:
        self._places = places
        self._searched = searched
        self._papers = papers
        self._clock = clock
        self._within_s = within_s
        self._misses = Misses(clock=clock)
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def find(self, keys: Sequence[str]) -> None:
        """Fetch and store up to five papers. Who names one that is under way waits for it. Raises StoreError."""
        if not self._places:
            return
        wanted = [key for key in keys if not self._misses.lately(key)][:MOST_AT_ONCE]
        tasks = [self._task(key) for key in wanted]
        if tasks:
            # Not cancelled at the end: what comes late is stored all the same, for who asks again.
            await asyncio.wait(tasks, timeout=self._within_s)
        for task in tasks:
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise error

    async def find_about(self, topic: str) -> bool:
        """Search the places for a topic and store what they have; return whether it was new. Raises StoreError."""
        name = f"about {topic.casefold()}"
        if not self._searched or self._misses.lately(name):
            return False
        answers = await asyncio.gather(*(self._search(place, topic) for place in self._searched))
        found = [paper for answer in answers for paper in answer or ()]
        self._misses.note(name, failed=None in answers)  # what is found is looked for in the store from now on
        return await self._store(found) > 0

    async def _store(self, found: Sequence[Paper]) -> int:
        """Store papers and return how many of them are new. Raises StoreError."""
        now = self._clock()
        kept = without_days_to_come(found, today=now.astimezone(UTC).date())
        return (await import_records(self._papers, kept, now=now.timestamp())).counts.new

    async def close(self) -> None:
        """Stop what is under way."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _search(self, place: TopicFeed, topic: str) -> list[Paper] | None:
        """Return what a place has on a topic, None where it fails."""
        try:
            return await place.search(topic, limit=ON_A_TOPIC, within_s=self._within_s)
        except FeedError as error:
            log.info("a topic could not be searched for: %s", error)
            return None

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
                await self._store([found])
                return
            if found is not None:
                log.info("the paper %s is refused: %s", key, found.reason)
        self._misses.note(key, failed=failed)
