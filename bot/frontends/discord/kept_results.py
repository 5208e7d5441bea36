"""What a search found, kept so that its pages can be turned, also after a restart.

The papers' keys are kept and not the query alone: to search anew for each page would shift them and cost a plan.
"""

import hashlib
import json
from dataclasses import asdict, dataclass

from bot.app import App
from bot.errors import ListGone
from bot.frontends.discord.pages import ListPage, offset, page_count, place
from bot.frontends.discord.rendering.paper_list import PAGE_SIZE
from bot.frontends.discord.rendering.results import results_embed
from bot.translation import gettext

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
        nothing=results.nothing or gettext("The papers of this page are no longer in the store."),
        first=offset(number) + 1,
        place=place(number, len(results.keys)),
    )
    return ListPage(name=f"{_PREFIX}{identity}", number=number, pages=pages, embed=embed)
