"""What a chart shows, in a form that goes from one process to another."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


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
        told: Mapping[str, Any] = json.loads(data)
        lines = tuple(Line(line["label"], tuple(line["values"])) for line in told["lines"])
        return cls(told["title"], told["note"], tuple(told["ticks"]), lines, told["unfinished"])
