"""Lists and counts of papers that a question asks for: found and counted by code, without a model."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.answers.answer import Answer, AnswerDraft, Kind, Task
from bot.answers.list_wording import (
    by_highest,
    came_lately,
    found,
    found_newer,
    nothing_lately,
    of_unknown,
    shown_first,
    without_newer,
    without_number,
    without_papers,
)
from bot.answers.planning.wishes import FIRST, TRENDING_DAYS, ListWish
from bot.answers.request import RequestContext
from bot.models import Paper
from bot.search.engine.protocol import Hit, PaperIndex
from bot.search.query.date_parts import Order
from bot.search.query.filters import HAS_AUTHORS, HAS_ORGANISATION, HAS_VENUE, Filters
from bot.search.ranking.request_words import without_request_words
from bot.search.ranking.second_stage import CANDIDATES, ORDERED_SHARE, Query
from bot.search.searcher import Searcher
from bot.search.text.tokens import tokenize
from bot.store.protocol import CountField, PaperStore

LISTED = 400
"""How many papers of a list an answer keeps, for the pages of it: fifty."""

_MOST_RANKED = 5_000
"""So many papers are put into the order of their votes one by one; of more, those among the first so many of all."""

_ALIKE = 30
"""Among so many papers that are most like one, newer ones are looked for."""

_TOLD = {"author": HAS_AUTHORS, "organisation": HAS_ORGANISATION, "venue": HAS_VENUE}
_SELDOM = 0.5
"""Where the store knows the authors, the labs or the venues of fewer papers, one that it doesn't know may be there."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The keys of a list, the first `LISTED` of them in order, and how many papers it has in all."""

    keys: Sequence[str]
    total: int


class Lists:
    """Answers wishes for lists. A paper is on a topic when its title or abstract has every word of it, in any form."""

    def __init__(self, *, searcher: Searcher, papers: PaperStore) -> None:
        self._searcher = searcher
        self._papers = papers

    async def answer(
        self, wish: ListWish, question: str, *, context: RequestContext, today: date, shown: Sequence[str] = ()
    ) -> Answer | None:
        """Return the answer; None where no paper has every word of the topic, so that a search may find more.

        `shown` are the keys of the papers that were shown before, among which some may be asked for. Raises StoreEmpty
        and StoreError.
        """
        asked = _Asked(wish, question, context, await self._searcher.index(), today)
        filters = wish.filters.narrowed_by(context.filters)
        if wish.among:
            filters = filters.narrowed_by(Filters(keys=frozenset(shown)))
        elif context.among:
            own = await self._of(asked, filters.narrowed_by(Filters(keys=context.among)))
            if own.total:
                return await self._listed(asked, own, filters)
        if _is_of_days(wish, filters):
            return await self._lately(asked, filters)
        if unknown := [field for field in filters.fields if _is_unknown(field, asked.index)]:
            return await self._of_unknown(asked, filters, unknown)
        own = await self._of(asked, filters)
        return await (self._listed(asked, own, filters) if own.total else self._nothing(asked, filters))

    async def newer(self, key: str, question: str, *, context: RequestContext, today: date) -> Answer:
        """Return the papers most like one that came out after it, newest first. Raises StoreEmpty and StoreError."""
        asked = _Asked(ListWish(newer=True), question, context, await self._searcher.index(), today)
        paper = next(iter(await self.papers([key])), None)
        if paper is None or paper.published is None:
            return asked.answer(Kind.NOTHING, [], without_newer(paper))
        hits = await self._searcher.similar(paper, limit=_ALIKE)
        after = paper.published
        later = [hit.paper for hit in hits if hit.paper.published and hit.paper.published > after]
        later.sort(key=lambda other: other.published or after, reverse=True)
        if not later:
            return asked.answer(Kind.NOTHING, [], without_newer(paper))
        first = later[:FIRST]
        said = found_newer(len(later), paper)
        return asked.answer(Kind.PAPERS, first, said, keys=[other.key for other in later])

    async def papers(self, keys: Sequence[str]) -> list[Paper]:
        """Return the papers with these keys, in their order, without those that are gone. Raises StoreError."""
        held = {paper.key: paper for paper in await self._papers.wanted(keys=keys)}
        return [held[key] for key in keys if key in held]

    async def _of(self, asked: "_Asked", filters: Filters) -> _Found:
        """Return the papers on the topic that pass: best, highest, newest or oldest first, as it was asked for."""
        wish, index, terms = asked.wish, asked.index, topic_terms(asked.wish.topic)
        resolved = await self._searcher.resolved(filters)
        order: Order = wish.order or "newest"

        def newest_first(limit: int, within: Filters = resolved) -> list[str]:
            return index.listed(within, order=order, limit=limit, terms=terms)

        total = await asyncio.to_thread(index.count, resolved, terms)
        if not total:
            return _Found((), 0)
        first: Sequence[str] = ()
        if wish.by and total <= _MOST_RANKED:
            keys = await asyncio.to_thread(newest_first, total)
            first = await self._papers.top(wish.by, limit=LISTED, keys=keys)
        elif wish.by:
            first = await self._papers.top(wish.by, limit=_MOST_RANKED)
            held = await asyncio.to_thread(
                newest_first, _MOST_RANKED, resolved.narrowed_by(Filters(keys=frozenset(first)))
            )
            first = _among(first, held)
        elif terms:
            ranked = await self._searcher.search(Query(question=wish.topic, filters=resolved), limit=CANDIDATES)
            found = ranked.filters.narrowed_by(Filters(keys=frozenset(hit.paper.key for hit in ranked.hits)))
            within = frozenset(await asyncio.to_thread(newest_first, CANDIDATES, found))
            hits = [hit for hit in ranked.hits if hit.paper.key in within]
            first = [hit.paper.key for hit in (_by_day(hits, wish.order, wish.first) if wish.order else hits)]
        return _Found(_joined(first, await asyncio.to_thread(newest_first, LISTED)), total)

    async def _listed(self, asked: "_Asked", own: _Found, filters: Filters, *, before: str = "") -> Answer:
        wish = asked.wish
        papers = await self.papers(own.keys[: wish.first])
        unknown = wish.by is not None and not any(getattr(paper, wish.by) for paper in papers)
        said = found(own.total, wish.topic, replace(filters, keys=None))
        if wish.by and unknown:
            said = without_number(wish.by)
        elif wish.by and wish.single and papers:
            said, papers = by_highest(wish.by, papers), _highest(wish.by, papers)
        order: str = wish.by or wish.order or "newest"
        if topic_terms(wish.topic) and not wish.by:
            order = f"best_{wish.order}" if wish.order else "best"
        elif unknown:
            order = "newest"
        first = "" if wish.single and wish.by and not unknown else shown_first(len(papers), own.total, order)
        within = await self._searcher.resolved(filters)
        return await asyncio.to_thread(
            asked.answer, Kind.PAPERS, papers, before, said, first, keys=own.keys, within=within
        )

    async def _lately(self, asked: "_Asked", filters: Filters) -> Answer:
        """Answer with the papers of some days, as they are listed for a day or a span; else with the newest day's."""
        wish = asked.wish
        days = _days(wish, filters, asked.today)
        page = await self._papers.between(*days, limit=LISTED) if days else None
        if days and page and page.total:
            keys: Sequence[str] = [paper.key for paper in page.papers]
            if wish.by and wish.by != "upvotes":
                keys = _joined(await self._papers.top(wish.by, limit=LISTED, days=days), keys)
            return await self._of_days(asked, _Found(keys, page.total), days)
        newest = await self._papers.newest_day()
        if newest is None:
            return await self._listed(asked, await self._of(asked, Filters()), Filters())
        of_day = await self._papers.of_day(newest, limit=LISTED)
        own = _Found([paper.key for paper in of_day.papers], of_day.total)
        if days is None:
            return await self._of_days(asked, own, (newest, newest))
        papers = await self.papers(own.keys[: wish.first])
        notice = nothing_lately(days, newest, len(papers), own.total)
        return asked.answer(Kind.PAPERS, papers, notice, keys=own.keys)

    async def _of_days(self, asked: "_Asked", own: _Found, days: tuple[date, date]) -> Answer:
        wish = asked.wish
        papers = await self.papers(own.keys[: wish.first])
        by: CountField = wish.by or "upvotes"
        known = any(getattr(paper, by) for paper in papers)
        if wish.single and known:
            return asked.answer(Kind.PAPERS, _highest(by, papers), by_highest(by, papers), keys=own.keys)
        order = by if known else "comments" if any(paper.comments for paper in papers) else "newest"
        first = shown_first(len(papers), own.total, order)
        return asked.answer(Kind.PAPERS, papers, came_lately(own.total, days), first, keys=own.keys)

    async def _of_unknown(self, asked: "_Asked", filters: Filters, unknown: Sequence[str]) -> Answer:
        """Say that the store has nothing by or from a name; where it seldom knows any, show the topic's papers."""
        index = asked.index
        told = {field: index.span(Filters(fields=(_TOLD[field.partition(":")[0]],)))[0] for field in unknown}
        before = of_unknown(unknown, told, index.size)
        if asked.wish.topic and all(number < _SELDOM * index.size for number in told.values()):
            rest = replace(filters, fields=tuple(field for field in filters.fields if field not in unknown))
            own = await self._of(asked, rest)
            if own.total:
                return await self._listed(asked, own, rest, before=before)
        return asked.answer(Kind.NOTHING, [], before)

    async def _nothing(self, asked: "_Asked", filters: Filters) -> Answer | None:
        """Say that the conditions leave nothing, and what there is without them; None where the topic has no paper."""
        wish, conditions = asked.wish, replace(filters, keys=None)
        terms = topic_terms(wish.topic)
        total = await asyncio.to_thread(asked.index.count, Filters(), terms)
        others = await asyncio.to_thread(asked.index.listed, Filters(), order="newest", limit=1, terms=terms)
        if wish.topic and not others and not wish.count:
            return None
        if not wish.topic and conditions == Filters(after=filters.after, before=filters.before):
            return None  # that nothing came then, and what is nearest, is said of any question
        newest = await self.papers(others[:1])
        said = without_papers(wish.topic, conditions, total, newest[0] if newest else None)
        return asked.answer(Kind.NOTHING, [], said)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A wish, and what is needed to answer it."""

    wish: ListWish
    question: str
    context: RequestContext
    index: PaperIndex
    today: date

    def answer(
        self,
        kind: Kind,
        papers: Sequence[Paper],
        *said: str,
        keys: Sequence[str] = (),
        within: Filters | None = None,
    ) -> Answer:
        """Return the answer with these papers, the first of those with the `keys`; looked for `within` filters."""
        context = replace(self.context, filters=within) if within else self.context
        draft = AnswerDraft.of_papers(Task.ANSWER, self.question, papers, self.index, context)
        answer = draft.answer(kind, notice=" ".join(filter(None, said)))
        return replace(answer, list_keys=tuple(keys) if len(keys) > len(papers) else ())


def _by_day(hits: Sequence[Hit], order: Order, fewest: int) -> list[Hit]:
    """Return the hits that match well, at least the `fewest` best, by the day of publication."""
    enough = ORDERED_SHARE * max((hit.score for hit in hits), default=0.0)
    good = [hit for place, hit in enumerate(hits) if place < fewest or hit.score >= enough]
    dated = sorted(
        (hit for hit in good if hit.paper.published),
        key=lambda hit: hit.paper.published or date.min,
        reverse=order == "newest",
    )
    return [*dated, *(hit for hit in good if not hit.paper.published)]


def _highest(by: CountField, papers: Sequence[Paper]) -> list[Paper]:
    return [paper for paper in papers if getattr(paper, by) == getattr(papers[0], by)]


def _is_of_days(wish: ListWish, filters: Filters) -> bool:
    """Whether papers are asked for by the days on which they came, and by nothing else."""
    if wish.topic or wish.among or filters.fields or filters.bounds:
        return False
    return wish.news or (wish.by is not None and (wish.trending or filters.after is not None))


def topic_terms(topic: str) -> tuple[str, ...]:
    """Return the terms of a topic, all of which a paper must have; those of "papers" and the like aside."""
    return tuple(dict.fromkeys(tokenize(without_request_words(topic))))


def _among(keys: Sequence[str], held: Iterable[str]) -> list[str]:
    there = frozenset(held)
    return [key for key in keys if key in there][:LISTED]


def _joined(first: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *others]))[:LISTED]


def _is_unknown(field: str, index: PaperIndex) -> bool:
    return field.partition(":")[0] in _TOLD and not index.known(field)


def _days(wish: ListWish, filters: Filters, today: date) -> tuple[date, date] | None:
    """Return the first and last day of what came lately; None where no time was asked for, and anything will do.

    What is trending is counted back from today, as the command for it does.
    """
    if filters.after is None:
        if not wish.trending:
            return None
        return today - timedelta(days=TRENDING_DAYS["week"] - 1), today
    last = filters.before or today
    if not wish.trending or not filters.after <= today <= last:
        return filters.after, last
    length = (last - filters.after).days + 1
    name = next((name for name, days in TRENDING_DAYS.items() if length <= days), None)
    if name is None and length <= TRENDING_DAYS["month"] + 1:
        name = "month"
    return (today - timedelta(days=TRENDING_DAYS[name] - 1), today) if name else (filters.after, last)
