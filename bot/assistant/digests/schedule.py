"""When a digest is due, in its own time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def slot(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment of `at` on `day` in `zone`, in UTC.

    A time that the clocks skip in spring counts from before the change (02:30 becomes 03:30); one that comes twice in
    autumn is the first.
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def due(now: datetime, at: time, zone: ZoneInfo, *, window: timedelta) -> date | None:
    """Return the day whose slot has passed not longer than `window` ago, which is under a day, or None."""
    today = now.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        late = now - slot(day, at, zone)
        if timedelta(0) <= late:
            return day if late <= window else None
    return None


def next_slot(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """Return the first slot after `now`, in UTC."""
    today = now.astimezone(zone).date()
    # Three days, since a zone may skip one, as Samoa did.
    slots = (slot(today + timedelta(days=days), at, zone) for days in range(3))
    return next(moment for moment in slots if moment > now)
