"""The prompt: one question after another."""

import signal

from rich.console import Console
from rich.text import Text

from bot.assistant.assistant import Assistant
from bot.errors import QuestionError
from bot.frontends.console.live import ask
from bot.search.filters import Filters


async def converse(console: Console, assistant: Assistant, *, filters: Filters) -> None:
    """Answer questions from a prompt until the input ends. Errors of one question don't end it."""
    console.print(Text("Ask about the papers. An empty line or Ctrl-D ends.", style="dim"))
    while question := _read_line(console):
        console.print()
        try:
            await ask(console, assistant, question, filters=filters)
        except QuestionError as error:
            console.print(Text(str(error), style="red"))


def _read_line(console: Console) -> str:
    """Return what is typed, or nothing when the input ends or is interrupted."""
    # asyncio's handler would only note Ctrl-C for later, and the prompt would go on waiting.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return console.input("\n› ").strip()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return ""
    finally:
        signal.signal(signal.SIGINT, handler)
