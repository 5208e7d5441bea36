"""When a digest is due, over the changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.digests.schedule import due, next_post, next_slot, passed, slot
from bot.store.digests import DigestDefinition
from tests.digests.examples import make_definition

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
WINDOW = timedelta(hours=6)


def daily(at: str, zone: str = "Europe/Berlin", **more: Any) -> DigestDefinition:
    return make_definition(at=time.fromisoformat(at), zone=zone, **more)


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
    found = due(utc(now), daily("09:00"), window=WINDOW)
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
    found = due(utc(now), daily("23:00"), window=WINDOW)
    assert found == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut"])
@pytest.mark.parametrize("at", ["00:00", "01:30", "02:30", "09:00", "23:59"])
@pytest.mark.parametrize("start", ["2024-03-08", "2024-03-29", "2024-10-25", "2024-11-01"])
def test_every_day_is_due_exactly_once_over_a_change_of_the_clocks(zone: str, at: str, start: str) -> None:
    first = utc(start)
    digest, window = daily(at, zone), timedelta(hours=2)
    days = [due(first + timedelta(minutes=5 * n), digest, window=window) for n in range(12 * 24 * 6)]
    spans = [day for day, before in zip(days[1:], days, strict=False) if day and day != before]
    assert spans == sorted(set(spans))
    assert len(spans) >= 5
    assert (spans[-1] - spans[0]).days == len(spans) - 1


def test_a_window_of_nearly_a_day_never_skips_one() -> None:
    for hour in range(72):
        now = utc("2024-03-30") + timedelta(hours=hour)
        assert due(now, daily("09:00"), window=timedelta(hours=23)) is not None or now.astimezone(BERLIN).hour == 8


def test_a_day_that_a_zone_skips_has_no_digest() -> None:
    # Samoa went from 29 to 31 December 2011, over the date line.
    digest = daily("09:00", "Pacific/Apia")
    days = {due(utc("2011-12-28") + timedelta(hours=n), digest, window=WINDOW) for n in range(72)} - {None}
    assert sorted(str(day) for day in days) == ["2011-12-27", "2011-12-28", "2011-12-29", "2011-12-31"]
    assert passed(utc("2012-01-01"), digest, since=utc("2011-12-29"), window=WINDOW) == [
        date(2011, 12, 29),
        date(2011, 12, 31),
    ]


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({"weekdays": (0, 2)}, ["2024-01-01", "2024-01-03", "2024-01-08", "2024-01-10"]),
        ({"period": "weekly", "weekdays": (4,)}, ["2024-01-05", "2024-01-12"]),
        ({"period": "weekly"}, ["2024-01-01", "2024-01-08"]),
        ({"period": "monthly"}, ["2024-01-01"]),
        ({"period": "monthly", "weekdays": (0, 1, 2, 3, 4)}, ["2024-01-01"]),
        ({"period": "monthly", "weekdays": (6,)}, ["2024-01-07"]),
    ],
)
def test_weekdays_and_periods(changes: dict[str, Any], days: list[str]) -> None:
    digest = daily("09:00", **changes)
    found = {due(utc("2024-01-01") + timedelta(hours=n), digest, window=WINDOW) for n in range(24 * 13)} - {None}
    assert sorted(str(day) for day in found) == days


def test_yesterdays_window_counts_on_a_day_without_a_digest() -> None:
    digest = daily("22:00", weekdays=(4,))
    assert due(utc("2024-01-06T02:00"), digest, window=WINDOW) == date(2024, 1, 5)


def test_days_that_went_by_are_those_whose_window_is_over() -> None:
    digest = daily("09:00", weekdays=(0, 1, 2, 3, 4))
    missed = passed(utc("2024-01-10T13:00"), digest, since=utc("2024-01-04T12:00"), window=WINDOW)
    assert [str(day) for day in missed] == ["2024-01-05", "2024-01-08", "2024-01-09"]
    assert passed(utc("2024-01-10T13:00"), digest, since=utc("2024-01-11"), window=WINDOW) == []


def test_of_a_very_long_time_only_the_last_days_are_told() -> None:
    assert len(passed(utc("2024-06-01"), daily("09:00"), since=utc("1970-01-01"), window=WINDOW)) == 31


@pytest.mark.parametrize(
    ("changes", "moment"),
    [
        ({}, "2024-01-06T08:00"),
        ({"weekdays": (0,)}, "2024-01-08T08:00"),
        ({"period": "monthly"}, "2024-02-01T08:00"),
        ({"period": "monthly", "weekdays": (5,)}, "2024-01-06T08:00"),
    ],
)
def test_the_next_post(changes: dict[str, Any], moment: str) -> None:
    assert next_post(utc("2024-01-05T09:00"), daily("09:00", **changes)) == utc(moment)


def test_the_next_slot_is_later_than_now() -> None:
    assert next_slot(utc("2024-01-05T08:00"), time(9), BERLIN) == utc("2024-01-06T08:00")
