"""How many papers there were over time, as a chart of characters."""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from bot.frontends.console.screen import Lines
from bot.trends.counts import Trend
from bot.trends.wording import heading, in_words, part, rule

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_ASCII = "  ..oo###"
"""In eighths of a line, as the blocks above, for a terminal that has no such characters."""

_HEIGHT = 5
_MOST_COLUMNS = 60


def render_trend(trend: Trend) -> RenderableType:
    """Return the figures in words, and above each topic's a column for each part of the time."""
    parts: list[RenderableType] = [Text(heading(trend), style="bold")]
    most = max(max(topic.counts) for topic in trend.topics)
    for topic in trend.topics:
        if topic.total:
            parts += [Text(), _Columns(topic.counts, most), Text(_axis(trend), style="dim")]
        parts.append(Text(in_words(topic, trend)))
    return Lines(Group(*parts, Text(), Text(rule(trend), style="dim")))


def _axis(trend: Trend) -> str:
    """Return what stands below a chart: the first and the last part of the time, at its ends."""
    first, last = part(trend.starts[0], trend.unit), part(trend.starts[-1], trend.unit)
    gap = len(trend.starts) * _width(len(trend.starts)) - len(first) - len(last)
    return f"{first}{' ' * gap}{last}" if gap > 0 else f"{first} to {last}"


def _width(columns: int) -> int:
    """Return how many characters wide a column is, so that few don't look lost."""
    return max(1, min(6, _MOST_COLUMNS // columns))


class _Columns:
    """A topic's counts as columns, of which the highest is that of `most` papers; all topics share this scale."""

    def __init__(self, counts: Sequence[int], most: int) -> None:
        self._counts = counts
        self._most = most

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        signs = _ASCII if options.ascii_only else _EIGHTHS
        width = _width(len(self._counts))
        # What there is any of is at least an eighth high.
        heights = [max(1, round(8 * _HEIGHT * count / self._most)) if count else 0 for count in self._counts]
        for row in reversed(range(_HEIGHT)):
            filled = (signs[min(8, max(0, height - 8 * row))] for height in heights)
            line = "".join(sign * max(1, width - 1) + " " * (width > 1) for sign in filled)
            top = f" {self._most:,}" if row == _HEIGHT - 1 else ""
            yield Text.assemble((line, "blue"), (top, "dim"), no_wrap=True)
