"""From what comes into the store to the notifications that follows are due."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digests.schedule import next_slot
from bot.follows.follow import Follow, FollowKind, Pace, follow_of
from bot.follows.matching import matches
from bot.models import Paper, slug
from bot.store.follows import FollowStore, NotificationRow, NotificationStore
from bot.store.merging import PaperChange
from bot.store.papers import Arrival, Arrivals, SqlitePaperStore

NEW = "new"
"""The kind of a notification of a new paper. The others are those of PaperChange."""

NEWS_DAYS = timedelta(days=30)
"""A paper listed or published longer ago is no news, though it only comes now: a million of them may be imported."""

_BATCH = 500
_PAPERS, _CHANGES = "papers", "changes"


class Collector:
    """Reads arrivals and changes once each, and keeps a notification for each follow that they concern."""

    def __init__(
        self,
        *,
        arrivals: Arrivals,
        papers: SqlitePaperStore,
        follows: FollowStore,
        notices: NotificationStore,
        clock: Callable[[], datetime],
        daily_at: time,
        zone: ZoneInfo,
    ) -> None:
        self._arrivals = arrivals
        self._papers = papers
        self._follows = follows
        self._notices = notices
        self._clock = clock
        self._daily_at = daily_at
        self._zone = zone

    async def collect(self) -> int:
        """Keep a notification of each thing that came since the last call; return how many there are.

        The first call of all only notes where to begin. A kill in between repeats and loses nothing: the notifications
        of a batch are kept together with how far it goes.
        """
        return await self._collect_new() + await self._collect_changes()

    async def _collect_new(self) -> int:
        at = await self._notices.cursor(_PAPERS)
        last = await self._arrivals.last()
        if at == last:
            return 0
        follows = [one for one in await self._active() if one.kind is not FollowKind.PAPER]
        if at is None or not follows:
            await self._notices.collect((), cursor=_PAPERS, at=last)
            return 0
        new = 0
        while arrived := await self._arrivals.after(at, limit=_BATCH):
            news = [arrival for arrival in arrived if self._is_news(arrival.paper)]
            found = await asyncio.to_thread(matches, follows, [arrival.paper for arrival in news])
            at = arrived[-1].number
            new += await self._notices.collect(self._of_new(news, found), cursor=_PAPERS, at=at)
        return new

    async def _collect_changes(self) -> int:
        at = await self._notices.cursor(_CHANGES)
        if at is None:
            await self._notices.collect((), cursor=_CHANGES, at=await self._papers.last_change())
            return 0
        followed: dict[str, list[Follow]] | None = None
        new = 0
        while changes := await self._papers.changes(after=at, limit=_BATCH):
            at = changes[-1].id
            followed = await self._followed_papers() if followed is None else followed
            notices = [notice for change in changes for notice in await self._of_change(change, followed)]
            new += await self._notices.collect(notices, cursor=_CHANGES, at=at)
        return new

    async def _followed_papers(self) -> dict[str, list[Follow]]:
        followed: dict[str, list[Follow]] = defaultdict(list)
        for one in await self._active():
            if one.kind is FollowKind.PAPER:
                followed[one.value].append(one)
        return followed

    async def _active(self) -> list[Follow]:
        rows = await self._follows.active()
        return await asyncio.to_thread(lambda: [follow_of(row) for row in rows])  # a tenth of a second for 10,000

    def _is_news(self, paper: Paper) -> bool:
        day = paper.listed or paper.published
        return day is None or day >= (self._clock() - NEWS_DAYS).date()

    def _of_new(self, news: Sequence[Arrival], found: Sequence[Sequence[Follow]]) -> Iterator[NotificationRow]:
        for arrival, follows in zip(news, found, strict=True):
            for one in follows:
                if arrival.added_at >= one.created_at:
                    yield self._notice(one, arrival.paper.key, NEW, NEW, None)

    async def _of_change(self, change: PaperChange, followed: dict[str, list[Follow]]) -> list[NotificationRow]:
        if not followed:
            return []
        follows = list(followed.get(change.key, ()))
        # A paper that got its arXiv id after it was followed is followed by its title's slug.
        for paper in await self._papers.wanted(keys=[change.key]):
            if slug(paper.title) != change.key:
                follows += followed.get(slug(paper.title), ())
        return [
            self._notice(one, change.key, f"change:{change.id}", str(change.kind), change.detail)
            for one in follows
            if change.at >= one.created_at
        ]

    def _notice(self, one: Follow, key: str, event: str, kind: str, detail: str | None) -> NotificationRow:
        return NotificationRow(follow=one.id, key=key, event=event, kind=kind, detail=detail, due_at=self._due(one))

    def _due(self, one: Follow) -> float:
        now = self._clock().astimezone(UTC)
        if one.pace is Pace.SOON:
            return now.timestamp()
        at = self._daily_at if one.hour is None else time(one.hour)
        return next_slot(now, at, self._zone).timestamp()
