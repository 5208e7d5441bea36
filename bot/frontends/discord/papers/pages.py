"""Lists of papers: by date, by votes, by likeness and as the results of a search; as embeds, page by page."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import discord

from bot.answers.listings import Listing, latest, trending
from bot.answers.wording import count, searched_for
from bot.app import App
from bot.errors.requests import ListGone
from bot.frontends.discord.shared.components import PersistentButton, view_of
from bot.frontends.discord.shared.interactions import AppClient
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, TITLE_LIMIT, escape, escape_within
from bot.frontends.discord.shared.sources import PAGE_SIZE, paper_lines
from bot.i18n.translation import day, gettext
from bot.models import Paper

KEPT = 500
"""How many searches are kept, the newest ones; each takes about a thousand bytes."""

_PREFIX = "found:"
_WITHIN_LIMIT = 300


def listing_embed(listing: Listing, *, first: int = 1, place: str = "") -> discord.Embed:
    """Return the papers of a list, numbered from `first`, or why there is none."""
    page = listing.page
    if not page.papers:
        return discord.Embed(title=listing.title, description=_no_papers(listing), colour=discord.Colour.blurple())
    unvoted = "" if page.voted else f"-# {gettext('None of these papers has upvotes.')}\n"
    text = unvoted + paper_lines(page.papers, room=DESCRIPTION_LIMIT - len(unvoted), first=first)
    embed = discord.Embed(title=listing.title, description=text, colour=discord.Colour.blurple())
    return embed.set_footer(text=listing.footer(place))


def _no_papers(listing: Listing) -> str:
    nearest = listing.nearest
    if nearest is None:
        return f"{listing.nothing} {gettext('No paper in the store has a date.')}"
    hint = gettext("The nearest date with papers is {day}: use `/latest {date}`.")
    return f"{listing.nothing} {hint.format(day=day(nearest), date=nearest.isoformat())}"


def similar_embed(to: Paper, papers: Sequence[Paper]) -> discord.Embed:
    """Return the papers that are most like one."""
    lines = paper_lines(papers, room=DESCRIPTION_LIMIT)
    embed = discord.Embed(
        title=escape_within(gettext("Similar to: {title}").format(title=to.title), TITLE_LIMIT),
        description=lines or gettext("No other paper in the store shares its distinctive words."),
        colour=discord.Colour.blurple(),
    )
    return embed.set_footer(text=gettext("Most similar first, by the words in titles and abstracts"))


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
    listing = await latest(app.papers, of, limit=PAGE_SIZE, offset=offset(number))
    if not listing.page.papers and listing.page.total:
        return await _latest(of, page_count(listing.page.total), app)
    return _listing_page(f"latest:{of}", listing, number)


async def _trending(after: date, until: date, number: int, app: App) -> ListPage:
    listing = await trending(app.papers, after, until, limit=PAGE_SIZE, offset=offset(number))
    if not listing.page.papers and listing.page.total:
        return await _trending(after, until, page_count(listing.page.total), app)
    return _listing_page(f"trending:{after}:{until}", listing, number)


def _listing_page(name: str, listing: Listing, number: int) -> ListPage:
    total = listing.page.total
    embed = listing_embed(listing, first=offset(number) + 1, place=place(number, total))
    return ListPage(name=name, number=number, pages=page_count(total), embed=embed)


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
