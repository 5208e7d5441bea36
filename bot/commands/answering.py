"""What the commands that answer have in common: open, ask, show, and give the exit code."""

from collections.abc import Callable

import click
from rich.console import Console
from rich.text import Text

from bot.app import App
from bot.assistant.answer import Answer
from bot.commands.opening import opened
from bot.commands.options import Choices
from bot.frontends.console.asking import Asking, Request
from bot.frontends.console.conversing import conversation_for
from bot.frontends.console.evidence import render_evidence
from bot.frontends.console.live import finished, show
from bot.frontends.console.screen import make_console
from bot.frontends.json_objects import answer_object, print_object
from bot.text import one_line, shorten

Make = Callable[[Asking], Request]

_SAID_CHARS = 300


async def answer_once(choices: Choices, make: Make, *, said: str) -> int:
    """Open the app, show one answer and return the exit code. `said` is the request in words, shown above it."""
    async with opened(sample=choices.sample, use_model=not choices.extracts) as app:
        console = make_console()
        introduce(console, choices)
        return await answer(console, choices, make(await asking_of(app, choices)), said=said)


async def asking_of(app: App, choices: Choices, *, again: bool = False) -> Asking:
    """Return what asks in a new conversation, or, `again`, in the last one. Raises ConversationOver."""
    conversation = await conversation_for(app, again=again)
    return Asking(assistant=app.assistant, filters=choices.filters, conversation=conversation, fresh=choices.fresh)


def introduce(console: Console, choices: Choices) -> None:
    """Say which papers are asked about where they are not the store's."""
    if choices.sample and not choices.as_json:
        console.print(Text("52 bundled papers, their abstracts retold in paperbot's own words", style="dim"))


async def answer(console: Console, choices: Choices, request: Request, *, said: str) -> int:
    """Show the answer to a request and return the exit code: 0, or that of the model's failure."""
    if choices.as_json:
        answer = await finished(request)
        print_object(answer_object(answer))
    else:
        console.print(Text(f"\n› {shorten(one_line(said), _SAID_CHARS)}\n", style="dim"))
        answer = await show(console, request)
        if choices.evidence:
            console.print()
            console.print(render_evidence(answer))
    return _told(answer)


def _told(answer: Answer) -> int:
    if answer.failure is None:
        return 0
    click.echo(f"paperbot: {answer.failure}", err=True)
    return answer.failure.exit_code
