"""A finished answer."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.assistant.answer import Answer, Kind, Statement
from bot.frontends.console.papers import papers_table
from bot.frontends.wording import HEADINGS, searched, searched_for, without_stop


def render_answer(answer: Answer) -> RenderableType:
    """Return a whole answer: heading, sentences, reason, sources, what was searched."""
    parts: list[RenderableType] = [Text(HEADINGS[answer.kind], style="bold")]
    if wording := searched_for(answer.wording):
        parts.append(Text(wording, style="dim"))
    if answer.statements:
        parts += [Text(), _quotes(answer) if answer.kind is Kind.EXTRACTS else prose(answer.statements)]
    if answer.notice:
        parts += [Text(), Text(answer.notice, style="yellow")]
    if answer.sources:
        parts += [Text(), papers_table([(source.number, source.paper) for source in answer.sources])]
    return Group(*parts, Text(), Text(searched(answer), style="dim"))


def prose(statements: Sequence[Statement]) -> Text:
    """Return sentences as one text, each with its citations before its full stop."""
    text = Text()
    for statement in statements:
        text.append(statement.lead if text else statement.lead.lstrip())
        said, stop = without_stop(statement.text)
        text.append(said)
        text.append(" " + "".join(f"[{number}]" for number in statement.citations), style="cyan")
        text.append(stop)
    return text


def _quotes(answer: Answer) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="cyan", no_wrap=True)
    table.add_column()
    for statement in answer.statements:
        table.add_row("".join(f"[{number}]" for number in statement.citations), f"“{statement.text}”")
    return table
