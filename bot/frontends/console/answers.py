"""A finished answer."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.assistant.answer import Answer, Kind, Statement
from bot.frontends.console.lines import Lines
from bot.frontends.console.papers import papers_table
from bot.frontends.console.rows import render_rows
from bot.frontends.console.statements import markers, prose
from bot.frontends.latex import readable
from bot.frontends.wording import heading, searched, searched_for

_KEPT = "kept from an equal question; --fresh asks anew"


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
        parts += [Text(), Text(answer.notice, style="yellow")]
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
