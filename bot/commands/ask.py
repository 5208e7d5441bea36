"""`paperbot ask`: a question, or a prompt for many."""

import asyncio
import sys

import click

from bot.commands.answering import answer, asking_of, introduce
from bot.commands.opening import opened
from bot.commands.options import Choices, answering
from bot.errors import QuestionEmpty
from bot.frontends.console.prompt import Prompt
from bot.frontends.console.screen import make_console


@click.command()
@click.argument("question", nargs=-1)
@click.option("-i", "--interactive", is_flag=True, help="Go on asking afterwards, when a terminal is attached.")
@click.option("-c", "--continue", "again", is_flag=True, help="Go on with the last conversation in a terminal.")
@answering
def ask(choices: Choices, question: tuple[str, ...], interactive: bool, again: bool) -> int:
    """Answer a QUESTION about the papers, with sources.

    Without a QUESTION, and with a terminal attached, offers a prompt, which keeps a conversation: "and its training
    cost?" is understood. /help lists its commands.

    \b
    Examples:
      paperbot ask what is Stormer?
      paperbot ask --since 2025-01-01 "which papers use EEG?"
      paperbot ask --continue "and what does it cost to train?"
      paperbot ask --json "what is Stormer?"
      paperbot ask --sample --extracts

    Exit codes: 0 answered, or said that there is no answer; 2 the question can't be used; 66 no papers yet;
    69 the model failed and extracts were shown instead.
    """
    text = " ".join(question)
    prompt = sys.stdin.isatty() and not choices.as_json and (interactive or not question)
    if not text and not prompt:
        raise QuestionEmpty
    if again and choices.sample:
        raise click.UsageError("--sample keeps no conversations. Leave it or --continue out.")

    async def body() -> int:
        console = make_console()
        code = 0
        async with opened(sample=choices.sample, use_model=not choices.extracts) as app:
            introduce(console, choices)
            asking = await asking_of(app, choices, again=again)
            if text:
                code = await answer(console, choices, asking.ask(text), said=text)
            if prompt:
                console.print()
                await Prompt(
                    console=console,
                    asking=asking,
                    conversations=app.conversations,
                    evidence=choices.evidence,
                ).converse()
        return code

    return asyncio.run(body())
