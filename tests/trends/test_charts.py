"""Charts, drawn in the real process."""

import logging
import struct

import pytest

from bot.trends.chart import Chart, ChartProcesses, Line

pytestmark = pytest.mark.slow

TICKS = tuple(str(year) for year in range(2018, 2027))
CHARTS = {
    "one line": Chart("Papers per year", "Note", TICKS, (Line("kettles", (0, 0, 1, 0, 2, 5, 3, 4, 1)),), True),
    "four lines that end alike": Chart(
        "Papers per year",
        "Note",
        TICKS,
        tuple(Line(f"{name} " * 9, tuple(range(9))) for name in ("red", "blue", "知識", "$x_1$ \\frac")),
        False,
    ),
    "one point of nothing": Chart("", "", ("2026",), (Line("", (0,)),), True),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
async def test_a_chart_becomes_a_picture(chart: Chart) -> None:
    image = await ChartProcesses().draw(chart)
    assert image is not None
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", image[16:24]) == (1200, 675)
    assert Chart.from_json(chart.to_json()) == chart


async def test_a_drawing_that_takes_too_long_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    assert await ChartProcesses(deadline_s=0.01).draw(CHARTS["one line"]) is None
    assert "couldn't draw a chart: it took too long" in caplog.text


async def test_a_drawing_that_fails_says_why_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    assert await ChartProcesses().draw(Chart("", "", (), (), False)) is None
    assert "couldn't draw a chart: " in caplog.text
