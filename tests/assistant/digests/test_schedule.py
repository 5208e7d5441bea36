"""When a digest is due, over the changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.assistant.digests.schedule import due, slot

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
WINDOW = timedelta(hours=6)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        (BERLIN, "2024-01-15", "09:00", "2024-01-15T08:00"),
        (BERLIN, "2024-07-15", "09:00", "2024-07-15T07:00"),
        # Spring, 31 March 2024: from 02:00 to 03:00.
        (BERLIN, "2024-03-31", "01:59", "2024-03-31T00:59"),
        (BERLIN, "2024-03-31", "02:30", "2024-03-31T01:30"),
        (BERLIN, "2024-03-31", "03:30", "2024-03-31T01:30"),
        (BERLIN, "2024-03-31", "09:00", "2024-03-31T07:00"),
        # Autumn, 27 October 2024: 02:30 comes twice, the first one counts.
        (BERLIN, "2024-10-27", "02:30", "2024-10-27T00:30"),
        (BERLIN, "2024-10-27", "03:30", "2024-10-27T02:30"),
        (NEW_YORK, "2024-03-10", "02:30", "2024-03-10T07:30"),
        (NEW_YORK, "2024-03-10", "09:00", "2024-03-10T13:00"),
        (NEW_YORK, "2024-11-03", "01:30", "2024-11-03T05:30"),
        (NEW_YORK, "2024-11-03", "09:00", "2024-11-03T14:00"),
        (ZoneInfo("UTC"), "2024-02-29", "00:00", "2024-02-29T00:00"),
    ],
)
def test_the_moment_of_a_slot(zone: ZoneInfo, day: str, at: str, moment: str) -> None:
    assert slot(date.fromisoformat(day), time.fromisoformat(at), zone) == utc(moment)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2024-01-15T07:59:59", None),
        ("2024-01-15T08:00", "2024-01-15"),
        ("2024-01-15T14:00", "2024-01-15"),
        ("2024-01-15T14:00:01", None),
        ("2024-01-16T07:00", None),
    ],
)
def test_a_digest_is_due_from_its_slot_to_the_windows_end(now: str, day: str | None) -> None:
    found = due(utc(now), time(9), BERLIN, window=WINDOW)
    assert found == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2024-01-15T21:59", None),
        ("2024-01-15T22:00", "2024-01-15"),
        ("2024-01-15T23:30", "2024-01-15"),  # 00:30 of the 16th in Berlin
        ("2024-01-16T04:00", "2024-01-15"),
        ("2024-01-16T04:01", None),
        ("2023-12-31T23:30", "2023-12-31"),
    ],
)
def test_a_window_over_midnight_belongs_to_the_day_before(now: str, day: str | None) -> None:
    found = due(utc(now), time(23), BERLIN, window=WINDOW)
    assert found == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
@pytest.mark.parametrize("at", [time(0), time(1, 30), time(2, 30), time(9), time(23, 59)])
@pytest.mark.parametrize("start", ["2024-03-08", "2024-03-29", "2024-10-25", "2024-11-01"])
def test_every_day_is_due_exactly_once_over_a_change_of_the_clocks(zone: ZoneInfo, at: time, start: str) -> None:
    first = utc(start)
    days = [due(first + timedelta(minutes=5 * n), at, zone, window=timedelta(hours=2)) for n in range(12 * 24 * 6)]
    spans = [day for day, before in zip(days[1:], days, strict=False) if day and day != before]
    assert spans == sorted(set(spans))
    assert len(spans) >= 5
    assert (spans[-1] - spans[0]).days == len(spans) - 1


def test_a_window_of_nearly_a_day_never_skips_one() -> None:
    for hour in range(72):
        now = utc("2024-03-30") + timedelta(hours=hour)
        assert due(now, time(9), BERLIN, window=timedelta(hours=23)) is not None or now.astimezone(BERLIN).hour == 8
