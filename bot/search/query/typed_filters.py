"""Days and filters as users type them into the options of a command."""

from collections.abc import Iterator
from datetime import date

from bot.errors.requests import DayUnknown, FilterUnknown
from bot.i18n.translation import phrase
from bot.search.query.dates import typed_days
from bot.search.query.days import Days
from bot.search.query.field_values import Known, known_term, value_terms
from bot.search.query.filters import HAS_CODE, Filters
from bot.text import one_line, shorten

_SHOWN_LIMIT = 60
_FIELD_NAMES = {"category": phrase("category"), "author": phrase("author")}
_FIELD_EXAMPLES = {"category": "cs.CL", "author": "Geoffrey Hinton"}


def filters_of(
    known: Known,
    *,
    today: date,
    category: str | None = None,
    author: str | None = None,
    since: str | None = None,
    until: str | None = None,
    with_code: bool = False,
) -> Filters:
    """Return the filters that the options of a search mean. A term that no paper has, by `known`, finds nothing.

    Raises FilterUnknown for a value without letters, DayUnknown for what is no day or span of days.
    """
    fields = list(_field_terms(known, category=category, author=author))
    if with_code:
        fields.append(HAS_CODE)
    return Filters(
        after=typed_span(since, today).first if since else None,
        before=typed_span(until, today).last if until else None,
        fields=tuple(fields),
    )


def _field_terms(known: Known, **values: str | None) -> Iterator[str]:
    for field, value in values.items():
        if not value:
            continue
        term = known_term(field, value, known, typos=field == "author") or next(iter(value_terms(field, value)), None)
        if term is None or not any(map(str.isalnum, value)):
            raise FilterUnknown(name=_FIELD_NAMES[field], text=_shown(value), example=_FIELD_EXAMPLES[field])
        yield term


def typed_day(text: str, today: date) -> date:
    """Return the one date that a text names. Raises DayUnknown."""
    days = typed_span(text, today)
    if days.first != days.last:
        raise DayUnknown(text=_shown(text), example=today.isoformat())
    return days.first


def typed_span(text: str, today: date) -> Days:
    """Return the day or span of days that a text names. Raises DayUnknown."""
    days = typed_days(text, today=today)
    if days is None:
        raise DayUnknown(text=_shown(text), example=today.isoformat())
    return days


def _shown(text: str) -> str:
    return shorten(one_line(text), _SHOWN_LIMIT)
