"""`paperbot usage`: what the model's calls used and cost."""

import asyncio
from datetime import datetime, timedelta
from typing import get_args

import click

from bot.answers.llm.usage import usage_of
from bot.commands import options
from bot.commands.opening import opened
from bot.frontends.console.asking import USER
from bot.frontends.console.json_objects import print_object, usage_object
from bot.frontends.console.screen import make_console
from bot.frontends.console.usage import render_usage
from bot.store.usage import Grouping

_DAYS = 30


@click.command()
@click.option(
    "--since",
    type=options.DAY,
    metavar="DAY",
    help=f"The first day that counts, in UTC (YYYY-MM-DD). Without it: the last {_DAYS} days.",
)
@click.option(
    "--by", type=click.Choice(get_args(Grouping)), default="day", show_default=True, help="What each line adds up."
)
@options.as_json
def usage(since: datetime | None, by: Grouping, as_json: bool) -> None:
    """Show what the model's calls used, and what is left today.

    Calls, tokens and cost are added up by day, user, guild, model or purpose. Costs are in the currency of
    OPENAI_PRICE_INPUT and OPENAI_PRICE_OUTPUT; limits are LIMITS_*. Days end at midnight UTC.

    \b
    Examples:
      paperbot usage
      paperbot usage --since 2026-10-01 --by user

    Exit codes: 0 shown; 74 the store can't be read.
    """

    async def body() -> None:
        async with opened(sample=False, use_model=False) as app:
            today = app.clock().date()
            first = since.date() if since else today - timedelta(days=_DAYS - 1)
            if first > today:
                raise click.UsageError(f"--since {first} is still to come; today is {today:%Y-%m-%d} in UTC.")
            used = await usage_of(app.usage, limits=app.settings.limits, since=first, by=by, today=today, user=USER)
        if as_json:
            print_object(usage_object(used))
        else:
            make_console().print(render_usage(used))

    asyncio.run(body())
