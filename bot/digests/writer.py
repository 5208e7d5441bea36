"""Writing a digest: the papers that came in its span, chosen, grouped, each with one sentence.

The model writes the sentences, which are checked, and one over all of them; whatever fails gives way to a sentence of
the abstract. A weekly or monthly digest also says how many papers came against the span before, and what became of
papers.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import date, datetime

from cachetools import FIFOCache

from bot.answers.answer import Source, Statement, number_sources
from bot.answers.extracts.answers import summary_sentence
from bot.answers.grounding.check import Grounder
from bot.answers.request import NOBODY, Requester
from bot.answers.writing.sentence_gate import SentenceGate
from bot.answers.writing.writer import Assignment, Writer
from bot.digests.digest import Addition, Digest, DigestItem, Headline, RoundUp
from bot.digests.selection import Chosen, choose, group_papers, headline_in_code, order_of
from bot.digests.wording import feed_troubles, why_empty
from bot.errors.operation import StoreEmpty
from bot.errors.services import BudgetUsed, ModelError
from bot.i18n.translation import gettext
from bot.ingest.feeds import Feeds
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex
from bot.search.searcher import Searcher
from bot.store.answers import FeedbackStore
from bot.store.digest_ledger import DigestContents
from bot.store.digests import DigestDefinition
from bot.store.merging import ChangeKind
from bot.store.papers import SqlitePaperStore

MATCHED_KEPT = 300
"""How many of the papers that matched are kept with a post; only far more would come again in the next one."""

MOST_ITEMS = 25
"""How many papers a post ever shows, late ones included."""

HEADLINE_FROM = 3
"""From how many papers on a digest gets a headline: one or two speak for themselves."""

LATE_ROOM = 5
"""How many late papers, in all, a post takes although it is as long as its definition wants it."""

_REPEATS_S = 40 * 86_400.0
"""So long after a post its papers are not in the same digest again: longer than a month."""

BATCH = 5
"""How many papers are in one prompt: with more, abstracts would be cut to fit."""

HEADLINE_SOURCES = 8
"""How many papers the model knows when it writes the headline: those at the top."""

_KEPT = 500
"""How many sentences are remembered."""

_MOST_CHANGED = 5
"""How many withdrawn papers, and how many with new code, a round-up names at the most."""


class DigestSentences:
    """Has the model write, and keeps its sentences for the other digests that show the same papers."""

    def __init__(self, *, writer: Writer) -> None:
        self._writer = writer
        self._kept: FIFOCache[tuple[str, str], str] = FIFOCache(_KEPT)

    async def of(
        self, papers: Sequence[Paper], index: PaperIndex, *, requester: Requester
    ) -> tuple[dict[str, str], ModelError | BudgetUsed | None]:
        """Return checked sentences by paper key, and the failure that ended the work early, if any."""
        written = {
            paper.key: self._kept[kept] for paper in papers if (kept := (paper.key, paper.abstract)) in self._kept
        }
        left = [paper for paper in papers if paper.key not in written]
        for start in range(0, len(left), BATCH):
            batch = left[start : start + BATCH]
            statements, failure = await self._write("digest", "a line for each source", batch, index, requester)
            for statement in statements:
                if len(statement.citations) != 1 or not statement.closing:  # "[1] shows …" says nothing in a list
                    continue
                paper = batch[statement.citations[0] - 1]
                if paper.key not in written:
                    written[paper.key] = self._kept[paper.key, paper.abstract] = statement.text
            if failure:
                return written, failure
        return written, None

    async def headline(self, papers: Sequence[Paper], index: PaperIndex, *, requester: Requester) -> Headline | None:
        """Return a checked sentence about what is notable among papers, numbered from 1; None when there is none."""
        statements, _ = await self._write(
            "headline", "one sentence over all", papers[:HEADLINE_SOURCES], index, requester
        )
        first = next((statement for statement in statements if statement.citations), None)
        return Headline(first.text, first.citations) if first else None

    async def _write(
        self, prompt: str, request: str, papers: Sequence[Paper], index: PaperIndex, requester: Requester
    ) -> tuple[Sequence[Statement], ModelError | BudgetUsed | None]:
        sources: Sequence[Source] = number_sources(papers)
        by_number = {source.number: source.paper for source in sources}
        gate = SentenceGate(sources, Grounder(by_number, weight=index.idf), keep_numbers=True)
        assignment = Assignment(prompt=prompt, sources=sources, variables={}, request=request, requester=requester)
        failure: ModelError | BudgetUsed | None = None
        try:
            async with aclosing(self._writer.write(assignment, gate)) as statements:
                async for _ in statements:
                    pass
        except (ModelError, BudgetUsed) as error:
            failure = error
        return gate.released, failure


class DigestWriter:
    """Writes digests: one model call for five papers, extracts for every sentence that fails its checks."""

    def __init__(
        self,
        *,
        papers: SqlitePaperStore,
        searcher: Searcher,
        sentences: DigestSentences | None,
        contents: DigestContents,
        feedback: FeedbackStore,
        feeds: Feeds,
    ) -> None:
        self._papers = papers
        self._searcher = searcher
        self._sentences = sentences
        self._contents = contents
        self._feedback = feedback
        self._feeds = feeds

    async def write(self, definition: DigestDefinition, day: date, *, after: float, until: float) -> Digest:
        """Return the digest of the papers that arrived in (after, until], Unix seconds.

        Papers that an earlier post of the same digest has shown are left out. Raises StoreError.
        """
        states = await self._feeds.freshness()
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
        round_up = None
        if definition.period != "daily":
            round_up = await self._round_up(definition, len(chosen), index, after=after, until=until)
        if not chosen:
            news = round_up is not None and (round_up.withdrawn or round_up.released)
            return replace(
                empty,
                notice=why_empty(definition, len(arrived), states),
                round_up=round_up,
                silent=definition.when_empty == "silent" and not news,
            )
        groups = group_papers(chosen[: definition.length])
        items, headline, failure = await self._write_items(groups, len(chosen), definition, index)
        notice = None
        if failure is not None:
            quoted = gettext("Quoted sentences come word for word from abstracts because {reason}.")
            notice = quoted.format(reason=failure.reason.localized())
        return replace(
            empty,
            items=items,
            matched=tuple(one.paper.key for one in chosen)[:MATCHED_KEPT],
            total=len(chosen),
            order=order_of(definition, thumbs=bool(thumbs)),
            headline=headline,
            notice=notice,
            feeds=feed_troubles(states),
            round_up=round_up,
        )

    async def with_late(
        self, definition: DigestDefinition, posted: Digest, *, after: float, until: float, now: datetime
    ) -> Digest:
        """Return a posted digest with the papers of its day's list that arrived in (after, until], Unix seconds.

        They come at the end, and everything else stays where it was; without any it is `posted` itself. `now` is shown
        in the digest's time zone. Papers of another day's list, and those for which there is no room any more, wait for
        the next digest. Raises StoreError.
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
        items, _, _ = await self._write_items([(one, heading) for one in shown], 0, definition, index)
        return replace(
            posted,
            items=(*posted.items, *items),
            matched=(*posted.matched, *(one.paper.key for one in shown)),
            total=posted.total + len(shown),
            additions=(*posted.additions, Addition(at, len(shown))),
            notice=posted.notice if posted.items else None,
        )

    async def _new(self, definition: DigestDefinition, day: date, *, after: float, until: float) -> list[Paper]:
        posted = await self._contents.posted_papers(definition.key, since=until - _REPEATS_S, day=day)
        return [paper for paper in await self._papers.arrived(after=after, until=until) if paper.key not in posted]

    async def _thumbs(self, definition: DigestDefinition, papers: Sequence[Paper]) -> Mapping[str, int]:
        if definition.guild is None or not papers:
            return {}
        return await self._feedback.liked_papers(definition.guild, [paper.key for paper in papers])

    async def _round_up(
        self, definition: DigestDefinition, total: int, index: PaperIndex, *, after: float, until: float
    ) -> RoundUp:
        """Return what a weekly or monthly digest says of (after, until], in which `total` papers matched.

        Changed papers are named only where they are what the digest asks for.
        """
        earlier = await self._papers.arrived(after=after - (until - after), until=after)
        before = await asyncio.to_thread(choose, earlier, definition, index, thumbs={})
        kinds = (ChangeKind.WITHDRAWN, ChangeKind.CODE)
        changes = await self._papers.changes_between(after, until, kinds=kinds)
        found = {paper.key: paper for paper in await self._papers.wanted(keys=[change.key for change in changes])}
        wanted = await asyncio.to_thread(choose, list(found.values()), definition, index, thumbs={})
        keys = {one.paper.key for one in wanted}
        changed = {
            kind: dict.fromkeys(one.key for one in changes if one.kind is kind and one.key in keys) for kind in kinds
        }
        withdrawn, released = (tuple(found[key] for key in changed[kind])[:_MOST_CHANGED] for kind in kinds)
        return RoundUp(total=total, before=len(before) if earlier else None, withdrawn=withdrawn, released=released)

    async def _write_items(
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
        left = [paper for paper in papers if paper.key not in written]
        verbatim = await asyncio.to_thread(lambda: {paper.key: summary_sentence(paper, index) for paper in left})
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
