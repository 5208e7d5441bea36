"""Papers in a list, and what a search found, as they are printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answers.retrieval import Retrieved
from bot.answers.wording import count, nothing_found, paper_facts, searched_for
from bot.frontends.console.screen import Lines
from bot.latex import readable
from bot.models import Paper
from bot.search.ranking.second_stage import SearchResult, explain


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


def render_more(papers: Sequence[Paper], *, first: int, total: int) -> RenderableType:
    """Return the next papers of a list, numbered from `first`."""
    shown = first + len(papers) - 1
    footer = Text(f"{shown:,} of {total:,} papers shown", style="dim")
    return Lines(Group(papers_list(enumerate(papers, start=first)), Text(), footer))


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
