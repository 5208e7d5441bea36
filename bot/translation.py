"""The words of paperbot in the reader's language: English in the code, other languages from catalogues."""

from contextvars import ContextVar

SOURCE_LOCALE = "en"
"""The language that the sentences in the code are in."""

_locale: ContextVar[str] = ContextVar("locale", default=SOURCE_LOCALE)


def gettext(message: str) -> str:
    """Return a sentence in the current language. Fill its {placeholders} afterwards, with `.format`."""
    return message


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a sentence for `number`, in the current language."""
    return singular if number == 1 else plural
