"""The commands that answer: `ask`, `summarise`, `compare` and `explain`."""

import sys
from collections.abc import Callable

import click
from rich.console import Console
from rich.text import Text

from bot.answers.request import Level
from bot.app import App
from bot.commands import common
from bot.errors.requests import QuestionEmpty
from bot.frontends.console.asking import Asking, Request, conversation_for, show, sides, wait_for_answer
from bot.frontends.console.json_objects import answer_object, print_object
from bot.frontends.console.prompt import ConsolePrompt
from bot.frontends.console.rendering import render_evidence
from bot.frontends.console.screen import make_console
from bot.text import one_line, shorten

Make = Callable[[Asking], Request]

_HEADING_CHARS = 300


async def answer_once(choices: common.Choices, make: Make, *, said: str) -> int:
    """Open the app, show one answer and return the exit code. `said` is the request in words, shown above it."""
    async with common.opened(sample=choices.sample, use_model=not choices.extracts) as app:
        console = make_console()
        introduce(console, choices)
        return await answer(console, choices, make(await asking_of(app, choices)), said=said)


async def asking_of(app: App, choices: common.Choices, *, again: bool = False) -> Asking:
    """Return what asks in a new conversation, or, `again`, in the last one. Raises ConversationOver."""
    conversation = await conversation_for(app, again=again)
    return Asking(assistant=app.assistant, filters=choices.filters, conversation=conversation, fresh=choices.fresh)


def introduce(console: Console, choices: common.Choices) -> None:
    """Say which papers are asked about where they are not the store's."""
    if choices.sample and not choices.as_json:
        console.print(Text("52 bundled papers, with abstracts in paperbot's own words", style="dim"))


async def answer(console: Console, choices: common.Choices, request: Request, *, said: str) -> int:
    """Show the answer to a request and return the exit code: 0, or that of the model's failure."""
    if choices.as_json:
        answer = await wait_for_answer(request)
        print_object(answer_object(answer))
    else:
        console.print(Text(f"\n› {shorten(one_line(said), _HEADING_CHARS)}\n", style="dim"))
        answer = await show(console, request)
        if choices.evidence:
            console.print()
            console.print(render_evidence(answer))
    if answer.failure is None:
        return 0
    click.echo(f"paperbot: {answer.failure}", err=True)
    return answer.failure.exit_code


@click.command()
@click.argument("question", nargs=-1)
@click.option("-i", "--interactive", is_flag=True, help="Keep asking after the answer, if a terminal is attached.")
@click.option("-c", "--continue", "again", is_flag=True, help="Continue the last terminal conversation.")
@common.answering
@common.asynchronous
async def ask(choices: common.Choices, question: tuple[str, ...], interactive: bool, again: bool) -> int:
    """Answer a QUESTION about the papers, with sources.

    In a terminal, without a QUESTION, opens a prompt. It keeps the conversation, so you can ask "and its training
    cost?" next. /help lists its commands.

    \b
    Examples:
      paperbot ask "what is Stormer?"
      paperbot ask --since 2025-01-01 "which papers use EEG?"
      paperbot ask --continue "and what about its training cost?"
      paperbot ask --json "what is Stormer?"
      paperbot ask --sample --extracts "who is behind SpikeGPT?"

    Exit codes: 0 answered, or there is no answer; 2 the question can't be used; 66 no papers yet;
    69 the model failed and extracts were shown instead.
    """
    text = " ".join(question)
    prompt = sys.stdin.isatty() and not choices.as_json and (interactive or not question)
    if not text and not prompt:
        raise QuestionEmpty
    if again and choices.sample:
        raise click.UsageError("--sample doesn't keep conversations. Drop either --sample or --continue.")

    console = make_console()
    code = 0
    async with common.opened(sample=choices.sample, use_model=not choices.extracts) as app:
        introduce(console, choices)
        asking = await asking_of(app, choices, again=again)
        if text:
            code = await answer(console, choices, asking.ask(text), said=text)
        if prompt:
            console.print()
            await ConsolePrompt(
                console=console,
                asking=asking,
                conversations=app.conversations,
                evidence=choices.evidence,
            ).converse()
    return code


@click.command()
@click.argument("subject", nargs=-1)
@common.answering
@common.asynchronous
async def summarise(choices: common.Choices, subject: tuple[str, ...]) -> int:
    """Summarise one or more papers, or the papers on a topic.

    A SUBJECT is an arXiv id, a link, a title in quotes, or one topic. Separate several with semicolons.

    \b
    Examples:
      paperbot summarise SpikeGPT
      paperbot summarise "GPipe; SpikeGPT"
      paperbot summarise --since 2025-01-01 spiking transformers

    Exit codes: 0 summarised, or nothing to summarise; 2 a subject can't be used, or a paper can't be found;
    66 no papers yet; 69 the model failed and extracts were shown instead.
    """
    return await answer_once(choices, lambda asking: asking.summarise(subject), said=" ".join(subject))


@click.command()
@click.argument("side", nargs=-1)
@click.option("--aspect", multiple=True, help="Add a row to the standard ones. Can be repeated.")
@common.answering
@common.asynchronous
async def compare(choices: common.Choices, side: tuple[str, ...], aspect: tuple[str, ...]) -> int:
    """Compare two to five papers or topics, side by side.

    A SIDE is an arXiv id, a link, a title or a topic. Put it in quotes if it has more than one word.

    \b
    Examples:
      paperbot compare GPipe SpikeGPT
      paperbot compare Stormer "spiking transformers" --aspect "energy use"

    Exit codes: 0 compared, or said why not; 2 the sides can't be used, or a paper can't be found;
    66 no papers yet; 69 the model failed and extracts were shown instead.
    """
    said = " · ".join(sides(side))
    return await answer_once(choices, lambda asking: asking.compare(side, aspects=aspect), said=said)


@click.command()
@click.argument("term", nargs=-1)
@click.option(
    "--level",
    type=click.Choice([level.value for level in Level], case_sensitive=False),
    default=Level.PRACTITIONER.value,
    show_default=True,
    help="Set how much the reader already knows.",
)
@common.answering
@common.asynchronous
async def explain(choices: common.Choices, term: tuple[str, ...], level: str) -> int:
    """Explain a TERM as the papers use it, based on them alone.

    \b
    Examples:
      paperbot explain spiking neural network
      paperbot explain --level newcomer "pipeline parallelism"

    Exit codes: 0 explained, or the papers don't explain it; 2 the term can't be used; 66 no papers yet;
    69 the model failed and extracts were shown instead.
    """
    said = " ".join(term)
    return await answer_once(choices, lambda asking: asking.explain(said, level=Level(level)), said=said)
