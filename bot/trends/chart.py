"""What a chart shows, in a form that goes from one process to another."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import bot


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a value for each tick."""

    label: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """At most four lines over the same ticks. With `unfinished` the last value is still growing."""

    title: str
    note: str
    ticks: tuple[str, ...]
    lines: tuple[Line, ...]
    unfinished: bool

    def to_json(self) -> bytes:
        """Return the chart as JSON."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Chart":
        """Return the chart that `to_json` has turned into `data`."""
        facts: Mapping[str, Any] = json.loads(data)
        lines = tuple(Line(line["label"], tuple(line["values"])) for line in facts["lines"])
        return cls(facts["title"], facts["note"], tuple(facts["ticks"]), lines, facts["unfinished"])


DRAWN_AT_ONCE = 2
"""A process takes about 100 MB while it draws."""

DEADLINE_S = 30.0
"""For one drawing, which takes about 2 s. The first one on a machine looks for its fonts and may take 10 s."""

_LOGGED = 500
"""How many characters of the drawing process's errors the log gets: the end says what went wrong."""

log = logging.getLogger(__name__)


class ChartProcesses:
    """Draws charts; further ones wait for their turn."""

    def __init__(self, *, deadline_s: float = DEADLINE_S) -> None:
        self._turns = asyncio.Semaphore(DRAWN_AT_ONCE)
        self._deadline_s = deadline_s

    async def draw(self, chart: Chart) -> bytes | None:
        """Return the PNG; None, and the reason in the log, when it can't be drawn in time or at all."""
        async with self._turns:
            try:
                return await self._drawn(chart)
            except (OSError, TimeoutError) as error:
                log.warning("a chart could not be drawn: %s", str(error) or "it took too long")
                return None

    async def _drawn(self, chart: Chart) -> bytes:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.trends.drawing",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
        )
        try:
            async with asyncio.timeout(self._deadline_s):
                image, errors = await process.communicate(chart.to_json())
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode or not image:
            raise OSError(errors.decode(errors="replace")[-_LOGGED:])
        return image


def _environment() -> dict[str, str]:
    """Return this process's environment with the folder of its own code first, wherever it was started."""
    folders = [str(Path(bot.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, folders)), "PYTHONSAFEPATH": "1"}
