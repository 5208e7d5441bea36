"""Rows of the one table that `python -m bench.answers` prints: what, the target, what was reached, of how many."""

from collections.abc import Sequence
from dataclasses import dataclass

HEADER = "| what | target | reached | of how many |\n|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Reached:
    """One row. A row without a target is told for its own sake, and is never missed."""

    what: str
    target: str
    reached: str
    count: int
    met: bool = True

    def __str__(self) -> str:
        """Return the row as a line of the table; a missed target stands out."""
        reached = self.reached if self.met else f"**{self.reached}** (missed)"
        return f"| {self.what} | {self.target} | {reached} | {self.count:,} |"


def at_least(what: str, values: Sequence[bool], target: float | None = None) -> Reached:
    """Return the share of true `values`, 0 to 1, which should be `target` at least."""
    share = sum(values) / len(values) if values else 0.0
    told = "" if target is None else "100 %" if target == 1 else f">= {_percent(target)}"
    # Nothing measured is no target reached.
    return Reached(what, told, _percent(share, exact=True), len(values), target is None or share >= target)


def at_most(what: str, values: Sequence[bool], target: float | None = None) -> Reached:
    """Return the share of true `values`, 0 to 1, which should be `target` at most."""
    share = sum(values) / len(values) if values else 0.0
    told = "" if target is None else f"<= {_percent(target)}"
    met = target is None or (bool(values) and share <= target)
    return Reached(what, told, _percent(share, exact=True), len(values), met)


def none_of(what: str, found: int, count: int) -> Reached:
    """Return how many were found among `count` looked at, of which there should be none."""
    return Reached(what, "0", f"{found:,}", count, found == 0 and count > 0)


def most(what: str, values: Sequence[float], target: float | None, *, unit: str = "") -> Reached:
    """Return the largest of the values, which should be `target` at most, and the median beside it."""
    ordered = sorted(values)
    largest, middle = (ordered[-1], ordered[len(ordered) // 2]) if ordered else (0.0, 0.0)
    told = "" if target is None else f"<= {target:,g}{unit}"
    reached = (
        f"{largest:,.4g}{unit} (median {middle:,.4g}{unit})"
        if largest < 1000
        else f"{largest:,.0f} (median {middle:,.0f})"
    )
    return Reached(what, told, reached, len(ordered), target is None or (bool(ordered) and largest <= target))


def _percent(share: float, *, exact: bool = False) -> str:
    """Return a share in per cent; `exact` never rounds up to 100 what is not all."""
    if not exact:
        return f"{100 * share:g} %"
    shown = f"{100 * share:.1f}"
    return f"{100 * share:.3f} %" if shown == "100.0" and share < 1 else f"{shown} %"
