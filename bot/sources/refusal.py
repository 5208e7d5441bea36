"""A record that could not become a paper."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is refused: `line` (1-based) in the file where the record begins, and why."""

    line: int
    reason: str
