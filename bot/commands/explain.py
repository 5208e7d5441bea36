"""`paperbot explain`: a term, from the papers."""

import asyncio

import click

from bot.assistant.level import Level
from bot.commands.answering import answer_once
from bot.commands.options import Choices, answering


@click.command()
@click.argument("term", nargs=-1)
@click.option(
    "--level",
    type=click.Choice([level.value for level in Level], case_sensitive=False),
    default=Level.PRACTITIONER.value,
    show_default=True,
    help="What the reader knows already.",
)
@answering
def explain(choices: Choices, term: tuple[str, ...], level: str) -> int:
    """Explain a TERM as the papers use it, and from them alone.

    \b
    Examples:
      paperbot explain spiking neural network
      paperbot explain --level newcomer "pipeline parallelism"

    Exit codes: 0 explained, or said that the papers don't; 2 the term can't be used; 66 no papers yet;
    69 the model failed and extracts were shown instead.
    """
    said = " ".join(term)
    return asyncio.run(answer_once(choices, lambda asking: asking.explain(said, level=Level(level)), said=said))
