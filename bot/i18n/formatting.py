"""Days as each language writes them, shortly: 6 Dec 2023, 6. Dez. 2023, 6 déc. 2023."""

import string
from datetime import UTC, date, datetime
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.numbers import get_decimal_symbol, get_group_symbol

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


class Filler(string.Formatter):
    """Does what `str.format` does, with the separators of a language in numbers, and its days and moments."""

    def __init__(self, locale: str) -> None:
        self._locale = locale

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value as the placeholder tells."""
        if isinstance(value, date) and not format_spec:
            return moment(value, self._locale) if isinstance(value, datetime) else day(value, self._locale)
        text = str(super().format_field(value, format_spec))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return with_separators(text, self._locale)
        return text


def with_separators(number: str, locale: str) -> str:
    """Return a number that is written as in 1,234.5 with a language's own separators: 1.234,5."""
    separators = {",": get_group_symbol(locale), ".": get_decimal_symbol(locale)}
    return "".join(separators.get(char, char) for char in number)
