"""An answer while it is written."""

from collections.abc import Sequence
from contextlib import aclosing

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from bot.answers.answer import Answer, Column, Row, Statement
from bot.answers.events import Done, RowReady, Searching, SentenceReady, SourcesFound
from bot.answers.wording import count
from bot.frontends.console.asking import Request
from bot.frontends.console.rendering import prose, render_answer, render_rows
from bot.frontends.console.screen import LastLines


async def show(console: Console, request: Request) -> Answer:
    """Print an answer, sentence by sentence where a terminal is attached, and return it."""
    answer = await follow(console, request)
    console.print(render_answer(answer))
    return answer


async def follow(console: Console, request: Request) -> Answer:
    """Return the answer when it is finished, and show it until then where a terminal is attached."""
    statements: list[Statement] = []
    rows: list[Row] = []
    columns: tuple[Column, ...] = ()
    answer: Answer | None = None
    with Live(console=console, transient=True, auto_refresh=False) as live:
        async with aclosing(request.events) as events:
            async for event in events:
                match event:
                    case Searching():
                        live.update(Text("Searching …", style="dim"), refresh=True)
                    case SourcesFound(sources):
                        live.update(Text(f"Reading {count(len(sources), 'abstract')} …", style="dim"), refresh=True)
                    case SentenceReady(statement):
                        statements.append(statement)
                        live.update(_so_far(request, statements, columns, rows), refresh=True)
                    case RowReady(row, columns):
                        rows.append(row)
                        live.update(_so_far(request, statements, columns, rows), refresh=True)
                    case Done(answer):
                        live.update("", refresh=True)
    assert answer is not None, "the last event is Done"
    return answer


def _so_far(
    request: Request, statements: Sequence[Statement], columns: Sequence[Column], rows: Sequence[Row]
) -> RenderableType:
    parts: list[RenderableType] = [prose(statements)] if statements else []
    if rows:
        parts.append(render_rows(request.task, columns, rows))
    return LastLines(Group(*parts))


async def finished(request: Request) -> Answer:
    """Return the answer when it is finished, and show nothing."""
    async with aclosing(request.events) as events:
        async for event in events:
            if isinstance(event, Done):
                return event.answer
    raise AssertionError("the last event is Done")
