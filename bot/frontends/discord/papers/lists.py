"""Lists of papers by day, by votes, and by likeness, as embeds."""

from collections.abc import Sequence
from datetime import date

import discord

from bot.answers.wording import count, days, searched_for
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, TITLE_LIMIT, escape, escape_within
from bot.frontends.discord.shared.sources import paper_lines
from bot.i18n.translation import day, gettext, phrase, weekday
from bot.models import Paper
from bot.store.protocol import PaperPage

ORDER = phrase("most upvotes first, then most comments, then newest")
_ORDER_WITHOUT_VOTES = phrase("most comments first, then newest")


def latest_embed(of: date, page: PaperPage, *, nearest: date | None, first: int = 1, place: str = "") -> discord.Embed:
    """Return the papers of a day; `nearest` is named when it has none."""
    below = gettext("listed or, if never listed, published on this date")
    title = gettext("Papers from {weekday}, {day}").format(weekday=weekday(of), day=day(of))
    nothing = gettext("No paper in the store was listed or published on {day}.").format(day=day(of))
    return _embed(title, page, below, first, place, nothing=_no_papers(nothing, nearest))


def trending_embed(
    after: date, until: date, page: PaperPage, *, nearest: date | None, first: int = 1, place: str = ""
) -> discord.Embed:
    """Return the papers of a span; `nearest` is named when it has none."""
    span = days(after, until)
    below = gettext("listed or published in this period")
    title = gettext("Trending: {span}").format(span=span)
    nothing = gettext("No paper in the store was listed or published in this period: {span}.").format(span=span)
    return _embed(title, page, below, first, place, nothing=_no_papers(nothing, nearest))


def similar_embed(to: Paper, papers: Sequence[Paper]) -> discord.Embed:
    """Return the papers that are most like one."""
    lines = paper_lines(papers, room=DESCRIPTION_LIMIT)
    embed = discord.Embed(
        title=escape_within(gettext("Similar to: {title}").format(title=to.title), TITLE_LIMIT),
        description=lines or gettext("No other paper in the store shares its distinctive words."),
        colour=discord.Colour.blurple(),
    )
    return embed.set_footer(text=gettext("Most similar first, by the words in titles and abstracts"))


def _embed(title: str, page: PaperPage, below: str, first: int, place: str, *, nothing: str) -> discord.Embed:
    unvoted = "" if page.voted else f"-# {gettext('None of these papers has upvotes.')}\n"
    text = unvoted + paper_lines(page.papers, room=DESCRIPTION_LIMIT - len(unvoted), first=first)
    embed = discord.Embed(title=title, description=text if page.papers else nothing, colour=discord.Colour.blurple())
    if page.papers:
        order = ORDER.localized() if page.voted else _ORDER_WITHOUT_VOTES.localized()
        last = gettext("withdrawn last") if page.withdrawn else ""
        embed.set_footer(text=" · ".join(filter(None, [place, count(page.total, "paper"), below, order, last])))
    return embed


def _no_papers(said: str, nearest: date | None) -> str:
    if nearest is None:
        return f"{said} {gettext('No paper in the store has a date.')}"
    nearest_said = gettext("The nearest date with papers is {day}: use `/latest {date}`.")
    return f"{said} {nearest_said.format(day=day(nearest), date=nearest.isoformat())}"


_WITHIN_LIMIT = 300


def results_embed(
    query: str,
    papers: Sequence[Paper],
    *,
    searched: int,
    wording: str | None = None,
    nothing: str = "",
    within: str = "",
    first: int = 1,
    place: str = "",
) -> discord.Embed:
    """Return a list of papers, best first and numbered from `first`, or `nothing` when there is none.

    `wording` is the plan's, if it has one; `within` says in words what the papers were limited to, `place` which page
    this is.
    """
    heads = [escape_within(gettext("Only papers {filters}").format(filters=within), _WITHIN_LIMIT)] if within else []
    if said := searched_for(wording):
        heads.append(escape(said))
    head = "".join(f"-# {line}\n" for line in heads)
    lines = paper_lines(papers, room=DESCRIPTION_LIMIT - len(head), first=first)
    embed = discord.Embed(
        title=escape_within(gettext("Search: {words}").format(words=query), TITLE_LIMIT),
        description=head + (lines or escape(nothing)),
        colour=discord.Colour.blurple(),
    )
    below = gettext("searched titles and abstracts of {papers}").format(papers=count(searched, "paper"))
    said_below = [place, gettext("Best matches first"), below]
    return embed.set_footer(text=" · ".join(filter(None, said_below)))
