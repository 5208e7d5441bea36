"""The drawing process: a chart as JSON on standard input, its PNG on standard output."""

import sys

from bot.frontends.charts.chart import Chart
from bot.frontends.charts.drawing import draw

if __name__ == "__main__":
    sys.stdout.buffer.write(draw(Chart.from_json(sys.stdin.buffer.read())))
