"""Filling the placeholders of sentences: numbers and days are written as the sentence's language does."""

import string
from datetime import date, datetime
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol

from bot.locales import days


class Filler(string.Formatter):
    """Does what `str.format` does, with the separators of a language in numbers, and its days and moments."""

    def __init__(self, locale: str) -> None:
        self._locale = locale

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value as the placeholder tells."""
        if isinstance(value, date) and not format_spec:
            return days.moment(value, self._locale) if isinstance(value, datetime) else days.day(value, self._locale)
        text = str(super().format_field(value, format_spec))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return with_separators(text, self._locale)
        return text


def with_separators(number: str, locale: str) -> str:
    """Return a number that is written as in 1,234.5 with a language's own separators: 1.234,5."""
    separators = {",": get_group_symbol(locale), ".": get_decimal_symbol(locale)}
    return "".join(separators.get(char, char) for char in number)
