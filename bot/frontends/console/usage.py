"""What the model's calls used, as a table."""

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.answers.llm.usage import Left, Usage
from bot.answers.wording import day
from bot.frontends.console.screen import Lines

_FREE = "No prices are set, so costs are 0: OPENAI_PRICE_INPUT and OPENAI_PRICE_OUTPUT."


def render_usage(usage: Usage) -> RenderableType:
    """Return the table of calls, with a total, and what is left of today's limits."""
    parts: list[RenderableType] = [Text(f"Model calls since {day(usage.since)}, by {usage.by}", style="bold")]
    if usage.lines:
        parts += [Text(), _table(usage)]
        if not any(line.cost for line in usage.lines):
            parts += [Text(), Text(_FREE, style="dim")]
    else:
        parts += [Text(), Text("None.")]
    return Lines(Group(*parts, Text(), Text("Left until midnight UTC", style="bold"), _left(usage.left)))


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
