"""The words of paperbot in the reader's language: English in the code, other languages from catalogues."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from bot.i18n import formatting as days
from bot.i18n.catalogues import catalogue
from bot.i18n.formatting import Filler, with_separators

SOURCE_LOCALE = "en"
"""The language that the sentences in the code are in."""

LOCALES = (SOURCE_LOCALE, "de", "fr")
"""The languages that there are."""

_locale: ContextVar[str] = ContextVar("locale", default=SOURCE_LOCALE)


def locale_of(code: object) -> str:
    """Return the one of LOCALES that is meant by a code such as fr-CA; English where there is none."""
    language = str(code).replace("_", "-").partition("-")[0].casefold()
    return language if language in LOCALES else SOURCE_LOCALE


def current_locale() -> str:
    """Return the language of what is being said: one of LOCALES."""
    return _locale.get()


def set_locale(code: object) -> None:
    """Say everything in a language from now on, in this task and in those that it starts."""
    _locale.set(locale_of(code))


@contextmanager
def use_locale(code: object) -> Iterator[None]:
    """Say what is said within in a language, and in the former one after that."""
    before = _locale.set(locale_of(code))
    try:
        yield
    finally:
        _locale.reset(before)


def gettext(message: str) -> str:
    """Return a sentence in the current language. Fill its {placeholders} afterwards, with `.format`."""
    return catalogue(_locale.get()).gettext(message) if message else ""


def pgettext(context: str, message: str) -> str:
    """Return a word whose translation depends on where it stands, such as a command's name, in the current language."""
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
        said = ngettext(self.template, *self.plural) if self.plural else gettext(self.template)
        return fill(said, self.facts) if self.facts else said


def phrase(template: str, **facts: object) -> Phrase:
    """Return words to be said later, in the language of who reads them; `facts` fill the {placeholders}.

    A fact that is a day, or a moment in UTC, is written as each language writes it.

    Also marks a constant for the catalogues, which `gettext` then finds.
    """
    return _phrase(_filled(template, facts, SOURCE_LOCALE) if facts else template, template, None, facts)


def phrases(singular: str, plural: str, number: int, **facts: object) -> Phrase:
    """Return words as `phrase` does, in the form for `number`."""
    facts = {"number": number, **facts}
    english = _filled(singular if number == 1 else plural, facts, SOURCE_LOCALE)
    return _phrase(english, singular, (plural, number), facts)


def _phrase(english: str, template: str, plural: tuple[str, int] | None, facts: dict[str, Any]) -> Phrase:
    made = Phrase(english)
    made.template, made.plural, made.facts = template, plural, facts
    return made


class PhraseList(tuple[str, ...]):
    """Phrases with commas between them, which `localized` says in the reader's language."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(self)

    def localized(self) -> str:
        """Return the words in the current language."""
        return ", ".join(map(localized, self))


def localized(value: object) -> Any:
    """Return a phrase, or an error's sentence, in the current language; anything else as it is."""
    say = getattr(value, "localized", None)
    return say() if say is not None else value


def fill(template: str, facts: dict[str, Any]) -> str:
    """Fill a template that is in the current language: phrases among the facts are said in it, numbers written in it.

    English numbers are written as the template tells.
    """
    return _filled(template, {name: localized(value) for name, value in facts.items()}, _locale.get())


def _filled(template: str, facts: dict[str, Any], locale: str) -> str:
    return Filler(locale).vformat(template, (), facts)


def day(value: date) -> str:
    """Return a day as in 6 Dec 2023, in the current language."""
    return days.day(value, _locale.get())


def month(value: date) -> str:
    """Return a month as in Dec 2023, in the current language."""
    return days.month(value, _locale.get())


def day_of_year(value: date) -> str:
    """Return a day as in 6 Dec, in the current language."""
    return days.day_of_year(value, _locale.get())


def weekday(value: date) -> str:
    """Return the day of the week, in full and in the current language."""
    return days.weekday(value, _locale.get())


def number(value: int) -> str:
    """Return a number as in 1,200, in the current language."""
    return with_separators(f"{value:,}", _locale.get())
