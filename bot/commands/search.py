"""`paperbot search`: the papers that match."""

import asyncio
from datetime import datetime

import click

from bot.answers.request import RequestContext
from bot.commands import options
from bot.commands.opening import opened
from bot.frontends.console.json_objects import print_object, search_object
from bot.frontends.console.results import render_result
from bot.frontends.console.screen import local_zone, make_console


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("-n", "--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many papers.")
@click.option("--explain", is_flag=True, help="Tell for each paper what its score is made of.")
@options.sample
@options.since
@options.until
@options.as_json
def search(
    query: tuple[str, ...],
    limit: int,
    explain: bool,
    sample: bool,
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
) -> None:
    """List the papers that match QUERY, best first.

    QUERY is words from titles and abstracts, an arXiv id, or a question. A question is turned into search terms by the
    model, when one is set up.

    \b
    Examples:
      paperbot search spiking transformer
      paperbot search -n 3 --until 2020-12-31 speech
      paperbot search --json "which papers use EEG?"
    """
    filters = options.filters_of(since, until)
    text = " ".join(query)

    async def body() -> None:
        async with opened(sample=sample) as app:
            result = await app.assistant.find(
                text, context=RequestContext(filters=filters, zone=local_zone()), limit=limit
            )
        if as_json:
            print_object(search_object(text, result, explained=explain))
        else:
            make_console().print(render_result(result, explained=explain))

    asyncio.run(body())
