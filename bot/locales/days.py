"""Days as each language writes them, shortly: 6 Dec 2023, 6. Dez. 2023, 6 déc. 2023."""

from datetime import UTC, date, datetime

from babel.dates import format_date, format_skeleton

_ENGLISH = "en"


def day(value: date, locale: str) -> str:
    """Return a day with its year."""
    # Babel's English is American; here it is written as the rest is.
    return f"{value.day} {value:%b %Y}" if locale == _ENGLISH else format_skeleton("yMMMd", value, locale=locale)


def moment(value: datetime, locale: str) -> str:
    """Return a moment as in 6 Dec 2023, 14:05 UTC."""
    utc = value.astimezone(UTC)
    return f"{day(utc.date(), locale)}, {utc:%H:%M} UTC"


def month(value: date, locale: str) -> str:
    """Return a month with its year."""
    return f"{value:%b %Y}" if locale == _ENGLISH else format_skeleton("yMMM", value, locale=locale)


def day_of_year(value: date, locale: str) -> str:
    """Return a day without its year: 6 Dec."""
    return f"{value.day} {value:%b}" if locale == _ENGLISH else format_skeleton("MMMd", value, locale=locale)


def weekday(value: date, locale: str) -> str:
    """Return the day of the week in full."""
    return str(format_date(value, "EEEE", locale=locale))
