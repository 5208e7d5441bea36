"""Answers and their evidence, as they are printed."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.answers.answer import Answer, Column, Kind, Row, Statement, Task, closes
from bot.answers.wording import (
    NOT_STATED,
    heading,
    searched,
    searched_for,
    without_stop,
)
from bot.frontends.console.papers import papers_list
from bot.frontends.console.screen import Lines
from bot.latex import readable

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
    if answer.task is Task.TALK:
        return Lines(Text(answer.notice or ""))
    verbatim = answer.kind in {Kind.EXTRACTS, Kind.CLOSEST}
    parts: list[RenderableType] = [Text(heading(answer), style="bold")]
    if wording := searched_for(answer.wording):
        parts.append(Text(wording, style="dim"))
    notice = (
        [Text(), Text(answer.notice, style="" if answer.kind is Kind.PAPERS else "yellow")] if answer.notice else []
    )
    said = [Text(), _quotes(answer.statements) if verbatim else prose(answer.statements)] if answer.statements else []
    rows = [Text(), render_rows(answer.task, answer.columns, answer.rows)] if answer.rows else []
    body = [*rows, *said] if closes(answer.columns) else [*said, *rows]
    # Of the closest papers it says what their sentences don't answer.
    parts += [*notice, *body] if answer.kind is Kind.CLOSEST else [*body, *notice]
    if answer.sources:
        parts += [Text(), papers_list((source.number, source.paper) for source in answer.sources)]
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
    in_cells = [statement for row in answer.rows for cell in row.cells for statement in cell]
    said = [*in_cells, *answer.statements] if closes(answer.columns) else [*answer.statements, *in_cells]
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for statement in said:
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
