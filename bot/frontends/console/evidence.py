"""The evidence of an answer: for each citation, the sentence of the abstract that supports it."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.assistant.answer import Answer, Statement
from bot.frontends.console.lines import Lines
from bot.frontends.console.statements import markers
from bot.frontends.latex import readable

_VERBATIM = "The sentences above are word for word those of the abstracts."
_WORD_FOR_WORD = "this is the abstract's own sentence"
_NONE = "This answer cites nothing."


def render_evidence(answer: Answer) -> RenderableType:
    """Return each sentence that was said, and below it what supports it, word for word."""
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
