"""Which lists are read for a span of days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.sources.daily_lists import RECENT_DAYS, cursor_of, parts_since, place_after

TODAY = date(2026, 10, 8)
DAYS = st.dates(date(2023, 1, 1), TODAY)


def labels(first: date) -> list[str]:
    return [part.label for part in parts_since(first, TODAY)]


def test_the_last_week_is_read_by_day() -> None:
    assert labels(date(2026, 10, 2)) == [f"2026-10-{day:02}" for day in range(2, 9)]


def test_longer_spans_are_read_by_week_and_month() -> None:
    assert labels(date(2026, 7, 30))[:6] == [
        "2026-07-30",
        "2026-07-31",
        "2026-08",
        "2026-09",
        "2026-10-01",
        "2026-10-02",
    ]
    assert labels(date(2026, 9, 7))[:4] == ["2026-W37", "2026-W38", "2026-W39", "2026-09-28"]


def test_a_day_to_come_needs_no_list() -> None:
    assert parts_since(TODAY + timedelta(days=1), TODAY) == []


@given(DAYS)
def test_the_lists_hold_every_day_once(first: date) -> None:
    parts = parts_since(first, TODAY)
    days = [part.first + timedelta(days=n) for part in parts for n in range((part.last - part.first).days + 1)]
    assert days == [first + timedelta(days=n) for n in range((TODAY - first).days + 1)]
    assert all(part.kind == "date" for part in parts if part.last > TODAY - timedelta(days=RECENT_DAYS))


@given(DAYS, st.integers(0, 9))
def test_a_cursor_leads_to_what_comes_after_it(first: date, page: int) -> None:
    parts = parts_since(first, TODAY)
    for number, part in enumerate(parts):
        assert place_after(cursor_of(part, page), parts) == (number, page + 1)
        assert place_after(cursor_of(part, None), parts) == (number + 1, 0)
    assert place_after(None, parts) == (0, 0)
    assert place_after("2019-01 4", parts) == (0, 0)
