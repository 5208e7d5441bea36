"""An answer while it is written."""

from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.assistant.answer import Answer, Statement
from bot.assistant.assistant import Assistant
from bot.assistant.events import Done, Searching, SentenceReady, SourcesFound
from bot.frontends.console.answers import prose, render_answer
from bot.frontends.console.screen import local_zone
from bot.frontends.wording import count
from bot.search.filters import Filters


async def ask(console: Console, assistant: Assistant, question: str, *, filters: Filters) -> Answer:
    """Print an answer, sentence by sentence where a terminal is attached, and return it."""
    statements: list[Statement] = []
    with Live(console=console, transient=True, auto_refresh=False) as live:
        async for event in assistant.ask(question, filters=filters, zone=local_zone()):
            match event:
                case Searching():
                    live.update(Text("Searching …", style="dim"), refresh=True)
                case SourcesFound(sources):
                    live.update(Text(f"Reading {count(len(sources), 'abstract')} …", style="dim"), refresh=True)
                case SentenceReady(statement):
                    statements.append(statement)
                    live.update(prose(statements), refresh=True)
                case Done(answer):
                    live.update("", refresh=True)
                    break
                case _:
                    pass
    console.print(render_answer(answer))
    return answer
