"""The words of paperbot in the reader's language, English in the code and others from catalogues; dates and numbers."""

import string
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.numbers import get_decimal_symbol, get_group_symbol

from bot.i18n.catalogues import catalogue

SOURCE_LOCALE = "en"
"""The language of the sentences in the code."""

LOCALES = (SOURCE_LOCALE, "de", "fr")
"""The languages that paperbot's own sentences are in."""

_locale: ContextVar[str] = ContextVar("locale", default=SOURCE_LOCALE)


def locale_of(code: object) -> str:
    """Return the one of LOCALES that is meant by a code such as fr-CA; English where there is none."""
    language = str(code).replace("_", "-").partition("-")[0].casefold()
    return language if language in LOCALES else SOURCE_LOCALE


def current_locale() -> str:
    """Return the language of this task's texts: one of LOCALES."""
    return _locale.get()


def set_locale(code: object) -> None:
    """Put all texts into a language from now on, in this task and in those that it starts."""
    _locale.set(locale_of(code))


@contextmanager
def use_locale(code: object) -> Iterator[None]:
    """Put texts into a language within the body, and into the former one after it."""
    before = _locale.set(locale_of(code))
    try:
        yield
    finally:
        _locale.reset(before)


def gettext(message: str) -> str:
    """Return a sentence in the current language. Fill its {placeholders} afterwards, with `.format`."""
    return catalogue(_locale.get()).gettext(message) if message else ""


def pgettext(context: str, message: str) -> str:
    """Return a word whose translation depends on its context, such as a command's name, in the current language."""
    return catalogue(_locale.get()).pgettext(context, message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a sentence for `number`, in the current language."""
    return catalogue(_locale.get()).ngettext(singular, plural, number)


class Phrase(str):
    """Words that are English as a string, in logs and in the store; `localized` gives the reader's language."""

    __slots__ = ("facts", "plural", "template")

    template: str
    plural: tuple[str, int] | None
    facts: dict[str, Any]

    def localized(self) -> str:
        """Return the words in the current language."""
        template = ngettext(self.template, *self.plural) if self.plural else gettext(self.template)
        return fill(template, self.facts) if self.facts else template


def phrase(template: str, **facts: object) -> Phrase:
    """Return words to be translated when they are shown, in the reader's language; `facts` fill the {placeholders}.

    A fact that is a date or a datetime, shown in UTC, is written as each language writes it. Also marks a constant for
    the catalogues, in which `gettext` then finds it.
    """
    return _phrase(_filled(template, facts, SOURCE_LOCALE) if facts else template, template, None, facts)


def phrases(singular: str, plural: str, number: int, **facts: object) -> Phrase:
    """Return words as `phrase` does, in the form for `number`."""
    facts = {"number": number, **facts}
    english = _filled(singular if number == 1 else plural, facts, SOURCE_LOCALE)
    return _phrase(english, singular, (plural, number), facts)


def _phrase(english: str, template: str, plural: tuple[str, int] | None, facts: dict[str, Any]) -> Phrase:
    words = Phrase(english)
    words.template, words.plural, words.facts = template, plural, facts
    return words


class PhraseList(tuple[str, ...]):
    """Phrases with commas between them; `localized` gives the reader's language."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(self)

    def localized(self) -> str:
        """Return the words in the current language."""
        return ", ".join(map(localized, self))


def localized(value: object) -> Any:
    """Return a phrase, or an error's sentence, in the current language; anything else as it is."""
    translate = getattr(value, "localized", None)
    return translate() if translate is not None else value


def fill(template: str, facts: dict[str, Any]) -> str:
    """Fill a template that is in the current language: phrases among the facts are translated into it as well.

    Numbers are written as the template says, with the language's own separators.
    """
    return _filled(template, {name: localized(value) for name, value in facts.items()}, _locale.get())


def _filled(template: str, facts: dict[str, Any], locale: str) -> str:
    return _Filler(locale).vformat(template, (), facts)


class _Filler(string.Formatter):
    """Does what `str.format` does, with a language's separators in numbers, and its dates and times."""

    def __init__(self, locale: str) -> None:
        self._locale = locale

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, date) and not format_spec:
            if not isinstance(value, datetime):
                return day(value, self._locale)
            utc = value.astimezone(UTC)
            return f"{day(utc.date(), self._locale)}, {utc:%H:%M} UTC"
        text = str(super().format_field(value, format_spec))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _with_separators(text, self._locale)
        return text


def day(value: date, locale: str | None = None) -> str:
    """Return a date as in 6 Dec 2023, in a language, by default the current one."""
    return _date(value, "%d %b %Y", "yMMMd", locale)


def month(value: date, locale: str | None = None) -> str:
    """Return a month as in Dec 2023, in a language, by default the current one."""
    return _date(value, "%b %Y", "yMMM", locale)


def day_of_year(value: date, locale: str | None = None) -> str:
    """Return a date as in 6 Dec, in a language, by default the current one."""
    return _date(value, "%d %b", "MMMd", locale)


def weekday(value: date, locale: str | None = None) -> str:
    """Return the day of the week in full, in a language, by default the current one."""
    return str(format_date(value, "EEEE", locale=locale or _locale.get()))


def number(value: int) -> str:
    """Return a number as in 1,200, in the current language."""
    return _with_separators(f"{value:,}", _locale.get())


def _date(value: date, english: str, skeleton: str, locale: str | None) -> str:
    """Return a date by a format of strftime in English, since Babel's is American, and else by a skeleton of CLDR."""
    locale = locale or _locale.get()
    if locale == SOURCE_LOCALE:
        return f"{value:{english}}".removeprefix("0")
    return str(format_skeleton(skeleton, value, locale=locale))


def _with_separators(number: str, locale: str) -> str:
    """Return a number that is written as in 1,234.5 with a language's own separators: 1.234,5."""
    separators = {",": get_group_symbol(locale), ".": get_decimal_symbol(locale)}
    return "".join(separators.get(char, char) for char in number)
