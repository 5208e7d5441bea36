"""Lists by date, by votes and by likeness, and one paper with all that is known of it, as they are printed."""

from collections.abc import Iterable, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answers.cards import Card, authors_of, facts_of, links_of
from bot.answers.listings import Listing
from bot.answers.wording import day, hub_links
from bot.frontends.console.papers import papers_list
from bot.frontends.console.screen import Lines
from bot.i18n.translation import gettext
from bot.latex import readable
from bot.models import Paper

MOST_LISTED = 100
"""How many papers a list in a terminal has at the most."""


def render_listing(listing: Listing) -> RenderableType:
    """Return a list by date or by votes, and below it which of its papers these are; or why it is empty."""
    shown, total = len(listing.page.papers), listing.page.total
    if not total:
        return Lines(Group(Text(listing.title, style="bold"), Text(), *map(Text, why_empty(listing))))
    parts: list[RenderableType] = [Text(listing.title, style="bold")]
    if not listing.page.voted:
        parts.append(Text("None of these papers has upvotes.", style="dim"))
    footer = listing.footer()
    if shown < total:
        footer = f"{listing.footer(f'the first {shown:,}')} · -n {min(total, MOST_LISTED)} shows more"
    papers = papers_list(enumerate(listing.page.papers, start=1))
    return Lines(Group(*parts, Text(), papers, Text(), Text(footer, style="dim")))


def why_empty(listing: Listing) -> list[str]:
    """Return lines that say why a list has no papers, and how to get to the nearest ones."""
    if listing.nearest is None:
        return [listing.nothing, "No paper in the store has a date."]
    hint = f"The nearest date with papers is {day(listing.nearest)}:"
    return [listing.nothing, hint, f"  paperbot latest {listing.nearest}"]


def render_similar(to: Paper, papers: Sequence[Paper]) -> RenderableType:
    """Return the papers that are most like one."""
    head = Text(f"Similar to: {readable(to.title)}", style="bold")
    if not papers:
        return Lines(Group(head, Text(), Text("No other paper in the store shares its distinctive words.")))
    footer = Text("Most similar first, by the words in titles and abstracts", style="dim")
    return Lines(Group(head, Text(), papers_list(enumerate(papers, start=1)), Text(), footer))


def render_card(card: Card, *, abstract: bool = False) -> RenderableType:
    """Return what is known of a paper, with its `abstract` if wanted."""
    paper, summary = card.paper, card.summary
    parts: list[RenderableType] = [Text(readable(paper.title), style="bold")]
    if authors := authors_of(paper):
        parts.append(Text(authors))
    if abstract:
        parts += [Text(), Text(readable(paper.abstract) or "The store has no abstract for this paper.")]
    elif summary.text:
        said = readable(summary.text) if summary.by_hub else f"“{readable(summary.text)}”"
        parts += [Text(), Text(said), Text(summary.origin, style="dim")]
    facts = [(name, value) for name, value in facts_of(paper).items() if value]
    if facts:
        table = Table.grid(padding=(0, 1))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in facts:
            table.add_row(name, value)
        parts += [Text(), table]
    return Lines(Group(*parts, Text(), _Links(links_of(paper).items()), *_linked(card)))


class _Links:
    """Links with names before them, each whole on a line of its own."""

    def __init__(self, links: Iterable[tuple[str, str]]) -> None:
        self._links = tuple(links)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max((len(name) for name, _ in self._links), default=0) + 1
        for name, url in self._links:
            yield Segment(f"{name:{width}}", Style(dim=True))
            yield Segment(url, Style(color="blue", link=url))
            yield Segment.line()


def _linked(card: Card) -> list[RenderableType]:
    kinds = hub_links(card.links)
    if not kinds:
        return []
    parts: list[RenderableType] = [Text(), Text(gettext("On Hugging Face"), style="bold")]
    for words, repositories in kinds:
        first = len(repositories.first)
        parts.append(Text(f"{words}, the first {first}" if 0 < first < repositories.total else words))
        parts.append(_Links(("", url) for _, url in repositories.first))
    return parts
