"""`paperbot search`, which loads only what a search needs: a terminal waits for the imports each time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import click

from bot.answers.extracts.answers import best_sentences
from bot.answers.finding import Finder
from bot.answers.request import RequestContext
from bot.commands import common
from bot.frontends.console.json_objects import print_object, search_object
from bot.frontends.console.papers import render_result
from bot.frontends.console.screen import local_zone, make_console
from bot.search.query import typed_filters
from bot.search_app import open_finder
from bot.search_settings import search_settings


@asynccontextmanager
async def opened_finder(*, sample: bool) -> AsyncIterator[Finder]:
    """Open what finds papers: alone where code makes the plan and the papers are in the store, else the whole app."""
    settings = None if sample else search_settings()
    if settings is None:
        async with common.opened(sample=sample) as app:
            yield app.assistant
    else:
        common.log_to_stderr(settings.log_level)
        async with open_finder(settings) as finder:
            yield finder


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "-n", "--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="List at most this many papers."
)
@click.option("--explain", is_flag=True, help="Show what each paper's score is made of.")
@click.option("--category", metavar="NAME", help="Include only papers in this arXiv category, such as cs.CL.")
@click.option("--author", metavar="NAME", help='Include only papers by this author, such as "Geoffrey Hinton".')
@click.option("--with-code", is_flag=True, help="Include only papers with a link to code.")
@common.sample
@common.since
@common.until
@common.as_json
@common.asynchronous
async def search(
    query: tuple[str, ...],
    limit: int,
    explain: bool,
    category: str | None,
    author: str | None,
    with_code: bool,
    sample: bool,
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
) -> None:
    """List the papers that match QUERY, best first, each with the sentence that says most about it.

    QUERY can be words from titles and abstracts, an arXiv id, or a question. If a model is set up, it turns a question
    into search terms.

    \b
    Examples:
      paperbot search spiking transformer
      paperbot search -n 3 --until 2020-12-31 speech
      paperbot search --with-code weather
      paperbot search --json "which papers use EEG?"
    """
    filters = common.filters_of(since, until)
    text = " ".join(query)

    async with opened_finder(sample=sample) as finder:
        zone = local_zone()
        if category or author or with_code:
            typed = typed_filters.filters_of(
                await finder.known(), today=finder.today(zone), category=category, author=author, with_code=with_code
            )
            filters = filters.narrowed_by(typed)
        result = await finder.find(text, context=RequestContext(filters=filters, zone=zone), limit=limit)
        sentences = await asyncio.to_thread(best_sentences, result.terms, result.papers)
    if as_json:
        print_object(search_object(text, result, sentences, explained=explain))
    else:
        make_console().print(render_result(result, sentences, explained=explain))
