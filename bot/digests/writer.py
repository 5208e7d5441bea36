"""Writing a digest: the papers that came in its span, chosen, grouped, each with one sentence."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from bot.answers.request import NOBODY, Requester
from bot.digests.digest import Addition, Digest, DigestItem, Headline
from bot.digests.empty_reason import FeedStates, feed_troubles, why_empty
from bot.digests.round_up import PaperChanges, round_up
from bot.digests.selection import Chosen, choose, grouped, headline_in_code, order_of
from bot.digests.sentences import DigestSentences, extracted
from bot.errors.operation import StoreEmpty
from bot.errors.services import BudgetUsed, ModelError
from bot.i18n.translation import gettext
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex
from bot.search.searcher import Searcher
from bot.store.digests import DigestDefinition
from bot.store.protocol import PaperStore

MATCHED_KEPT = 300
"""How many of the papers that matched are kept with a post; only far more would come again in the next one."""

MOST_ITEMS = 25
"""How many papers a post ever shows, late ones included."""

HEADLINE_FROM = 3
"""From how many papers on a digest gets a headline: one or two speak for themselves."""

LATE_ROOM = 5
"""How many late papers, in all, a post takes although it is as long as its definition wants it."""

_REPEATS_S = 40 * 86_400.0
"""So long after a post its papers are not told again by the same digest: longer than a month's."""


class Told(Protocol):
    """Knows what earlier posts told of."""

    async def told(self, digest: str, *, since: float, day: date) -> frozenset[str]:
        """Return the keys of the papers of a digest's posts that ended after `since`, but for that of `day`."""


class Thumbs(Protocol):
    """Knows what the members of a guild liked."""

    async def liked_papers(self, guild: str, keys: Sequence[str]) -> Mapping[str, int]:
        """Return how many members found answers from these papers good, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestParts:
    """What a digest is made from, beside papers and sentences."""

    told: Told
    thumbs: Thumbs
    feeds: FeedStates
    changes: PaperChanges


class DigestWriter:
    """Writes digests: one model call for five papers, extracts for every sentence that fails its checks."""

    def __init__(
        self, *, papers: PaperStore, searcher: Searcher, sentences: DigestSentences | None, parts: DigestParts
    ) -> None:
        self._papers = papers
        self._searcher = searcher
        self._sentences = sentences
        self._parts = parts

    async def write(self, definition: DigestDefinition, day: date, *, after: float, until: float) -> Digest:
        """Return the digest of the papers that arrived in (after, until], Unix seconds.

        Of a paper that an earlier post of the same digest told of it is silent. Raises StoreError.
        """
        standings = await self._parts.feeds.freshness()
        arrived = await self._new(definition, day, after=after, until=until)
        empty = Digest(
            key=definition.key,
            name=definition.name,
            day=day,
            period=definition.period,
            items=(),
            total=0,
            order=order_of(definition),
            thread=definition.thread,
        )
        try:
            index = await self._searcher.index()
        except StoreEmpty as error:
            return replace(empty, notice=error.localized(), silent=definition.when_empty == "silent")
        thumbs = await self._thumbs(definition, arrived)
        chosen = await asyncio.to_thread(choose, arrived, definition, index, thumbs=thumbs)
        rounds = await round_up(
            definition, len(chosen), index, papers=self._papers, changes=self._parts.changes, after=after, until=until
        )
        if not chosen:
            news = rounds is not None and (rounds.withdrawn or rounds.released)
            return replace(
                empty,
                notice=why_empty(definition, len(arrived), standings),
                round_up=rounds,
                silent=definition.when_empty == "silent" and not news,
            )
        groups = grouped(chosen[: definition.length])
        items, headline, failure = await self._told_of(groups, len(chosen), definition, index)
        return replace(
            empty,
            items=items,
            matched=tuple(one.paper.key for one in chosen)[:MATCHED_KEPT],
            total=len(chosen),
            order=order_of(definition, thumbs=bool(thumbs)),
            headline=headline,
            notice=_verbatim(failure) if failure else None,
            feeds=feed_troubles(standings),
            round_up=rounds,
        )

    async def with_late(
        self, definition: DigestDefinition, posted: Digest, *, after: float, until: float, now: datetime
    ) -> Digest:
        """Return a posted digest with the papers of its day's list that arrived in (after, until], Unix seconds.

        They stand at the end, and all that stood there stays where it was; without any it is `posted` itself. `now` is
        told in the digest's time zone. Papers of another day's list, and those for which there is no room any more,
        wait for the next digest. Raises StoreError.
        """
        arrived = await self._new(definition, posted.day, after=after, until=until)
        late = [paper for paper in arrived if paper.listed == posted.day and paper.key not in posted.matched]
        if not late or definition.period != "daily":
            return posted
        index = await self._searcher.index()
        thumbs = await self._thumbs(definition, late)
        chosen = await asyncio.to_thread(choose, late, definition, index, thumbs=thumbs)
        added = sum(addition.papers for addition in posted.additions)
        room = max(definition.length - len(posted.items), LATE_ROOM - added)
        shown = chosen[: max(0, min(room, MOST_ITEMS - len(posted.items)))]
        if not shown:
            return posted
        at = now.astimezone(definition.time_zone)
        heading = gettext("Added at {time}").format(time=f"{at:%H:%M}")
        items, _, _ = await self._told_of([(one, heading) for one in shown], 0, definition, index)
        return replace(
            posted,
            items=(*posted.items, *items),
            matched=(*posted.matched, *(one.paper.key for one in shown)),
            total=posted.total + len(shown),
            additions=(*posted.additions, Addition(at, len(shown))),
            notice=posted.notice if posted.items else None,
        )

    async def _new(self, definition: DigestDefinition, day: date, *, after: float, until: float) -> list[Paper]:
        told = await self._parts.told.told(definition.key, since=until - _REPEATS_S, day=day)
        return [paper for paper in await self._papers.arrived(after=after, until=until) if paper.key not in told]

    async def _thumbs(self, definition: DigestDefinition, papers: Sequence[Paper]) -> Mapping[str, int]:
        if definition.guild is None or not papers:
            return {}
        return await self._parts.thumbs.liked_papers(definition.guild, [paper.key for paper in papers])

    async def _told_of(
        self,
        groups: Sequence[tuple[Chosen, str | None]],
        total: int,
        definition: DigestDefinition,
        index: PaperIndex,
    ) -> tuple[tuple[DigestItem, ...], Headline | None, ModelError | BudgetUsed | None]:
        """Return the items, the headline over `total` papers, and what kept the model from writing all of it."""
        papers = [one.paper for one, _ in groups]
        written: dict[str, str] = {}
        failure: ModelError | BudgetUsed | None = None
        headline = headline_in_code(groups, total=total)
        if self._sentences is not None and definition.writer == "model":
            requester = Requester(guild=definition.guild) if definition.guild else NOBODY
            written, failure = await self._sentences.of(papers, index, requester=requester)
            if total >= HEADLINE_FROM and failure is None:
                headline = await self._sentences.headline(papers, index, requester=requester) or headline
        verbatim = await extracted([paper for paper in papers if paper.key not in written], index)
        items = tuple(
            DigestItem(
                paper=one.paper,
                sentence=written.get(one.paper.key) or verbatim.get(one.paper.key, ""),
                verbatim=one.paper.key not in written,
                reasons=one.reasons,
                group=group,
            )
            for one, group in groups
        )
        return items, headline, failure


def _verbatim(failure: ModelError | BudgetUsed) -> str:
    said = gettext("Quoted sentences come word for word from abstracts because {reason}.")
    return said.format(reason=failure.reason.localized())
