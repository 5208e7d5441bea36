"""The ways in which people write a day, a week, a month or a year."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from bot.search.query.days import FIRST_YEAR, Days, ago, latest, one_day, one_month, one_year, whole

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
COUNTS = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True))
COUNTS |= {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 5}

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ORDINAL = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)(?!\w)"
_DAY = _ORDINAL.replace("th)", "th)?")
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})(?!\w)"
_UNIT = r"(?P<unit>day|week|month|year)"
_COUNT = rf"(?:a\s+)?(?P<count>[0-9]{{1,3}}|{'|'.join(COUNTS)})(?:\s+of)?"
# What follows "may" when it is a verb.
_VERB = r"(?!\s+(?:be|have|not|also|help|well|improve|lead|cause|need|still|even|only|use|fail|hurt|or)\b)"
# A part of a year or month is read as the whole: a span that is too wide hides nothing.
_PART = (
    r"(?:the\s+)?(?:very\s+)?(?:early|mid|late|(?:start|beginning|middle|end|(?:first|second)\s+half)\s+of"
    r"|(?:spring|summer|autumn|fall|winter)(?:\s+of)?)[\s-]+(?:in\s+)?"
)


def _read_date(match: re.Match[str], today: date) -> Days | None:
    groups = match.groupdict()
    day = int(groups["day"]) if groups.get("day") else None
    name = groups["month"]
    month = int(name) if name.isdigit() else MONTHS.index(name[:3].lower()) + 1
    if groups.get("year"):
        return one_month(int(groups["year"]), month, day) if _is_year(groups["year"], today) else None
    if day is None and name.isupper() and len(name) <= 4:
        return None  # DEC, MAR and SEP are names of methods and tokens
    return latest(month, day, until=today)


def _said_month(match: re.Match[str], today: date) -> Days:
    month = MONTHS.index(match["month"][:3].lower()) + 1
    if match["which"].lower() == "last":
        return latest(month, None, until=today.replace(day=1) - timedelta(days=1))
    return latest(month, None, until=today)


def _weekday(match: re.Match[str], today: date) -> Days:
    back = (today.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    which = match.groupdict().get("which") or ""
    return one_day(today - timedelta(days=back or (7 if which.lower() == "last" else 0)))


def _year(match: re.Match[str], today: date) -> Days | None:
    if not _is_year(match["year"], today):
        return None
    days = one_year(int(match["year"]))
    return Days(days.first, days.last, number=match.group() == match["year"])


def _decade(match: re.Match[str], today: date) -> Days | None:
    first = int(match["decade"])
    return one_year(first).joined(one_year(first + 9)) if FIRST_YEAR <= first <= today.year else None


def _rolling(match: re.Match[str], today: date) -> Days:
    return Days(ago(today, _count(match.groupdict().get("count") or "one"), match["unit"].lower()), today)


def _hours(match: re.Match[str], today: date) -> Days:
    return Days(ago(today, int(match["hours"]) // 24, "day"), today)


def _whole_unit(match: re.Match[str], today: date) -> Days:
    unit = match["unit"].lower()
    back = 0 if match["which"].lower() in ("this", "the current") else 1
    # From the first day of the unit, since "last month" on the 31st is not the month a day's count back.
    return whole(ago(whole(today, unit).first, back, unit), unit)


def _ago(match: re.Match[str], today: date) -> Days:
    unit = match["unit"].lower()
    return whole(ago(today, _count(match["count"]), unit), unit)


def _named_day(match: re.Match[str], today: date) -> Days:
    return one_day(today - timedelta(days=1) if match["name"].lower() == "yesterday" else today)


def _count(word: str) -> int:
    return COUNTS.get(word.lower()) or int(word)


def _is_year(digits: str, today: date) -> bool:
    # One year ahead, since papers of a coming conference are spoken of; "the climate in 2050" is no day of publication.
    return FIRST_YEAR <= int(digits) <= today.year + 1


Form = tuple[str, Callable[[re.Match[str], date], Days | None]]

# Clear where they stand, without a word such as "in" before them.
_CLEAR: tuple[Form, ...] = (
    (
        r"(?P<year>(?:19|20)[0-9]{2})[-/](?P<month>0?[1-9]|1[0-2])[-/](?P<day>0?[1-9]|[12][0-9]|3[01])(?!\w)",
        _read_date,
    ),
    (r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>0[1-9]|1[0-2])(?!\w)", _read_date),
    (rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+(?:of\s+)?{_YEAR}", _read_date),
    (rf"{_MONTH}\s+(?:the\s+)?{_DAY},?\s+(?:of\s+)?{_YEAR}", _read_date),
    (rf"(?:the\s+)?{_ORDINAL}\s+(?:of\s+)?{_MONTH}", _read_date),
    (rf"{_MONTH}\s+(?:the\s+)?{_ORDINAL}", _read_date),
    (rf"(?:{_PART})?{_MONTH},?\s+(?:of\s+|in\s+)?{_YEAR}", _read_date),
    (rf"{_PART}(?:the\s+year\s+)?{_YEAR}", _year),
    (r"(?:the\s+)?(?P<decade>(?:19|20)[0-9]0)['’]?s(?!\w)", _decade),
    (rf"(?:the\s+|these\s+)?(?:past|last|previous)\s+{_COUNT}\s+{_UNIT}s?", _rolling),
    (rf"(?:the\s+)?past\s+{_UNIT}", _rolling),
    (r"(?:the\s+|these\s+)?(?:past|last|previous)\s+(?P<hours>24|48|72)\s*(?:hours|hrs|h)", _hours),
    (rf"(?:{_PART})?(?:the\s+)?(?P<which>this|the\s+current|last|previous)\s+(?P<unit>week|month|year)", _whole_unit),
    (rf"{_COUNT}\s+{_UNIT}s?\s+ago", _ago),
    (rf"(?P<which>last|this)\s+{_MONTH}", _said_month),
    (rf"(?P<which>last|this)\s+(?P<weekday>{'|'.join(WEEKDAYS)})", _weekday),
    (r"(?P<name>yesterday)", _named_day),
)
# Only after a word that makes them a date: "in May", "since Monday", "before 2020".
_VAGUE: tuple[Form, ...] = (
    (rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}", _read_date),
    (rf"{_MONTH}\s+(?:the\s+)?{_DAY}", _read_date),
    (rf"(?:{_PART})?{_MONTH}{_VERB}", _read_date),
    (rf"(?P<weekday>{'|'.join(WEEKDAYS)})", _weekday),
    (r"(?P<name>today|now|date|(?:the\s+)?present)", _named_day),
    (rf"(?:the\s+year\s+)?{_YEAR}", _year),
)


@cache
def _forms() -> list[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None]]]:
    return [(re.compile(form, re.IGNORECASE), read) for form, read in (*_CLEAR, *_VAGUE)]


def _anonymous(forms: tuple[Form, ...]) -> str:
    return "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", form) for form, _ in forms) + ")"


CLEAR = _anonymous(_CLEAR)
ANY = _anonymous((*_CLEAR, *_VAGUE))


def read_days(text: str, today: date) -> Days | None:
    """Return the days that `text`, matched by CLEAR or ANY, stands for; None when the calendar has no such day."""
    for form, read in _forms():
        if match := form.fullmatch(text.strip()):
            try:
                return read(match, today)
            except (ValueError, OverflowError):  # before the first day or after the last that Python has
                return None
    return None
