"""`paperbot ask`: a question, or a prompt for many."""

import asyncio
import sys
from datetime import datetime

import click
from rich.text import Text

from bot.commands import options
from bot.commands.opening import opened
from bot.errors import QuestionEmpty
from bot.frontends.console.live import ask as show_answer
from bot.frontends.console.prompt import converse
from bot.frontends.console.screen import make_console


@click.command()
@click.argument("question", nargs=-1)
@options.sample
@click.option("--extracts", is_flag=True, help="Answer with extracts even when a model is set up.")
@click.option("-i", "--interactive", is_flag=True, help="Go on asking afterwards, when a terminal is attached.")
@options.since
@options.until
def ask(
    question: tuple[str, ...],
    sample: bool,
    extracts: bool,
    interactive: bool,
    since: datetime | None,
    until: datetime | None,
) -> int:
    """Answer a QUESTION about the papers, with sources.

    Without a QUESTION, and with a terminal attached, offers a prompt.

    \b
    Examples:
      paperbot ask what is Stormer?
      paperbot ask --since 2025-01-01 "which papers use EEG?"
      paperbot ask --sample --extracts

    \b
    Exit codes: 0 answered, or said that there is no answer; 2 the question can't be used; 66 no papers yet;
    69 the model failed and extracts were shown instead.
    """
    text = " ".join(question)
    filters = options.filters_of(since, until)
    prompt = sys.stdin.isatty() and (interactive or not question)
    if not text and not prompt:
        raise QuestionEmpty

    async def body() -> int:
        console = make_console()
        code = 0
        async with opened(sample=sample, use_model=not extracts) as app:
            if sample:
                console.print(Text("52 bundled papers, their abstracts retold in paperbot's own words", style="dim"))
            if text:
                console.print(Text(f"\n› {text}\n", style="dim"))
                answer = await show_answer(console, app.assistant, text, filters=filters)
                if answer.failure:
                    click.echo(f"paperbot: {answer.failure}", err=True)
                    code = answer.failure.exit_code
            if prompt:
                console.print()
                await converse(console, app.assistant, filters=filters)
        return code

    return asyncio.run(body())
