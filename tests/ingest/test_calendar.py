"""When feeds should have brought something, with arXiv's evening announcements and daylight saving."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.freshness import announcement_before, last_announcement, next_announcement
from bot.sources.daily_papers import CALENDAR
from bot.sources.feed import FeedCalendar

EVENINGS = FeedCalendar(
    zone=ZoneInfo("America/New_York"),
    weekdays=frozenset({6, 0, 1, 2, 3}),
    hour=time(20),
    late_after=timedelta(hours=6),
)


@pytest.mark.parametrize(
    ("now", "day", "at"),
    [
        # Thursday's announcement is at 20:00 in New York, which is midnight in UTC in summer.
        (datetime(2026, 10, 8, 23, 59, tzinfo=UTC), date(2026, 10, 7), datetime(2026, 10, 8, 0, 0, tzinfo=UTC)),
        (datetime(2026, 10, 9, 0, 0, tzinfo=UTC), date(2026, 10, 8), datetime(2026, 10, 9, 0, 0, tzinfo=UTC)),
        (datetime(2026, 10, 11, 12, 0, tzinfo=UTC), date(2026, 10, 8), datetime(2026, 10, 9, 0, 0, tzinfo=UTC)),
        # And at one o'clock in winter.
        (datetime(2026, 12, 10, 0, 30, tzinfo=UTC), date(2026, 12, 8), datetime(2026, 12, 9, 1, 0, tzinfo=UTC)),
    ],
)
def test_the_last_announcement_is_told_in_the_feeds_own_zone(now: datetime, day: date, at: datetime) -> None:
    found = last_announcement(EVENINGS, now)
    assert (found.day, found.at) == (day, at)


@given(
    st.integers(0, 2_000_000).map(lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.sampled_from((CALENDAR, EVENINGS)),
)
def test_announcements_follow_each_other(now: datetime, calendar: FeedCalendar) -> None:
    last, coming = last_announcement(calendar, now), next_announcement(calendar, now)
    assert last.at <= now < coming.at
    assert announcement_before(calendar, coming) == last
    assert last.day.weekday() in calendar.weekdays
