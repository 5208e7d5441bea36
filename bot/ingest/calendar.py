"""When a feed should have brought something."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.sources.feed import FeedCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A list or an announcement that the calendar promises: its day in the feed's zone, and the moment."""

    day: date
    at: datetime


def last_announcement(calendar: FeedCalendar, now: datetime) -> Announcement:
    """Return the last one that was due by `now`."""
    day = now.astimezone(calendar.zone).date()
    while True:
        at = datetime.combine(day, calendar.hour, calendar.zone)
        if day.weekday() in calendar.weekdays and at <= now:
            return Announcement(day, at)
        day -= _DAY


def announcement_before(calendar: FeedCalendar, announcement: Announcement) -> Announcement:
    """Return the one before."""
    return last_announcement(calendar, announcement.at - timedelta(seconds=1))


def next_announcement(calendar: FeedCalendar, now: datetime) -> Announcement:
    """Return the first one that is due after `now`."""
    day = now.astimezone(calendar.zone).date()
    while True:
        at = datetime.combine(day, calendar.hour, calendar.zone)
        if day.weekday() in calendar.weekdays and at > now:
            return Announcement(day, at)
        day += _DAY
