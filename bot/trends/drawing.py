"""Drawing a chart as a PNG, on its own background so that it reads on Discord's dark and light alike.

Matplotlib is used by its objects: pyplot would keep every figure. Nothing but the drawing process imports this module.
"""

import io
import sys
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from bot.text import shorten
from bot.trends.chart import Chart, Line

_BACKGROUND, _TEXT, _GRID = "#1f2229", "#f0f1f4", "#454b58"
# From Okabe and Ito's palette, which people with any kind of colour vision can distinguish; the lighter ones, and a
# marker for each, so that nothing depends on colour.
_COLOURS = ("#56B4E9", "#E69F00", "#F0E442", "#CC79A7")
_MARKERS = ("o", "s", "^", "D")
_SIZE_INCHES, _DPI = (8.0, 4.5), 150
_MOST_TICKS = 6
_MARGIN = 12
_LABEL_SIZE, _SMALLEST = 14, 9
_WIDTHS, _SIZES = (4.4, 3.6, 2.8, 2.0), (12, 10, 8, 6)
"""Of lines and markers, so that one that runs over another leaves it visible."""
_CROWDED = 30
"""With more ticks than this, markers are half as large."""
_LABEL_LIMIT, _LABEL_LINE = 40, 14
_LABEL_GAP = 0.15
"""The least distance between two labels, of two lines each, as a share of the axes' height."""


def draw(chart: Chart) -> bytes:
    """Return a PNG of 1200 x 675 pixels. It is CPU work of some tenths of a second."""
    figure = Figure(figsize=_SIZE_INCHES, dpi=_DPI, facecolor=_BACKGROUND)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.08, 0.17, 0.67, 0.68), facecolor=_BACKGROUND)
    for number, line in enumerate(chart.lines):
        _draw_line(axes, line, number, unfinished=chart.unfinished)
    if len(chart.lines) == 1:
        axes.fill_between(range(len(chart.ticks)), chart.lines[0].values, color=_COLOURS[0], alpha=0.15, linewidth=0)
    _label_lines(axes, chart)
    _dress(axes, chart)
    figure.text(0.03, 0.925, chart.title, color=_TEXT, fontsize=19, fontweight="bold", parse_math=False)
    figure.text(0.03, 0.035, chart.note, color=_TEXT, fontsize=12.5, parse_math=False)
    image = io.BytesIO()
    figure.savefig(image, format="png", facecolor=_BACKGROUND)
    return image.getvalue()


def _draw_line(axes: Axes, line: Line, number: int, *, unfinished: bool) -> None:
    """Draw a line; what leads to a value that still grows is dotted, and its marker hollow."""
    places = range(len(line.values))
    colour, marker = _COLOURS[number], _MARKERS[number]
    whole = len(line.values) - unfinished
    size = _SIZES[number] / (2 if len(line.values) > _CROWDED else 1)
    look: dict[str, Any] = {"color": colour, "linewidth": _WIDTHS[number], "zorder": 3 + number, "clip_on": False}
    axes.plot(places[:whole], line.values[:whole], marker=marker, markersize=size, **look)
    if unfinished:
        axes.plot(places[-2:], line.values[-2:], linestyle=":", **look)
        axes.plot(
            places[-1:], line.values[-1:], marker=marker, markersize=size, markerfacecolor=_BACKGROUND, mew=2, **look
        )


def _label_lines(axes: Axes, chart: Chart) -> None:
    """Write each label at its line's end, moved up or down until none covers another, beside its marker."""
    highest = _highest(chart)
    ends = [line.values[-1] / highest for line in chart.lines]
    for number, (line, height) in enumerate(zip(chart.lines, _spread(ends), strict=True)):
        colour = _COLOURS[number]
        label = _wrapped(line.label) if _drawable(line.label) else f"{number + 1}."
        shared: dict[str, Any] = {"color": colour, "transform": axes.transAxes}
        axes.plot([1.045], [height], marker=_MARKERS[number], markersize=9, clip_on=False, **shared)
        text = axes.text(
            1.075, height, label, fontsize=_LABEL_SIZE, va="center", linespacing=1.05, parse_math=False, **shared
        )
        _fit(text)


def _fit(text: Text) -> None:
    """Make a text smaller until it ends within the picture."""
    right = _SIZE_INCHES[0] * _DPI - _MARGIN
    for size in range(_LABEL_SIZE, _SMALLEST - 1, -1):
        text.set_fontsize(size)
        if text.get_window_extent().x1 <= right:
            return


def _dress(axes: Axes, chart: Chart) -> None:
    """Set the axes' limits, ticks, grid and colours."""
    last = len(chart.ticks) - 1
    axes.set_xlim(-0.02 * max(last, 1), max(last, 1))
    axes.set_ylim(0, _highest(chart))
    shown = range(last, -1, -max(1, -(-last // (_MOST_TICKS - 1))))
    axes.set_xticks(shown, [chart.ticks[place] for place in shown])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.tick_params(colors=_TEXT, labelsize=13.5, length=0, pad=8)
    axes.grid(axis="y", color=_GRID, linewidth=1, zorder=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_TEXT)


def _highest(chart: Chart) -> float:
    return max(1.0, *(value for line in chart.lines for value in line.values)) * 1.1


def _spread(heights: Sequence[float]) -> list[float]:
    """Return heights between 0 and 1 that keep their order and a distance of _LABEL_GAP."""
    order = sorted(range(len(heights)), key=lambda number: (heights[number], -number))
    placed = list(heights)
    lowest = 0.0
    for number in order:
        placed[number] = max(placed[number], lowest)
        lowest = placed[number] + _LABEL_GAP
    highest = 1.0
    for number in reversed(order):
        placed[number] = min(placed[number], highest)
        highest = placed[number] - _LABEL_GAP
    return placed


def _wrapped(label: str) -> str:
    """Return a label on at most three lines."""
    lines = [""]
    for word in (shorten(word, _LABEL_LINE + 3) for word in shorten(label, _LABEL_LIMIT).split()):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _LABEL_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join([*lines[:2], shorten(" ".join(lines[2:]), _LABEL_LINE)] if len(lines) > 2 else lines)


def _drawable(label: str) -> bool:
    """Return whether the font has every character; it has none of Chinese, Japanese and Korean."""
    font = get_font(findfont(FontProperties()))
    return all(char.isspace() or font.get_char_index(ord(char)) for char in label)


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(Chart.from_json(sys.stdin.buffer.read())))
