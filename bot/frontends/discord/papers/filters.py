"""From the options of a search to the filters that they stand for."""

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
_NAMES = {"category": phrase("category"), "author": phrase("author")}
_EXAMPLES = {"category": "cs.CL", "author": "Geoffrey Hinton"}


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
    """Return the filters. `known` tells which field terms papers have; one that none has finds nothing, and says so.

    Raises FilterUnknown for a value without letters, DayUnknown for what is no day or span of days.
    """
    fields = list(_field_terms(known, category=category, author=author))
    if with_code:
        fields.append(HAS_CODE)
    return Filters(
        after=_days(since, today).first if since else None,
        before=_days(until, today).last if until else None,
        fields=tuple(fields),
    )


def _field_terms(known: Known, **values: str | None) -> Iterator[str]:
    for field, value in values.items():
        if not value:
            continue
        term = known_term(field, value, known, typos=field == "author") or next(iter(value_terms(field, value)), None)
        if term is None or not any(map(str.isalnum, value)):
            raise FilterUnknown(name=_NAMES[field], text=_shown(value), example=_EXAMPLES[field])
        yield term


def _days(text: str, today: date) -> Days:
    days = typed_days(text, today=today)
    if days is None:
        raise DayUnknown(text=_shown(text), example=today.isoformat())
    return days


def _shown(text: str) -> str:
    return shorten(one_line(text), _SHOWN_LIMIT)
