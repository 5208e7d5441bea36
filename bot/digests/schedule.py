"""When a digest is due, in its own time zone."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.store.digests import DigestDefinition

_DAY = timedelta(days=1)
_LOOK_AHEAD = 62  # days; a monthly digest comes at least so often
_LOOK_BACK = 31
"""For how many days a digest that was never posted is noted as missed."""


def slot(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment of `at` on `day` in `zone`, in UTC.

    A time that the clocks skip in spring counts from before the change (02:30 becomes 03:30); one that comes twice in
    autumn is the first.
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def due(now: datetime, definition: DigestDefinition, *, window: timedelta) -> date | None:
    """Return the day whose slot has passed not longer than `window` ago, which is under a day, or None."""
    today = _today(now, definition)
    for day in (today, today - _DAY):
        late = now - _slot(day, definition)
        if _posts_on(day, definition) and timedelta(0) <= late:
            return day if late <= window else None
    return None


def passed(now: datetime, definition: DigestDefinition, *, since: datetime, window: timedelta) -> Sequence[date]:
    """Return the days, oldest first, whose slot came after `since` and whose window is over."""
    today = _today(now, definition)
    first = max(_today(since, definition), today - _LOOK_BACK * _DAY)
    return [
        day
        for day in _days(first, (today - first).days + 1)
        if _posts_on(day, definition) and since < _slot(day, definition) and _slot(day, definition) + window < now
    ]


def next_slot(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """Return the first slot after `now` of a digest that comes every day, in UTC."""
    today = now.astimezone(zone).date()
    # Three days, since a zone may skip one, as Samoa did.
    return next(moment for day in _days(today, 3) if (moment := slot(day, at, zone)) > now)


def next_post(now: datetime, definition: DigestDefinition) -> datetime:
    """Return the first slot after `now` on a day of this digest, in UTC."""
    days = (day for day in _days(_today(now, definition), _LOOK_AHEAD) if _posts_on(day, definition))
    return next(moment for day in days if (moment := _slot(day, definition)) > now)


def _posts_on(day: date, definition: DigestDefinition) -> bool:
    # A zone that crosses the date line skips a day: it has no noon.
    zone = definition.time_zone
    exists = slot(day, time(12), zone).astimezone(zone).date() == day
    return exists and definition.posts_on(day)


def _slot(day: date, definition: DigestDefinition) -> datetime:
    return slot(day, definition.at, definition.time_zone)


def _today(now: datetime, definition: DigestDefinition) -> date:
    return now.astimezone(definition.time_zone).date()


def _days(first: date, number: int) -> Iterator[date]:
    return (first + days * _DAY for days in range(number))


def first_span(definition: DigestDefinition) -> timedelta:
    """Return a week, also for a daily digest, whose first post would else be thin; a month for a monthly one."""
    return timedelta(days=31 if definition.period == "monthly" else 7)
