"""How many papers a topic had over time: exact counts over the whole store."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from bot.errors.requests import TopicsWrong
from bot.search.engine.protocol import PaperIndex
from bot.search.query.filters import Filters
from bot.search.searcher import Searcher
from bot.search.text.tokens import tokenize
from bot.text import one_line

MOST_TOPICS = 4
"""More lines in one chart can't be distinguished."""

Span = Literal["quarter", "year", "5 years", "all"]

_DAYS: dict[Span, int] = {"quarter": 91, "year": 365, "5 years": 5 * 365}
_BY_WEEK, _BY_MONTH = 190, 5 * 366
"""Spans of so many days are counted by week and by month; longer ones by year."""
_SHORTEST = timedelta(days=56)
"""The least that is shown of a store whose papers are all new."""

BETWEEN = re.compile(r"\s+(?:vs\.?|versus)\s+|\s*;\s*", re.IGNORECASE)
"""What separates two topics."""


class Unit(StrEnum):
    """The length of the periods in which papers are counted."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    def start(self, day: date) -> date:
        """Return the first day of the week (a Monday), month or year that a day lies in."""
        match self:
            case Unit.WEEK:
                return day - timedelta(days=day.weekday())
            case Unit.MONTH:
                return day.replace(day=1)
            case Unit.YEAR:
                return day.replace(month=1, day=1)

    def next(self, start: date) -> date:
        """Return the first day of the week, month or year after the one that begins at `start`."""
        return self.start(start + {Unit.WEEK: timedelta(7), Unit.MONTH: timedelta(32), Unit.YEAR: timedelta(367)}[self])


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """A topic's papers in each part of the span, those published at another time, and those without a day."""

    topic: str
    counts: tuple[int, ...]
    elsewhen: int
    undated: int

    @property
    def total(self) -> int:
        """Number of the topic's papers published within the span."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The counts of some topics by `unit`, whose parts begin at `starts`; the last one holds `today`.

    `held` is how many papers the store has in all.
    """

    unit: Unit
    starts: tuple[date, ...]
    today: date
    topics: tuple[TopicCounts, ...]
    held: int

    @property
    def unfinished(self) -> bool:
        """Whether the last part is not over yet."""
        return self.unit.next(self.starts[-1]) > self.today + timedelta(days=1)


class Trends:
    """Counts papers. One counts for a topic when its title or abstract has every word of the topic, in any form."""

    def __init__(self, *, searcher: Searcher) -> None:
        self._searcher = searcher

    async def of(self, text: str, *, span: Span, today: date) -> Trend:
        """Return the counts for "A", "A vs B" and so on, up to today. Raises TopicsWrong and StoreEmpty."""
        topics = _topics(text)
        index = await self._searcher.index()
        return await asyncio.to_thread(_count, index, topics, span, today)


def _topics(text: str) -> dict[str, tuple[str, ...]]:
    """Return each topic's words and its terms; topics of the same terms are one."""
    found: dict[frozenset[str], str] = {}
    for part in BETWEEN.split(text):
        if topic := one_line(part):
            found.setdefault(frozenset(tokenize(topic)), topic)
    if not 1 <= len(found) <= MOST_TOPICS or frozenset() in found:
        raise TopicsWrong(most=MOST_TOPICS)
    return {topic: tuple(terms) for terms, topic in found.items()}


def _count(index: PaperIndex, topics: dict[str, tuple[str, ...]], span: Span, today: date) -> Trend:
    days = {topic: index.days_with(terms) for topic, terms in topics.items()}
    dated = [day for found in days.values() for day in found if day]
    first = min([*dated, today - _SHORTEST]) if span == "all" else today - timedelta(days=_DAYS[span] - 1)
    length = (today - first).days
    unit = Unit.WEEK if length <= _BY_WEEK else Unit.MONTH if length <= _BY_MONTH else Unit.YEAR
    starts = [unit.start(first)]
    while (following := unit.next(starts[-1])) <= today:
        starts.append(following)
    held, _ = index.span(Filters())
    counted = tuple(_count_papers(topic, found, unit, starts, today) for topic, found in days.items())
    return Trend(unit=unit, starts=tuple(starts), today=today, topics=counted, held=held)


def _count_papers(
    topic: str, days: Sequence[date | None], unit: Unit, starts: Sequence[date], today: date
) -> TopicCounts:
    dated = [day for day in days if day]
    counts = Counter(unit.start(day) for day in dated if starts[0] <= day <= today)
    found = tuple(counts[start] for start in starts)
    return TopicCounts(topic, found, elsewhen=len(dated) - sum(found), undated=len(days) - len(dated))
