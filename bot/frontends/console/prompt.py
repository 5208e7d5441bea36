"""The prompt: one question after another, and a few commands."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.answers.answer import Answer
from bot.answers.history.conversations import Conversations
from bot.answers.request import Level
from bot.errors.requests import QuestionError
from bot.errors.services import BudgetUsed
from bot.frontends.console.asking import CONSOLE, PLACE, Asking, Request, show
from bot.frontends.console.papers import render_more
from bot.frontends.console.rendering import render_evidence

with suppress(ImportError):  # not on every system; with it, input() can be edited and has a history
    import readline as _readline  # noqa: F401


def read_line(console: Console) -> str:
    """Return what is typed, or nothing when the input ends or is interrupted."""
    # asyncio's handler would only note Ctrl-C for later, and the prompt would go on waiting.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        console.print()
        return input("› ").strip()
    except (EOFError, KeyboardInterrupt):
        console.print()
        return ""
    finally:
        signal.signal(signal.SIGINT, handler)


async def interruptible(work: Coroutine[Any, Any, None]) -> bool:
    """Do the work until its end or until Ctrl-C, which stops nothing else; return whether it came to its end."""
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work)
    handler = signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(task.cancel))
    try:
        await asyncio.wait([task])
        if task.cancelled():
            return False
        task.result()
    finally:
        task.cancel()
        signal.signal(signal.SIGINT, handler)
    return True


_HELP = (
    ("/more", "show the next papers of the last list"),
    ("/evidence", "show the abstracts' sentences behind the last answer"),
    ("/summarise SUBJECT ; …", "summarise one or more papers, or the papers on a topic"),
    ("/compare SIDE ; SIDE ; …", "compare two to five papers or topics, side by side"),
    ("/explain TERM ; LEVEL", f"explain a term; LEVEL (optional): {', '.join(Level)}"),
    ("/forget", "delete this conversation and start a new one"),
    ("/help", "show this list"),
)
_PAGE = 10
"""How many papers of a list are shown at once."""

_REQUESTS = frozenset({"/summarise", "/summarize", "/compare", "/explain"})


class ConsolePrompt:
    """Reads lines and does what they say. Keeps the conversation and the last answer."""

    def __init__(
        self, *, console: Console, asking: Asking, conversations: Conversations, evidence: bool = False
    ) -> None:
        self._console = console
        self._asking = asking
        self._conversations = conversations
        self._evidence = evidence
        self._last: Answer | None = None
        self._listed = 0

    async def converse(self) -> None:
        """Go on until the input ends. What is wrong with one line doesn't end it, nor does Ctrl-C in an answer."""
        self._say("Ask about the papers. Type /help for commands; an empty line or Ctrl-D to quit.")
        while line := read_line(self._console):
            self._console.print()
            try:
                if not await interruptible(self.do(line)):
                    self._say("Stopped.")
            except (QuestionError, BudgetUsed) as error:
                self._console.print(Text(str(error), style="red"))

    async def do(self, line: str) -> None:
        """Do what one line says. Raises QuestionError and StoreEmpty."""
        name, _, rest = line.partition(" ")
        name = name.lower()
        if name == "/more":
            await self._more()
        elif name == "/evidence":
            self._show_evidence()
        elif name == "/forget":
            await self._forget()
        elif name == "/help":
            self._console.print(_help())
        elif name.startswith("/") and name not in _REQUESTS:
            self._say(f"There's no command {name}. Type /help for the commands.")
        else:
            self._last = await show(self._console, self._request(line, name, rest))
            self._listed = len(self._last.sources)
            if len(self._last.list_keys) > self._listed:
                self._say("/more shows the next ones.")
            if self._evidence:
                self._console.print()
                self._show_evidence()

    def _request(self, line: str, name: str, rest: str) -> Request:
        match name:
            case "/summarise" | "/summarize":
                return self._asking.summarise([rest])
            case "/compare":
                return self._asking.compare([rest])
            case "/explain":
                term, _, level = rest.rpartition(";")
                if level.strip().lower() in set(Level):
                    return self._asking.explain(term, level=Level(level.strip().lower()))
                return self._asking.explain(rest)
            case _:
                return self._asking.ask(line)

    def _show_evidence(self) -> None:
        if self._last is None:
            self._say("There's no answer yet. Ask something first.")
        else:
            self._console.print(render_evidence(self._last))

    async def _more(self) -> None:
        keys = self._last.list_keys[self._listed :][:_PAGE] if self._last else ()
        if self._last is None or not keys:
            self._say("There are no more papers. Ask for a list first, such as: papers about transformers.")
            return
        papers = await self._asking.assistant.papers(keys)
        self._console.print(render_more(papers, first=self._listed + 1, total=len(self._last.list_keys)))
        self._listed += len(keys)

    async def _forget(self) -> None:
        if self._asking.conversation:
            await self._conversations.forget(self._asking.conversation)
        self._asking = self._asking.within(self._conversations.start(PLACE, CONSOLE))
        self._last = None
        self._say("The conversation was deleted. Your next question starts a new one.")

    def _say(self, sentence: str) -> None:
        self._console.print(Text(sentence, style="dim"))


def _help() -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="bold")
    for command, meaning in _HELP:
        table.add_row(command, meaning)
    return table
