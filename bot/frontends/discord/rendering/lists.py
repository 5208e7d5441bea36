"""Lists of papers by day, by votes, and by likeness, as embeds."""

from collections.abc import Sequence
from datetime import date

import discord

from bot.frontends.discord.rendering.answers import DESCRIPTION_LIMIT, TITLE_LIMIT
from bot.frontends.discord.rendering.markdown import escape_within
from bot.frontends.discord.rendering.paper_list import paper_lines
from bot.frontends.wording import count, day, days
from bot.models import Paper
from bot.store.protocol import PaperPage
from bot.translation import gettext

ORDER = "most upvotes first, then most comments, then newest"
_ORDER_WITHOUT_VOTES = "most comments first, then newest"


def latest_embed(of: date, page: PaperPage, *, nearest: date | None, first: int = 1, place: str = "") -> discord.Embed:
    """Return the papers of a day; `nearest` is named when it has none."""
    below = "listed, or else published, on this day"
    return _embed(
        f"Papers of {of:%A}, {day(of)}", page, below, first, place, nothing=_no_papers(f"on {day(of)}", nearest)
    )


def trending_embed(
    after: date, until: date, page: PaperPage, *, nearest: date | None, first: int = 1, place: str = ""
) -> discord.Embed:
    """Return the papers of a span; `nearest` is named when it has none."""
    span = days(after, until)
    below = "listed or published in this time"
    return _embed(f"Trending: {span}", page, below, first, place, nothing=_no_papers(f"from {span}", nearest))


def similar_embed(to: Paper, papers: Sequence[Paper]) -> discord.Embed:
    """Return the papers that are most like one."""
    lines = paper_lines(papers, room=DESCRIPTION_LIMIT)
    embed = discord.Embed(
        title=escape_within(f"Similar to: {to.title}", TITLE_LIMIT),
        description=lines or "No other paper in the store shares its telling words.",
        colour=discord.Colour.blurple(),
    )
    return embed.set_footer(text="Most alike first, by the words of titles and abstracts")


def _embed(title: str, page: PaperPage, below: str, first: int, place: str, *, nothing: str) -> discord.Embed:
    unvoted = "" if page.voted else "-# None of these papers has upvotes.\n"
    text = unvoted + paper_lines(page.papers, room=DESCRIPTION_LIMIT - len(unvoted), first=first)
    embed = discord.Embed(title=title, description=text if page.papers else nothing, colour=discord.Colour.blurple())
    if page.papers:
        order = ORDER if page.voted else _ORDER_WITHOUT_VOTES
        last = gettext("withdrawn ones last") if page.withdrawn else ""
        embed.set_footer(text=" · ".join(filter(None, [place, count(page.total, "paper"), below, order, last])))
    return embed


def _no_papers(when: str, nearest: date | None) -> str:
    said = f"No paper in the store was listed or published {when}."
    if nearest is None:
        return f"{said} None of the papers has a day."
    return f"{said} The nearest day that has some is {day(nearest)}: `/latest {nearest.isoformat()}`"
