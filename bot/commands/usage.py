"""`paperbot usage`: what the model's calls used and cost."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import get_args

import click
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.answers.llm.usage import Left, Usage, usage_of
from bot.answers.wording import day
from bot.commands import common
from bot.frontends.console.asking import USER
from bot.frontends.console.json_objects import print_object, usage_object
from bot.frontends.console.screen import Lines, make_console
from bot.store.usage import Grouping

_DAYS = 30


@click.command()
@click.option(
    "--since",
    type=common.DAY,
    metavar="DAY",
    help=f"Count from this date on, in UTC (YYYY-MM-DD). Default: the last {_DAYS} days.",
)
@click.option(
    "--by", type=click.Choice(get_args(Grouping)), default="day", show_default=True, help="Group the totals by this."
)
@common.as_json
@common.asynchronous
async def usage(since: datetime | None, by: Grouping, as_json: bool) -> None:
    """Show what model calls used, and what's left today.

    Adds up calls, tokens and cost by day, user, guild, model or purpose. Costs are in the currency of
    OPENAI_PRICE_INPUT and OPENAI_PRICE_OUTPUT; limits come from LIMITS_*. Days end at midnight UTC.

    \b
    Examples:
      paperbot usage
      paperbot usage --since 2026-10-01 --by user

    Exit codes: 0 shown; 74 the store can't be read.
    """
    async with common.opened(sample=False, use_model=False) as app:
        today = app.clock().date()
        first = common.past_date(since, today) if since else today - timedelta(days=_DAYS - 1)
        used = await usage_of(app.usage, limits=app.settings.limits, since=first, by=by, today=today, user=USER)
    if as_json:
        print_object(usage_object(used))
    else:
        make_console().print(render_usage(used))


_FREE = "No prices are set, so costs are 0. Set OPENAI_PRICE_INPUT and OPENAI_PRICE_OUTPUT to see costs."


def render_usage(usage: Usage) -> RenderableType:
    """Return the table of calls, with a total, and what is left of today's limits."""
    parts: list[RenderableType] = [Text(f"Model calls since {day(usage.since)}, by {usage.by}", style="bold")]
    if usage.lines:
        parts += [Text(), _table(usage)]
        if not any(line.cost for line in usage.lines):
            parts += [Text(), Text(_FREE, style="dim")]
    else:
        parts += [Text(), Text("None.")]
    return Lines(Group(*parts, Text(), Text("Left today (until 00:00 UTC)", style="bold"), _left(usage.left)))


def _table(usage: Usage) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, show_edge=False, pad_edge=False)
    table.add_column(usage.by, "all", overflow="fold")
    for heading, total in (
        ("calls", f"{sum(line.calls for line in usage.lines):,}"),
        ("input tokens", f"{sum(line.input_tokens for line in usage.lines):,}"),
        ("output tokens", f"{sum(line.output_tokens for line in usage.lines):,}"),
        ("cost", f"{sum(line.cost for line in usage.lines):.4f}"),
    ):
        table.add_column(heading, total, justify="right")
    for line in usage.lines:
        counts = (f"{number:,}" for number in (line.calls, line.input_tokens, line.output_tokens))
        table.add_row(Text(line.name), *counts, f"{line.cost:.4f}")
    return table


def _left(limits: Sequence[Left]) -> Table:
    table = Table.grid(padding=(0, 2))
    for limit in limits:
        form = ",.0f" if limit.unit == "tokens" else ",.4f"
        left = f"{limit.left:{form}} of {limit.limit:{form}}" if limit.left is not None else "no limit"
        table.add_row(limit.whose, limit.unit, left)
    return table
