"""Sentences with their citations, as Discord's markdown."""

from collections.abc import Sequence
from string import ascii_uppercase

from bot.answers.answer import Column, Row, Source, Statement
from bot.answers.comparisons import CODE_IS_PUBLIC
from bot.answers.summaries import IN_SHORT
from bot.answers.wording import NOT_STATED, row_label, without_stop
from bot.frontends.discord.shared import sources as source_lines
from bot.frontends.discord.shared.markdown import escape
from bot.latex import readable


def prose(statements: Sequence[Statement]) -> str:
    """Return sentences one after the other, each with what leads it."""
    return "".join(f"{statement.lead}{_cited(statement)}" for statement in statements).strip()


def quotes(statements: Sequence[Statement]) -> str:
    """Return verbatim sentences, each as a quotation of its own."""
    return "\n\n".join(f"> {quoted(statement)}" for statement in statements)


def quoted(statement: Statement) -> str:
    """Return a verbatim sentence in quotation marks, with its citations after them."""
    return f"“{escape(readable(statement.text))}” {markers(statement.citations)}".rstrip()


def markers(numbers: Sequence[int]) -> str:
    """Return citations as in [1][3]."""
    return "".join(f"[{number}]" for number in numbers)


def _cited(statement: Statement) -> str:
    own = CODE_IS_PUBLIC.localized() if statement.text == CODE_IS_PUBLIC else statement.text
    text, stop = without_stop(readable(own))
    cited = markers(statement.citations)
    return f"{escape(text)} {cited}{stop}" if cited else escape(f"{text}{stop}")


def rows_text(columns: Sequence[Column], rows: Sequence[Row], sources: Sequence[Source] = ()) -> str:
    """Return a comparison (several columns), a line for each paper (a column of several), or one paper's summary.

    A sentence without evidence of its own is word for word its source's, and stands in quotation marks.
    """
    if not rows or not columns:
        return ""
    if len(columns) > 1:
        return "\n\n".join([_legend(columns), *(_compared(row) for row in rows)])
    if of_several(columns):
        return "\n\n".join(_of_paper(row, sources) for row in rows)
    return "\n\n".join(filter(None, map(_aspect, rows)))


def of_several(columns: Sequence[Column]) -> bool:
    """Return whether each row tells of a paper of its own."""
    return len(columns) == 1 and len(columns[0].numbers) > 1


def source_of(row: Row, sources: Sequence[Source]) -> Source | None:
    """Return the paper that a row of a summary of several tells of: the one cited, or one with this title."""
    cited = {number for cell in row.cells for statement in cell for number in statement.citations}
    by_number = next((source for source in sources if source.number in cited), None)
    return by_number or next((source for source in sources if source.paper.title == row.label), None)


def _legend(columns: Sequence[Column]) -> str:
    lines = (
        f"**{letter}** · {escape(readable(column.name))} {markers(column.numbers)}"
        for letter, column in zip(ascii_uppercase, columns, strict=False)
    )
    return "\n".join(line.rstrip() for line in lines)


def _compared(row: Row) -> str:
    """Return a heading, a line for each side, and one for all sides that the row says nothing of."""
    told = [f"**{letter}** · {_said(cell)}" for letter, cell in zip(ascii_uppercase, row.cells, strict=False) if cell]
    silent = [letter for letter, cell in zip(ascii_uppercase, row.cells, strict=False) if not cell]
    if silent:
        told.append(f"**{', '.join(silent)}** · {_empty()}")
    return "\n".join([f"**{escape(readable(row_label(row.label)))}**", *told])


def _of_paper(row: Row, sources: Sequence[Source]) -> str:
    source = source_of(row, sources)
    said = " ".join(_said(cell) for cell in row.cells if cell)
    if source is None:
        return f"**{escape(readable(row_label(row.label)))}**\n{said}".rstrip()
    head = f"{markers([source.number])} {source_lines.title(source.paper)}"
    return "\n".join(filter(None, [head, said, f"-# {source_lines.details(source.paper)}"]))


def _aspect(row: Row) -> str:
    said = " ".join(_said(cell) for cell in row.cells if cell)
    if not said and row.label == IN_SHORT:  # no abstract "states" it: there is just none
        return ""
    return f"**{escape(readable(row_label(row.label)))}** {said or _empty()}"


def _empty() -> str:
    return f"*{NOT_STATED.localized()}*"


def _said(cell: Sequence[Statement]) -> str:
    return " ".join(prose([statement]) if statement.evidence else quoted(statement) for statement in cell)
