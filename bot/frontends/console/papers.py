"""Papers as they are printed: in lists, one by one, and how many there were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answers.cards import Card, authors_of, facts_of, links_of
from bot.answers.listings import Listing
from bot.answers.retrieval import Retrieved
from bot.answers.wording import count, day, hub_links, nothing_found, paper_facts, searched_for
from bot.frontends.console.screen import Lines
from bot.i18n.translation import gettext
from bot.latex import readable
from bot.models import Paper
from bot.search.ranking.second_stage import SearchResult, explain

MOST_LISTED = 100
"""How many papers a list in a terminal has at the most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper in a list: its number, the details below its title, and below them what is said of it."""

    number: int
    paper: Paper
    details: Sequence[str]
    below: RenderableType | None = None


class Entries:
    """Numbered papers with all their links, each whole on a line of its own, however long: it is there to be copied."""

    def __init__(self, entries: Iterable[Entry], *, mark: str = "[{}] ") -> None:
        self._entries = tuple(entries)
        self._marks = [mark.format(entry.number) for entry in self._entries]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(map(len, self._marks), default=0)
        narrowed = options.update(width=max(1, options.max_width - width), height=None)
        indent = Segment(" " * width)
        for entry, mark in zip(self._entries, self._marks, strict=True):
            first = Segment(mark.rjust(width), Style(color="cyan"))
            for line in console.render_lines(_words(entry), narrowed, pad=False):
                yield first
                yield from line
                yield Segment.line()
                first = indent
            for url in entry_links(entry.paper):
                yield from (indent, Segment(url, Style(color="blue", link=url)), Segment.line())


def _words(entry: Entry) -> Group:
    parts: list[RenderableType] = [Text(readable(entry.paper.title), style="bold")]
    if entry.details:
        parts.append(Text(" · ".join(entry.details), style="dim"))
    if entry.below:
        parts.append(entry.below)
    return Group(*parts)


def entry_links(paper: Paper) -> list[str]:
    """Return the links of a paper in a list: its own page or a search for it, Hugging Face's, code, project."""
    return [link for link in (paper.url, paper.hub_url, paper.code_url, paper.project_url) if link]


def papers_list(papers: Iterable[tuple[int, Paper]]) -> Entries:
    """Return numbered papers with what is known of them and their links."""
    return Entries(Entry(number, paper, paper_facts(paper)) for number, paper in papers)


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


def render_result(result: Retrieved, sentences: Sequence[str], *, explained: bool = False) -> RenderableType:
    """Return the papers, best first, each with a sentence of its abstract, or why there is none.

    When `explained`, what each one's score is made of takes the sentence's place.
    """
    parts: list[RenderableType] = []
    if wording := searched_for(result.plan.wording):
        parts += [Text(wording, style="dim"), Text()]
    if not result.hits:
        parts.append(Text(nothing_found(result)))
    else:
        below = (
            _explanations(result)
            if explained
            else [Text(f"“{readable(said)}”") if said else None for said in sentences]
        )
        parts.append(
            Entries(
                Entry(number, paper, paper_facts(paper), said)
                for number, (paper, said) in enumerate(zip(result.papers, below, strict=True), start=1)
            )
        )
    footer = f"Searched titles and abstracts of {count(result.searched, 'paper')}"
    return Lines(Group(*parts, Text(), Text(footer, style="dim")))


def _quoted(sentence: str) -> RenderableType | None:
    return Text(f"“{readable(sentence)}”") if sentence else None


def _explanations(result: SearchResult) -> list[RenderableType | None]:
    tables: list[RenderableType | None] = []
    for hit in result.hits:
        explained = explain(hit, result.terms, result.index)
        table = Table(box=None, padding=(0, 2), header_style="dim")
        table.add_column("term")
        for name in ("weight", "times", "adds"):
            table.add_column(name, justify="right")
        for share in explained.shares:
            table.add_row(share.term, f"{share.weight:.2f}", str(share.times), f"{share.added:.2f}")
        table.add_row("title, neighbouring words", "", "", f"{explained.second_stage:.2f}")
        table.add_row("score", "", "", f"{hit.score:.2f}", style="bold")
        tables.append(table)
    return tables
