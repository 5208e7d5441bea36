"""Days as they are typed into an option."""

from datetime import date

import pytest

from bot.search.query.dates import typed_days
from bot.search.query.days import Days

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11-24", date(2026, 11, 24), date(2026, 11, 24)),
        (" yesterday ", date(2026, 11, 24), date(2026, 11, 24)),
        ("6 Dec 2023", date(2023, 12, 6), date(2023, 12, 6)),
        ("monday", date(2026, 11, 23), date(2026, 11, 23)),
        ("October 2025", date(2025, 10, 1), date(2025, 10, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_days_are_read_as_in_a_question(text: str, first: date, last: date) -> None:
    assert typed_days(text, today=TODAY) == Days(first, last)


@pytest.mark.parametrize("text", ["", "kettles", "since 2024", "2026-13-01", "9" * 500])
def test_what_is_no_span_of_days_is_none(text: str) -> None:
    assert typed_days(text, today=TODAY) is None
