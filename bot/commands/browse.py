"""What the store holds, without an answer: `latest`, `trending`, `paper`, `similar` and `trends`.

The options are those of the commands in Discord.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, cast, get_args

import click
from rich.console import RenderableType

from bot.answers.listings import TrendingSpan, trending_days
from bot.answers.listings import latest as latest_papers
from bot.answers.listings import trending as trending_papers
from bot.app import App
from bot.commands import common
from bot.errors.operation import StoreEmpty
from bot.errors.requests import PaperUnknown
from bot.frontends.console.cards import MOST_LISTED, render_card, render_listing, render_similar
from bot.frontends.console.json_objects import print_object
from bot.frontends.console.paper_objects import card_object, listing_object, similar_object, trend_object
from bot.frontends.console.screen import local_zone, make_console
from bot.frontends.console.trends import render_trend
from bot.i18n.translation import phrase
from bot.models import Paper
from bot.saved_papers import bibtex
from bot.search.query.typed_filters import typed_day
from bot.text import one_line, shorten
from bot.trends.counts import Span

_FIND_IT = phrase("Find its whole title or its arXiv id with: paperbot search WORDS.")

_limit = click.option(
    "-n",
    "--limit",
    type=click.IntRange(1, MOST_LISTED),
    default=10,
    show_default=True,
    help="List at most this many papers.",
)
_SUGGESTED, _TITLE_CHARS = 3, 80
_SPAN = click.Choice(get_args(TrendingSpan), case_sensitive=False)
_named = click.argument("paper", nargs=-1, required=True)


def _shown(as_json: bool, value: Callable[[], dict[str, Any]], rendered: Callable[[], RenderableType]) -> None:
    if as_json:
        print_object(value())
    else:
        make_console().print(rendered())


def _today(app: App) -> date:
    return app.clock().astimezone(local_zone()).date()


async def _paper(app: App, words: tuple[str, ...]) -> Paper:
    """Return the paper that words name. Raises QuestionEmpty, QuestionTooLong, PaperUnknown and StoreEmpty."""
    text = " ".join(words)
    try:
        return await app.named_papers.of_text(text, advice=_FIND_IT)
    except PaperUnknown as error:
        if not (await app.papers.holdings()).count:
            raise StoreEmpty from None
        found = await app.titles.matching(one_line(text), limit=_SUGGESTED + 1)
        if len(found) < 2:
            raise
        titles = "; ".join(f"“{shorten(entry.title, _TITLE_CHARS)}”" for entry in found[:_SUGGESTED])
        said = f"Several titles have these words, such as {titles}. Add a word that only one has."
        raise PaperUnknown(name=error.facts["name"], advice=said) from None


def _either(option: str | None, argument: str | None, name: str) -> str | None:
    """Return what was given in one of two ways. Raises UsageError when it was given in both."""
    if option and argument:
        raise click.UsageError(f"{name} was given twice: {option} and {argument}. Give it once.")
    return option or argument or None


@click.command()
@click.argument("words", nargs=-1, metavar="[DAY]")
@click.option("--day", metavar="DAY", help="The same as DAY alone.")
@_limit
@common.sample
@common.as_json
@common.asynchronous
async def latest(words: tuple[str, ...], day: str | None, limit: int, sample: bool, as_json: bool) -> None:
    """List the papers for a date, or for the newest date that has any.

    DAY is a date, such as 2025-12-08 or yesterday. The most upvoted papers come first.

    \b
    Examples:
      paperbot latest
      paperbot latest 2025-12-08 -n 52
      paperbot latest --sample --json

    Exit codes: 0 listed, or there are none; 2 the date can't be read; 66 no papers yet.
    """
    typed = _either(day, " ".join(words), "The day")
    async with common.opened(sample=sample, use_model=False) as app:
        of = typed_day(typed, _today(app)) if typed else None
        listing = await latest_papers(app.papers, of, limit=limit)
    _shown(as_json, lambda: listing_object(listing), lambda: render_listing(listing))


@click.command()
@click.argument("named", required=False, metavar="[SPAN]", type=_SPAN)
@click.option("--span", type=_SPAN, help="The same as SPAN alone.")
@_limit
@common.sample
@common.as_json
@common.asynchronous
async def trending(
    named: TrendingSpan | None, span: TrendingSpan | None, limit: int, sample: bool, as_json: bool
) -> None:
    """List the most upvoted papers of the last day, week or month.

    SPAN is day, week (the default) or month.

    \b
    Examples:
      paperbot trending
      paperbot trending month -n 20

    Exit codes: 0 listed, or there are none; 66 no papers yet.
    """
    wanted = cast("TrendingSpan | None", _either(span, named, "The span")) or "week"
    async with common.opened(sample=sample, use_model=False) as app:
        listing = await trending_papers(app.papers, *trending_days(wanted, _today(app)), limit=limit)
    _shown(as_json, lambda: listing_object(listing), lambda: render_listing(listing))


@click.command()
@_named
@click.option("--abstract", is_flag=True, help="Print the whole abstract.")
@click.option("--bibtex", "as_bibtex", is_flag=True, help="Print the entry for BibTeX, and nothing else.")
@common.sample
@common.as_json
@common.asynchronous
async def paper(paper: tuple[str, ...], abstract: bool, as_bibtex: bool, sample: bool, as_json: bool) -> None:
    """Show a paper: authors, dates, votes, links, a sentence on what it is about.

    PAPER is an arXiv id, a link, a title, or words that only its title has.

    \b
    Examples:
      paperbot paper SpikeGPT
      paperbot paper --abstract GPipe
      paperbot paper --bibtex SpikeGPT

    Exit codes: 0 shown; 2 no paper has this name, or several have; 66 no papers yet.
    """
    if as_bibtex and (as_json or abstract):
        raise click.UsageError("--bibtex prints nothing but the entry. Use it without --json and --abstract.")
    async with common.opened(sample=sample, use_model=False) as app:
        found = await _paper(app, paper)
        if as_bibtex:
            click.echo(bibtex(found))
            return
        card = await app.cards.of(found)
    _shown(as_json, lambda: card_object(card), lambda: render_card(card, abstract=abstract))


@click.command()
@_named
@_limit
@common.sample
@common.as_json
@common.asynchronous
async def similar(paper: tuple[str, ...], limit: int, sample: bool, as_json: bool) -> None:
    """List the papers most similar to a given one.

    PAPER is an arXiv id, a link, a title, or words that only its title has.

    \b
    Examples:
      paperbot similar SpikeGPT
      paperbot similar -n 3 GPipe

    Exit codes: 0 listed, or none is similar; 2 no paper has this name, or several have; 66 no papers yet.
    """
    async with common.opened(sample=sample, use_model=False) as app:
        to = await _paper(app, paper)
        papers = [hit.paper for hit in await app.searcher.similar(to, limit=limit)]
    _shown(as_json, lambda: similar_object(to, papers), lambda: render_similar(to, papers))


@click.command()
@click.argument("topic", nargs=-1, required=True)
@click.option(
    "--span",
    type=click.Choice(get_args(Span), case_sensitive=False),
    default="all",
    show_default=True,
    help="How far back.",
)
@common.sample
@common.as_json
@common.asynchronous
async def trends(topic: tuple[str, ...], span: Span, sample: bool, as_json: bool) -> None:
    """Chart the number of papers on a topic over time, or on up to four, separated by vs.

    \b
    Examples:
      paperbot trends spiking
      paperbot trends spiking vs weather forecasting
      paperbot trends --span "5 years" language models

    Exit codes: 0 counted, or there are none; 2 the topics can't be counted; 66 no papers yet.
    """
    async with common.opened(sample=sample, use_model=False) as app:
        text = await app.assistant.check(" ".join(topic))
        trend = await app.trends.of(text, span=span, today=_today(app))
    _shown(as_json, lambda: trend_object(trend), lambda: render_trend(trend))
