"""`paperbot compare`: papers or topics side by side."""

import asyncio

import click

from bot.commands.answering import answer_once
from bot.commands.options import Choices, answering
from bot.frontends.console.asking import sides


@click.command()
@click.argument("side", nargs=-1)
@click.option("--aspect", multiple=True, help="One more row beside the fixed ones; can be given several times.")
@answering
def compare(choices: Choices, side: tuple[str, ...], aspect: tuple[str, ...]) -> int:
    """Compare two to five papers or topics, side by side.

    A SIDE is an arXiv id, a link, a title or a topic; what has several words goes in quotes.

    \b
    Examples:
      paperbot compare GPipe SpikeGPT
      paperbot compare 2312.03876 "spiking transformers" --aspect "energy use"

    Exit codes: 0 compared, or said why that is not possible; 2 the sides can't be used, or a paper isn't there;
    66 no papers yet; 69 the model failed and extracts were shown instead.
    """
    said = " · ".join(sides(side))
    return asyncio.run(answer_once(choices, lambda asking: asking.compare(side, aspects=aspect), said=said))
