"""Lists of papers: by date, by votes, by likeness and as the results of a search; as embeds, page by page."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import discord

from bot.answers.wording import count, days, searched_for
from bot.app import App
from bot.errors.operation import StoreEmpty
from bot.errors.requests import ListGone
from bot.frontends.discord.shared.components import PersistentButton, view_of
from bot.frontends.discord.shared.interactions import AppClient
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, TITLE_LIMIT, escape, escape_within
from bot.frontends.discord.shared.sources import PAGE_SIZE, paper_lines
from bot.i18n.translation import day, gettext, phrase, weekday
from bot.models import Paper
from bot.store.protocol import PaperPage

KEPT = 500
"""How many searches are kept, the newest ones; each takes about a thousand bytes."""

_PREFIX = "found:"
_WITHIN_LIMIT = 300
_ORDER = phrase("most upvotes first, then most comments, then newest")
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
        order = _ORDER.localized() if page.voted else _ORDER_WITHOUT_VOTES.localized()
        last = gettext("withdrawn last") if page.withdrawn else ""
        embed.set_footer(text=" · ".join(filter(None, [place, count(page.total, "paper"), below, order, last])))
    return embed


def _no_papers(text: str, nearest: date | None) -> str:
    if nearest is None:
        return f"{text} {gettext('No paper in the store has a date.')}"
    hint = gettext("The nearest date with papers is {day}: use `/latest {date}`.")
    return f"{text} {hint.format(day=day(nearest), date=nearest.isoformat())}"


def results_embed(
    query: str,
    papers: Sequence[Paper],
    *,
    searched: int,
    wording: str | None = None,
    nothing: str = "",
    within: str = "",
    notice: str = "",
    first: int = 1,
    place: str = "",
) -> discord.Embed:
    """Return a list of papers, best first and numbered from `first`, or `nothing` when there is none.

    `wording` is the plan's, if it has one; `within` says in words what the papers were limited to, `place` which page
    this is. `notice` is what the list is and how it is ordered, where that isn't by the search's own order.
    """
    heads = [escape_within(notice, _WITHIN_LIMIT)] if notice else []
    heads += [escape_within(gettext("Only papers {filters}").format(filters=within), _WITHIN_LIMIT)] if within else []
    if searched_wording := searched_for(wording):
        heads.append(escape(searched_wording))
    head = "".join(f"-# {line}\n" for line in heads)
    lines = paper_lines(papers, room=DESCRIPTION_LIMIT - len(head), first=first)
    embed = discord.Embed(
        title=escape_within(gettext("Search: {words}").format(words=query), TITLE_LIMIT),
        description=head + (lines or escape(nothing)),
        colour=discord.Colour.blurple(),
    )
    below = gettext("searched titles and abstracts of {papers}").format(papers=count(searched, "paper"))
    footer = [place, "" if notice else gettext("Best matches first"), below]
    return embed.set_footer(text=" · ".join(filter(None, footer)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One of a list's pages; the first has the number 1. There may be no paper, but never no page."""

    name: str
    number: int
    pages: int
    embed: discord.Embed


def offset(number: int) -> int:
    """Return how many papers the pages before this one show."""
    return (number - 1) * PAGE_SIZE


def page_count(total: int) -> int:
    """Return how many pages so many papers take, at least one."""
    return max(1, -(-total // PAGE_SIZE))


def place(number: int, total: int) -> str:
    """Return which page this is of how many; nothing where it is the only one."""
    pages = page_count(total)
    return gettext("Page {number} of {pages}").format(number=number, pages=pages) if pages > 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A search as its pages show it; the fields are what `results_embed` takes."""

    query: str
    keys: tuple[str, ...]
    searched: int
    wording: str | None = None
    within: str = ""
    nothing: str = ""
    notice: str = ""


async def first_page(results: Results, *, app: App) -> ListPage:
    """Keep a search whose papers take several pages, and return the first. Raises StoreError."""
    content = json.dumps(asdict(results), ensure_ascii=False, sort_keys=True)
    identity = hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()[:16]
    if len(results.keys) > PAGE_SIZE:
        await app.key_values.set(f"{_PREFIX}{identity}", content)
        await app.key_values.trim(_PREFIX, keep=KEPT)
    return await _page(identity, results, 1, app)


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
        notice=results.notice,
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
                return await _found(rest, number, app)
    except ValueError:
        pass  # no name that this bot gives
    raise ListGone


async def _found(identity: str, number: int, app: App) -> ListPage:
    content = await app.key_values.get(f"{_PREFIX}{identity}")
    if content is None:
        raise ListGone
    kept = json.loads(content)
    return await _page(identity, Results(**{**kept, "keys": tuple(kept["keys"])}), number, app)


async def _latest(of: date, number: int, app: App) -> ListPage:
    page = await app.papers.of_day(of, limit=PAGE_SIZE, offset=offset(number))
    if not page.papers and page.total:
        return await _latest(of, page_count(page.total), app)
    nearest = None if page.total else await _nearest(of, app)
    where = place(number, page.total)
    embed = latest_embed(of, page, nearest=nearest, first=offset(number) + 1, place=where)
    return ListPage(name=f"latest:{of}", number=number, pages=page_count(page.total), embed=embed)


async def _trending(after: date, until: date, number: int, app: App) -> ListPage:
    page = await app.papers.between(after, until, limit=PAGE_SIZE, offset=offset(number))
    if not page.papers and page.total:
        return await _trending(after, until, page_count(page.total), app)
    nearest = None if page.total else await _nearest(until, app)
    where = place(number, page.total)
    embed = trending_embed(after, until, page, nearest=nearest, first=offset(number) + 1, place=where)
    return ListPage(name=f"trending:{after}:{until}", number=number, pages=page_count(page.total), embed=embed)


async def _nearest(to: date, app: App) -> date | None:
    """Return the nearest date that has papers. Raises StoreEmpty when there is no paper at all."""
    nearest = await app.papers.nearest_day(to)
    if nearest is None and not await app.papers.titles():
        raise StoreEmpty
    return nearest


class PageButton(PersistentButton, template=r"page:(?P<number>\d{1,5}):(?P<name>[a-z]{1,12}:[\w:-]{1,64})"):
    """Shows the page of the list that its custom_id names."""

    in_public = True

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Show the page in place of the one in the message. Raises as open_page does."""
        await interaction.response.defer()
        page = await open_page(self.values["name"], max(1, int(self.values["number"])), app=app)
        await interaction.edit_original_response(embed=page.embed, view=turning(page))


def turning(page: ListPage) -> discord.ui.View | None:
    """Return the two buttons that turn a page, None for a list of one page. It needs a running event loop."""
    if page.pages < 2:
        return None
    return view_of(
        PageButton("‹", disabled=page.number <= 1, number=page.number - 1, name=page.name),
        PageButton("›", disabled=page.number >= page.pages, number=page.number + 1, name=page.name),
    )


async def setup(client: AppClient) -> None:
    """Add the button."""
    client.add_dynamic_items(PageButton)
