"""A page of a list, and its place among the others."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.app import App
from bot.errors.operation import StoreEmpty
from bot.errors.requests import ListGone
from bot.frontends.discord.papers.lists import latest_embed, results_embed, trending_embed
from bot.frontends.discord.shared.components import reports_errors, view_of
from bot.frontends.discord.shared.interactions import InReadersLocale, app_of
from bot.frontends.discord.shared.sources import PAGE_SIZE
from bot.i18n.translation import gettext
from bot.store.protocol import PaperPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One of a list's pages; the first has the number 1. There may be no paper, but never no page."""

    name: str
    number: int
    pages: int
    embed: discord.Embed


def offset(number: int) -> int:
    """Return how many papers stand on the pages before this one."""
    return (number - 1) * PAGE_SIZE


def page_count(total: int) -> int:
    """Return how many pages so many papers take, at least one."""
    return max(1, -(-total // PAGE_SIZE))


def place(number: int, total: int) -> str:
    """Return which page this is of how many; nothing where it is the only one."""
    pages = page_count(total)
    return gettext("Page {number} of {pages}").format(number=number, pages=pages) if pages > 1 else ""


KEPT = 500
"""How many searches are kept, the newest ones; each takes about a thousand bytes."""

_PREFIX = "found:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A search as its pages show it; the fields are what `results_embed` takes."""

    query: str
    keys: tuple[str, ...]
    searched: int
    wording: str | None = None
    within: str = ""
    nothing: str = ""


async def first_page(results: Results, *, app: App) -> ListPage:
    """Keep a search whose papers take several pages, and return the first. Raises StoreError."""
    content = json.dumps(asdict(results), ensure_ascii=False, sort_keys=True)
    identity = hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()[:16]
    if len(results.keys) > PAGE_SIZE:
        await app.state.set(f"{_PREFIX}{identity}", content)
        await app.state.trim(_PREFIX, keep=KEPT)
    return await _page(identity, results, 1, app)


async def kept_page(identity: str, number: int, *, app: App) -> ListPage:
    """Return a page of a kept search. Raises ListGone and StoreError."""
    content = await app.state.get(f"{_PREFIX}{identity}")
    if content is None:
        raise ListGone
    kept = json.loads(content)
    return await _page(identity, Results(**{**kept, "keys": tuple(kept["keys"])}), number, app)


async def _page(identity: str, results: Results, number: int, app: App) -> ListPage:
    pages = page_count(len(results.keys))
    number = min(number, pages)
    keys = results.keys[offset(number) : offset(number) + PAGE_SIZE]
    papers = {paper.key: paper for paper in await app.papers.wanted(keys=keys)}
    embed = results_embed(
        results.query,
        [papers[key] for key in keys if key in papers],
        searched=results.searched,
        wording=results.wording,
        within=results.within,
        nothing=results.nothing or gettext("The papers on this page are no longer in the store."),
        first=offset(number) + 1,
        place=place(number, len(results.keys)),
    )
    return ListPage(name=f"{_PREFIX}{identity}", number=number, pages=pages, embed=embed)


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
    return _page_listing(f"latest:{day}", number, page, embed)


async def _trending(after: date, until: date, number: int, app: App) -> ListPage:
    page = await app.papers.between(after, until, limit=PAGE_SIZE, offset=offset(number))
    if not page.papers and page.total:
        return await _trending(after, until, page_count(page.total), app)
    nearest = None if page.total else await _nearest(until, app)
    where = place(number, page.total)
    embed = trending_embed(after, until, page, nearest=nearest, first=offset(number) + 1, place=where)
    return _page_listing(f"trending:{after}:{until}", number, page, embed)


async def _nearest(day: date, app: App) -> date | None:
    """Return the nearest day that has papers. Raises StoreEmpty when there is no paper at all."""
    nearest = await app.papers.nearest_day(day)
    if nearest is None and not await app.papers.titles():
        raise StoreEmpty
    return nearest


def _page_listing(name: str, number: int, page: PaperPage, embed: discord.Embed) -> ListPage:
    return ListPage(name=name, number=number, pages=page_count(page.total), embed=embed)


class PageButton(
    InReadersLocale, DynamicItem[Button[View]], template=r"page:(?P<number>\d{1,5}):(?P<name>[a-z]{1,12}:[\w:-]{1,64})"
):
    """Shows the page of the list that its custom_id names."""

    in_public = True

    def __init__(self, name: str, number: int, *, label: str = "›", disabled: bool = False) -> None:
        super().__init__(Button(label=label, custom_id=f"page:{number}:{name}", disabled=disabled))
        self._name = name
        self._number = number

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["name"], int(match["number"]))

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page in place of the one that stands there."""
        await interaction.response.defer()
        page = await open_page(self._name, max(1, self._number), app=app_of(interaction))
        await interaction.edit_original_response(embed=page.embed, view=turning(page))


def turning(page: ListPage) -> View | None:
    """Return the two buttons, None for a list of one page. It needs a running event loop."""
    if page.pages < 2:
        return None
    return view_of(
        PageButton(page.name, page.number - 1, label="‹", disabled=page.number <= 1),
        PageButton(page.name, page.number + 1, label="›", disabled=page.number >= page.pages),
    )
