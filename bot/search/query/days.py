"""Spans of days in the calendar: a day, a week from Monday, a month, a quarter, a season, a year, the last so many."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

FIRST_YEAR = 1950
"""Earlier numbers are never taken for years: nothing that paperbot holds is as old."""


_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


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


def months(year: int, month: int, count: int) -> Days:
    """Return `count` whole months from the given one on."""
    last = year * 12 + month - 1 + count - 1
    end, end_month = last // 12, last % 12 + 1
    return Days(date(year, month, 1), date(end, end_month, monthrange(end, end_month)[1]))


def season(name: str, year: int) -> Days:
    """Return a season of the northern half, of three whole months as in meteorology; `year` is that of its begin."""
    return months(year, _SEASONS[name], 3)


def latest_season(name: str, *, today: date, over: bool) -> Days:
    """Return the latest such season that has begun by `today` or, with `over`, that has ended before."""
    every = (season(name, today.year - back) for back in range(3))
    return next(days for days in every if (days.last < today if over else days.first <= today))


def weekend(day: date, *, over: bool) -> Days:
    """Return the latest weekend that has begun by `day` or, with `over`, that has ended before."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    if over and saturday + timedelta(days=1) >= day:
        saturday -= timedelta(days=7)
    return Days(saturday, saturday + timedelta(days=1))


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
    """Return the day that lies `count` days, weeks, fortnights, months, quarters, years or decades before `day`.

    Where the month is too short, its last day. Raises ValueError or OverflowError before the year 1.
    """
    if unit in _DAYS:
        return day - timedelta(days=count * _DAYS[unit])
    months = day.year * 12 + day.month - 1 - count * _MONTHS[unit]
    year, month = divmod(months, 12)
    if year < 1:
        raise ValueError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole(day: date, unit: str) -> Days:
    """Return the calendar day, week, month, quarter, year or decade in which `day` lies; for a fortnight, the week."""
    match unit:
        case "day":
            return one_day(day)
        case "week" | "fortnight":
            return one_week(day)
        case "month":
            return months(day.year, day.month, 1)
        case "quarter":
            return months(day.year, (day.month - 1) // 3 * 3 + 1, 3)
        case "decade":
            return months(day.year // 10 * 10, 1, 120)
        case _:
            return one_year(day.year)
