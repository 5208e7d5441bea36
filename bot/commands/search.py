"""`paperbot search`: the papers that match."""

import asyncio
from datetime import datetime

import click
from rich.text import Text

from bot.commands import options
from bot.commands.opening import opened
from bot.frontends.console.explanations import render_explanations
from bot.frontends.console.papers import papers_table
from bot.frontends.console.screen import local_zone, make_console
from bot.frontends.wording import count, nothing_found, searched_for


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("-n", "--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many papers.")
@click.option("--explain", is_flag=True, help="Tell for each paper what its score is made of.")
@options.sample
@options.since
@options.until
def search(
    query: tuple[str, ...], limit: int, explain: bool, sample: bool, since: datetime | None, until: datetime | None
) -> None:
    """List the papers that match QUERY, best first.

    QUERY is words from titles and abstracts, an arXiv id, or a question. A question is turned into search terms by the
    model, when one is set up.

    \b
    Examples:
      paperbot search spiking transformer
      paperbot search -n 3 --until 2020-12-31 speech
    """

    async def body() -> None:
        console = make_console()
        async with opened(sample=sample) as app:
            result = await app.assistant.find(
                " ".join(query), filters=options.filters_of(since, until), zone=local_zone(), limit=limit
            )
        if wording := searched_for(result.plan.wording):
            console.print(Text(f"{wording}\n", style="dim"))
        if explain and result.hits:
            console.print(render_explanations(result))
        elif result.hits:
            console.print(papers_table(list(enumerate(result.papers, start=1))))
        else:
            console.print(nothing_found(result))
        console.print(Text(f"\nSearched {count(result.searched, 'paper')}, titles and abstracts", style="dim"))

    asyncio.run(body())
