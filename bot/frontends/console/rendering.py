"""Answers, their evidence, and what a search found, as they are printed."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answers.answer import Answer, Column, Kind, Row, Statement, Task
from bot.answers.retrieval import Retrieved
from bot.answers.wording import (
    NOT_STATED,
    count,
    heading,
    nothing_found,
    paper_facts,
    searched,
    searched_for,
    without_stop,
)
from bot.frontends.console.screen import Lines
from bot.latex import readable
from bot.models import Paper
from bot.search.ranking.second_stage import SearchResult, explain

_KEPT = "reused from an earlier, identical question; --fresh asks again"


def prose(statements: Sequence[Statement], *, quoting: bool = False) -> Text:
    """Return sentences as one text, each with its citations before its full stop.

    `quoting` puts those that are verbatim into quotation marks, with the citations after them.
    """
    text = Text()
    for statement in statements:
        text.append(statement.lead if text else statement.lead.lstrip())
        said, stop = (
            (f"“{readable(statement.text)}”", "")
            if quoting and statement.verbatim
            else without_stop(readable(statement.text))
        )
        text.append(said)
        if statement.closing:
            text.append(f" {markers(statement.closing)}", style="cyan")
        text.append(stop)
    return text


def markers(numbers: Sequence[int]) -> str:
    """Return citations as in [1][2]."""
    return "".join(f"[{number}]" for number in numbers)


_TABLE_WIDTH = 80
"""The narrowest screen for a table, in which three sides have about 20 characters each."""

_TABLE_COLUMNS = 3
_LABEL_WIDTH = 14
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def render_rows(task: Task, columns: Sequence[Column], rows: Sequence[Row]) -> RenderableType:
    """Return a comparison's rows side by side where the screen has room, and a summary's as lines."""
    if task is Task.COMPARISON:
        return _Comparison(columns, rows)
    return _lines([(readable(row.label), _cell(row, 0)) for row in rows])


class _Comparison:
    """A table, or, where that would be too narrow to read, one side below the other."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self._columns = columns
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width < _TABLE_WIDTH or len(self._columns) > _TABLE_COLUMNS:
            yield self._stacked()
        else:
            yield self._table()

    def _table(self) -> Table:
        table = Table(box=box.SIMPLE_HEAD, leading=1, expand=True, show_edge=False, pad_edge=False, padding=(0, 1))
        table.add_column("", style="bold", max_width=_LABEL_WIDTH)
        for column in self._columns:
            table.add_column(Text(_name(column), style="bold"), ratio=1, overflow="fold")
        for row in self._rows:
            cells = [_cell(row, place) for place in range(len(self._columns))]
            table.add_row(Text(readable(row.label)), *cells)
        return table

    def _stacked(self) -> Group:
        letters = _LETTERS[: len(self._columns)]
        sides = [(letter, Text(_name(column))) for letter, column in zip(letters, self._columns, strict=True)]
        blocks: list[RenderableType] = [_lines(sides)]
        for row in self._rows:
            said = [(letter, _cell(row, place)) for place, letter in enumerate(letters)]
            blocks += [Text(), Text(readable(row.label), style="bold"), Padding(_lines(said), (0, 0, 0, 2))]
        return Group(*blocks)


def _lines(lines: Sequence[tuple[str, Text]]) -> Table:
    """Return `label: text` lines, the texts below each other where the labels are short."""
    if any(len(label) > _LABEL_WIDTH for label, _ in lines):
        table = Table.grid()
        for label, text in lines:
            table.add_row(Text.assemble((f"{label}: ", "bold"), text))
        return table
    table = Table.grid(padding=(0, 1))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in lines:
        table.add_row(f"{label}:", text)
    return table


def _cell(row: Row, place: int) -> Text:
    statements: tuple[Statement, ...] = row.cells[place] if place < len(row.cells) else ()
    return prose(statements, quoting=True) if statements else Text(NOT_STATED, style="dim italic")


def _name(column: Column) -> str:
    return f"{readable(column.name)} {markers(column.numbers)}".rstrip()


def render_answer(answer: Answer) -> RenderableType:
    """Return a whole answer: heading, sentences, rows, reason, sources, what was searched."""
    verbatim = answer.kind is Kind.EXTRACTS
    parts: list[RenderableType] = [Text(heading(answer), style="bold")]
    if wording := searched_for(answer.wording):
        parts.append(Text(wording, style="dim"))
    if answer.statements:
        parts += [Text(), _quotes(answer.statements) if verbatim else prose(answer.statements)]
    if answer.rows:
        parts += [Text(), render_rows(answer.task, answer.columns, answer.rows)]
    if answer.notice:
        parts += [Text(), Text(answer.notice, style="" if answer.kind is Kind.PAPERS else "yellow")]
    if answer.sources:
        parts += [Text(), papers_table([(source.number, source.paper) for source in answer.sources])]
    footer = f"{searched(answer)} · {_KEPT}" if answer.cached else searched(answer)
    return Lines(Group(*parts, Text(), Text(footer, style="dim")))


def _quotes(statements: Sequence[Statement]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="cyan", no_wrap=True)
    table.add_column()
    for statement in statements:
        table.add_row(markers(statement.citations), f"“{readable(statement.text)}”")
    return table


_VERBATIM = "The sentences above come word for word from the abstracts."
_WORD_FOR_WORD = "word for word from the abstract"
_NONE = "This answer has no citations."


def render_evidence(answer: Answer) -> RenderableType:
    """Return each cited sentence, and below it the sentences that support it, word for word."""
    said = list(cited_statements(answer))
    if not said:
        return Text(_NONE, style="dim")
    if all(statement.verbatim for statement in said):
        return Text(_VERBATIM, style="dim")
    parts: list[RenderableType] = [Text("Evidence", style="bold")]
    for statement in said:
        parts += [Text(), Text(readable(statement.text)), Padding(_support(statement), (0, 0, 0, 2))]
    return Lines(Group(*parts))


def cited_statements(answer: Answer) -> Iterator[Statement]:
    """Yield what an answer says with a citation, in the order in which it is shown, each once."""
    in_cells = (statement for row in answer.rows for cell in row.cells for statement in cell)
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for statement in (*answer.statements, *in_cells):
        identity = (statement.text, statement.citations)
        if statement.citations and identity not in seen:
            seen.add(identity)
            yield statement


def _support(statement: Statement) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="cyan", no_wrap=True)
    table.add_column()
    for evidence in statement.evidence:
        table.add_row(f"[{evidence.number}]", f"“{readable(evidence.sentence)}”")
    if not statement.evidence:
        table.add_row(markers(statement.citations), Text(_WORD_FOR_WORD, style="dim"))
    return table


def render_explanations(result: SearchResult) -> RenderableType:
    """Return, for each paper of a result, what its score is made of."""
    parts: list[RenderableType] = []
    for number, hit in enumerate(result.hits, start=1):
        explained = explain(hit, result.terms, result.index)
        table = Table(box=None, padding=(0, 2), header_style="dim")
        table.add_column("term")
        for name in ("weight", "times", "adds"):
            table.add_column(name, justify="right")
        for share in explained.shares:
            table.add_row(share.term, f"{share.weight:.2f}", str(share.times), f"{share.added:.2f}")
        table.add_row("title, neighbouring words", "", "", f"{explained.second_stage:.2f}")
        table.add_row("score", "", "", f"{hit.score:.2f}", style="bold")
        parts += [Text(f"[{number}] {hit.paper.title}", style="bold"), table, Text()]
    return Group(*parts)


def papers_table(papers: Sequence[tuple[int, Paper]]) -> Table:
    """Return numbered papers with what is known of them and their links."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for number, paper in papers:
        links = [link for link in (paper.url if paper.has_page else None, paper.code_url, paper.project_url) if link]
        table.add_row(
            f"[{number}]",
            Group(
                Text(readable(paper.title), style="bold"),
                Text(" · ".join(paper_facts(paper)), style="dim"),
                *(Text(link, style=Style(color="blue", link=link)) for link in links),
            ),
        )
    return table


def render_more(papers: Sequence[Paper], *, first: int, total: int) -> RenderableType:
    """Return the next papers of a list, numbered from `first`."""
    table = papers_table(list(enumerate(papers, start=first)))
    shown = first + len(papers) - 1
    footer = f"{shown:,} of {total:,} papers shown"
    return Lines(Group(table, Text(), Text(footer, style="dim")))


def render_result(result: Retrieved, *, explained: bool = False) -> RenderableType:
    """Return the papers, best first, or why there is none; when `explained`, what each one's score is made of."""
    parts: list[RenderableType] = []
    if wording := searched_for(result.plan.wording):
        parts += [Text(wording, style="dim"), Text()]
    if not result.hits:
        parts.append(Text(nothing_found(result)))
    elif explained:
        parts.append(render_explanations(result))
    else:
        parts.append(papers_table(list(enumerate(result.papers, start=1))))
    footer = f"Searched titles and abstracts of {count(result.searched, 'paper')}"
    return Lines(Group(*parts, Text(), Text(footer, style="dim")))
