"""Lists of papers by date and by votes: which papers these are, and what every front end says of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.answers.planning.wishes import TRENDING_DAYS
from bot.answers.wording import count, days
from bot.errors.operation import StoreEmpty
from bot.i18n.translation import day, gettext, phrase, weekday
from bot.store.papers import SqlitePaperStore
from bot.store.protocol import PaperPage

TrendingSpan = Literal["day", "week", "month"]

_ORDER = phrase("most upvotes first, then most comments, then newest")
_ORDER_WITHOUT_VOTES = phrase("most comments first, then newest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Some papers of a list. `rule` says what a paper is in it by.

    Where the list is empty, `nothing` says so, and `nearest` is the date nearest to it that has papers, if any has.
    """

    title: str
    rule: str
    page: PaperPage
    nothing: str
    nearest: date | None = None

    def footer(self, place: str = "") -> str:
        """Say how many papers the list has, and in which order; `place` says first which of them are shown."""
        order = _ORDER.localized() if self.page.voted else _ORDER_WITHOUT_VOTES.localized()
        last = gettext("withdrawn last") if self.page.withdrawn else ""
        return " · ".join(filter(None, [place, count(self.page.total, "paper"), self.rule, order, last]))


async def latest(papers: SqlitePaperStore, of: date | None, *, limit: int, offset: int = 0) -> Listing:
    """Return papers of a date, or of the newest one that has any. Raises StoreEmpty."""
    of = of or await papers.newest_day()
    if of is None:
        raise StoreEmpty
    page = await papers.of_day(of, limit=limit, offset=offset)
    return Listing(
        title=gettext("Papers from {weekday}, {day}").format(weekday=weekday(of), day=day(of)),
        rule=gettext("listed or, if never listed, published on this date"),
        page=page,
        nothing=gettext("No paper in the store was listed or published on {day}.").format(day=day(of)),
        nearest=None if page.total else await _nearest(papers, of),
    )


def trending_days(span: TrendingSpan, today: date) -> tuple[date, date]:
    """Return the first and the last day of a span that ends today."""
    return today - timedelta(days=TRENDING_DAYS[span] - 1), today


async def trending(papers: SqlitePaperStore, first: date, last: date, *, limit: int, offset: int = 0) -> Listing:
    """Return papers of a span of days, most upvoted first. Raises StoreEmpty."""
    page = await papers.between(first, last, limit=limit, offset=offset)
    said = days(first, last)
    return Listing(
        title=gettext("Trending: {span}").format(span=said),
        rule=gettext("listed or published in this period"),
        page=page,
        nothing=gettext("No paper in the store was listed or published in this period: {span}.").format(span=said),
        nearest=None if page.total else await _nearest(papers, last),
    )


async def _nearest(papers: SqlitePaperStore, to: date) -> date | None:
    """Return the nearest date that has papers. Raises StoreEmpty when there is no paper at all."""
    nearest = await papers.nearest_day(to)
    if nearest is None and not (await papers.holdings()).count:
        raise StoreEmpty
    return nearest
