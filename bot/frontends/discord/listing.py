"""Lists over several pages, each under a name from which any page of it can be made again, also after a restart.

The names: `latest:DAY`, `trending:DAY:DAY`, `found:ID` for what a search found.
"""

from datetime import date

import discord

from bot.app import App
from bot.errors import ListGone, StoreEmpty
from bot.frontends.discord.kept_results import kept_page
from bot.frontends.discord.pages import ListPage, offset, page_count, place
from bot.frontends.discord.rendering.lists import latest_embed, trending_embed
from bot.frontends.discord.rendering.paper_list import PAGE_SIZE
from bot.store.protocol import PaperPage


async def open_page(name: str, number: int, *, app: App) -> ListPage:
    """Return a page, the last one where there are fewer by now. Raises StoreEmpty, StoreError and ListGone."""
    kind, _, rest = name.partition(":")
    try:
        match kind:
            case "latest":
                return await _latest(date.fromisoformat(rest), number, app)
            case "trending":
                after, _, until = rest.partition(":")
                return await _trending(date.fromisoformat(after), date.fromisoformat(until), number, app)
            case "found":
                return await kept_page(rest, number, app=app)
    except ValueError:
        pass  # no name that this bot gives
    raise ListGone


async def _latest(day: date, number: int, app: App) -> ListPage:
    page = await app.papers.of_day(day, limit=PAGE_SIZE, offset=offset(number))
    if not page.papers and page.total:
        return await _latest(day, page_count(page.total), app)
    nearest = None if page.total else await _nearest(day, app)
    where = place(number, page.total)
    embed = latest_embed(day, page, nearest=nearest, first=offset(number) + 1, place=where)
    return _page(f"latest:{day}", number, page, embed)


async def _trending(after: date, until: date, number: int, app: App) -> ListPage:
    page = await app.papers.between(after, until, limit=PAGE_SIZE, offset=offset(number))
    if not page.papers and page.total:
        return await _trending(after, until, page_count(page.total), app)
    nearest = None if page.total else await _nearest(until, app)
    where = place(number, page.total)
    embed = trending_embed(after, until, page, nearest=nearest, first=offset(number) + 1, place=where)
    return _page(f"trending:{after}:{until}", number, page, embed)


async def _nearest(day: date, app: App) -> date | None:
    """Return the nearest day that has papers. Raises StoreEmpty when there is no paper at all."""
    nearest = await app.papers.nearest_day(day)
    if nearest is None and not await app.papers.titles():
        raise StoreEmpty
    return nearest


def _page(name: str, number: int, page: PaperPage, embed: discord.Embed) -> ListPage:
    return ListPage(name=name, number=number, pages=page_count(page.total), embed=embed)
