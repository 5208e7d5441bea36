"""The rows of summaries and comparisons."""

from collections.abc import Sequence

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.assistant.answer import Column, Row, Statement, Task
from bot.frontends.console.statements import markers, prose
from bot.frontends.latex import readable
from bot.frontends.wording import NOT_STATED

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
