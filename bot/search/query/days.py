"""Spans of days in the calendar: a day, a week from Monday, a month, a year, the last so many of them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

FIRST_YEAR = 1950
"""Earlier numbers are never taken for years: nothing that paperbot holds is as old."""


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both included.

    `month` and `day` are set when the year was not said and had to be guessed. `number` is true for a year that
    stands alone, which may as well be a count.
    """

    first: date
    last: date
    month: int | None = None
    day: int | None = None
    number: bool = False

    def not_after(self, other: "Days") -> "Days":
        """Guess the unsaid year again, so that these days are the latest before the end of `other`."""
        return latest(self.month, self.day, until=other.last) if self.month else self

    def not_before(self, other: "Days") -> "Days":
        """Guess the unsaid year again, so that these days are the first ones from `other` on."""
        if not self.month:
            return self
        later = (one_month(other.first.year + ahead, self.month, self.day) for ahead in range(9))
        return next((days for days in later if days and days.last >= other.last), self)

    def joined(self, other: Self) -> "Days":
        """Return the smallest span that covers this one and `other`."""
        return Days(min(self.first, other.first), max(self.last, other.last))


def one_day(day: date) -> Days:
    """Return `day` as a span of one day."""
    return Days(day, day)


def one_week(day: date) -> Days:
    """Return the week, Monday to Sunday, of `day`."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=6))


def one_month(year: int, month: int, day: int | None = None) -> Days | None:
    """Return a month, or a day of it; None where the calendar has no such day."""
    length = monthrange(year, month)[1]
    if day is None:
        return Days(date(year, month, 1), date(year, month, length))
    return one_day(date(year, month, day)) if 1 <= day <= length else None


def one_year(year: int) -> Days:
    """Return 1 January to 31 December of `year`."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def latest(month: int, day: int | None, *, until: date) -> Days:
    """Return the latest such month, or day of it, that has begun by `until`. Raises ValueError where there is none."""
    for back in range(9):  # 29 February may be eight years ago
        days = one_month(until.year - back, month, day)
        if days and days.first <= until:
            return Days(days.first, days.last, month=month, day=day)
    raise ValueError


def ago(day: date, count: int, unit: str) -> date:
    """Return the day that lies `count` days, weeks, months or years before `day`.

    Where the month is too short, its last day. Raises ValueError or OverflowError before the year 1.
    """
    if unit in ("day", "week"):
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        raise ValueError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole(day: date, unit: str) -> Days:
    """Return the calendar day, week, month or year in which `day` lies."""
    if unit == "day":
        return one_day(day)
    if unit == "week":
        return one_week(day)
    if unit == "month":
        return Days(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    return one_year(day.year)
