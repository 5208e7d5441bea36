"""`paperbot summarise`: papers, or what there is on a topic."""

import asyncio

import click

from bot.commands.answering import answer_once
from bot.commands.options import Choices, answering


@click.command()
@click.argument("subject", nargs=-1)
@answering
def summarise(choices: Choices, subject: tuple[str, ...]) -> int:
    """Summarise one paper, several, or what there is on a topic.

    A SUBJECT is an arXiv id, a link, a title in quotes, or one topic in words. Semicolons separate several.

    \b
    Examples:
      paperbot summarise 2312.03876
      paperbot summarise 2312.03876 "SpikeGPT"
      paperbot summarise --since 2025-01-01 spiking transformers

    Exit codes: 0 summarised, or said that there is nothing to; 2 a subject can't be used, or a paper isn't there;
    66 no papers yet; 69 the model failed and extracts were shown instead.
    """
    return asyncio.run(answer_once(choices, lambda asking: asking.summarise(subject), said=" ".join(subject)))
