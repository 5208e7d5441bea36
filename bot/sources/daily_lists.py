"""The lists of Daily Papers that hold a span of days: by month and by week, the last days one by one."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

RECENT_DAYS = 7
"""The last days are always read by day."""

_DAY = timedelta(days=1)
_END = "end"


@dataclass(frozen=True, slots=True)
class ListPart:
    """One list: the kind and value of its parameter, and its days, both included."""

    kind: str
    label: str
    first: date
    last: date

    @property
    def query(self) -> dict[str, str]:
        """The parameter of the request, such as week=2026-W41."""
        return {self.kind: self.label}


def parts_since(first: date, today: date) -> list[ListPart]:
    """Return lists that hold all days from `first` to `today`, oldest first, in as few requests as may be."""
    recent = today - timedelta(days=RECENT_DAYS - 1)
    parts: list[ListPart] = []
    day = first
    while day <= today:
        part = _longest(day, recent)
        parts.append(part)
        day = part.last + _DAY
    return parts


def cursor_of(part: ListPart, page: int | None) -> str:
    """Return the place behind a page of a list, or behind the whole list."""
    return f"{part.label} {_END if page is None else page}"


def place_after(cursor: str | None, parts: Sequence[ListPart]) -> tuple[int, int]:
    """Return the number of the list and of its page that come after a cursor; the beginning when it fits none."""
    label, _, page = (cursor or "").partition(" ")
    for number, part in enumerate(parts):
        if part.label == label:
            return (number, int(page) + 1) if page.isdecimal() else (number + 1, 0)
    return 0, 0


def _longest(day: date, recent: date) -> ListPart:
    month_end = _month_end(day)
    if day.day == 1 and month_end < recent:
        return ListPart("month", f"{day:%Y-%m}", day, month_end)
    week_end = day + timedelta(days=6)
    # A week that goes into a month which is read whole would be read twice.
    into_whole_month = week_end > month_end and _month_end(week_end) < recent
    if day.weekday() == 0 and week_end < recent and not into_whole_month:
        return ListPart("week", f"{day:%G-W%V}", day, week_end)
    return ListPart("date", f"{day:%Y-%m-%d}", day, day)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
