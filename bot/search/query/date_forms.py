"""The ways in which people write a day, a week, a month or a year."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from bot.search.query.days import (
    FIRST_YEAR,
    Days,
    ago,
    latest,
    latest_season,
    months,
    one_day,
    one_month,
    one_year,
    season,
    weekend,
    whole,
)

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
_UNIT = r"(?P<unit>day|week|fortnight|month|quarter|year|decade)"
_COUNT = rf"(?:a\s+)?(?P<count>[0-9]{{1,3}}|{'|'.join(COUNTS)})(?:\s+of)?"
# What follows "may" when it is a verb.
_VERB = r"(?!\s+(?:be|have|not|also|help|well|improve|lead|cause|need|still|even|only|use|fail|hurt|or)\b)"
# A part of a year or month is read as the whole: a span that is too wide hides nothing.
_PART = r"(?:the\s+)?(?:very\s+)?(?:earl(?:y|ier)|mid|later?|(?:start|beginning|middle|end)\s+of)[\s-]+(?:in\s+)?"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_WHICH = r"(?P<which>this|last|the\s+past|previous)"
_NTH = r"(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)"
_NUMBERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
# The year that a month, quarter or season is of, where it is said: "March of last year", "summer 2023".
_OF_YEAR = rf"(?:,?\s+|\s*[-/]\s*)(?:of\s+|in\s+)?(?:(?:the\s+year\s+)?{_YEAR}|(?P<yearly>this|last)\s+year)"


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


def _year_of(match: re.Match[str], today: date) -> int | None:
    """Return the year that `_OF_YEAR` matched; None where it can't be one."""
    groups = match.groupdict()
    if groups.get("yearly"):
        return today.year - (groups["yearly"].lower() == "last")
    return int(match["year"]) if _is_year(match["year"], today) else None


def _month_of(match: re.Match[str], today: date) -> Days:
    month = MONTHS.index(match["month"][:3].lower()) + 1
    return months(today.year - (match["yearly"].lower() == "last"), month, 1)


def _season_of(match: re.Match[str], today: date) -> Days | None:
    year = _year_of(match, today)
    return season(match["season"].lower(), year) if year else None


def _said_season(match: re.Match[str], today: date) -> Days:
    return latest_season(match["season"].lower(), today=today, over=match["which"].lower() != "this")


def _quarter_of(match: re.Match[str], today: date) -> Days | None:
    year, number = _year_of(match, today), match.groupdict().get("number")
    nth = int(number) if number else _NUMBERS[match["nth"].lower()]
    return months(year, 3 * nth - 2, 3) if year else None


def _quarter(match: re.Match[str], today: date) -> Days:
    month = 3 * int(match["number"]) - 2
    return months(today.year - (month > today.month), month, 3)


def _half_of(match: re.Match[str], today: date) -> Days | None:
    year, half = _year_of(match, today), (match.groupdict().get("half") or match["nth"]).lower()
    return months(year, 1 if half in ("1", "first", "1st") else 7, 6) if year else None


def _weekend(match: re.Match[str], today: date) -> Days:
    return weekend(today, over=match["which"].lower() in ("last", "previous"))


def _years(match: re.Match[str], today: date) -> Days | None:
    """Read "2019-21", "2019/20"."""
    first = int(match["year"])
    last = first // 100 * 100 + int(match["end"])
    return one_year(first).joined(one_year(last)) if first < last <= today.year + 1 and first >= FIRST_YEAR else None


def _short_year(match: re.Match[str], today: date) -> Days | None:
    year = 2000 + int(match["short"])
    return one_year(year) if _is_year(str(year), today) else None


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


def _short_decade(match: re.Match[str], _: date) -> Days:
    first = one_year(1900 + 10 * int(match["short"]))
    return Days(first.first, whole(first.first, "decade").last)


def _decade(match: re.Match[str], today: date) -> Days | None:
    first = int(match["decade"])
    return one_year(first).joined(one_year(first + 9)) if FIRST_YEAR <= first <= today.year else None


def _rolling(match: re.Match[str], today: date) -> Days:
    return Days(ago(today, _count(match.groupdict().get("count") or "one"), match["unit"].lower()), today)


def _hours(match: re.Match[str], today: date) -> Days:
    hours = int(match["hours"] or 1)
    return Days(ago(today, -(-hours // 24), "day"), today)  # papers have a day and no hour


def _whole_unit(match: re.Match[str], today: date) -> Days:
    unit = match["unit"].lower()
    if unit == "decade" and match["which"].lower() in ("last", "previous"):
        return Days(ago(today, 1, unit), today)
    back = 0 if match["which"].lower() in ("this", "the current") else 1
    # From the first day of the unit, since "last month" on the 31st is not the month a day's count back.
    return whole(ago(whole(today, unit).first, back, unit), unit)


def _ago(match: re.Match[str], today: date) -> Days:
    unit = match["unit"].lower()
    return whole(ago(today, _count(match["count"]), unit), unit)


def _named_day(match: re.Match[str], today: date) -> Days:
    name = match["name"].lower()
    if name == "last night":
        return Days(today - timedelta(days=1), today)
    return one_day(today - timedelta(days=2 if "before" in name else 1 if name == "yesterday" else 0))


def _so_far(_: re.Match[str], today: date) -> Days:
    return Days(one_year(today.year).first, today)


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
    (
        r"(?P<day>0?[1-9]|[12][0-9]|3[01])\.\s?(?P<month>0?[1-9]|1[0-2])\.\s?(?P<year>(?:19|20)[0-9]{2})(?!\w)",
        _read_date,
    ),
    (r"(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)[0-9]{2})(?!\w)", _read_date),
    (r"(?P<year>(?:19|20)[0-9]{2})[-/](?P<end>[0-9]{2})(?![\w/-])", _years),
    (rf"(?:{_PART})?{_MONTH}(?:,?\s+)(?:of\s+|in\s+)?(?P<yearly>this|last)\s+year", _month_of),
    (rf"(?:{_PART})?(?:the\s+)?{_SEASON}{_OF_YEAR}", _season_of),
    (rf"(?:{_PART})?{_WHICH}\s+{_SEASON}", _said_season),
    (rf"Q(?P<number>[1-4]){_OF_YEAR}", _quarter_of),
    (r"(?P<year>(?:19|20)[0-9]{2})\s*[-/]?\s*Q(?P<number>[1-4])(?!\w)", _quarter_of),
    (rf"(?:the\s+)?{_NTH}\s+quarter{_OF_YEAR}", _quarter_of),
    (rf"H(?P<half>[12]){_OF_YEAR}", _half_of),
    (rf"(?:the\s+)?{_NTH}\s+half{_OF_YEAR}", _half_of),
    (r"(?P<which>this|last|previous|the)\s+weekend", _weekend),
    (rf"(?:the\s+)?(?:calendar\s+)?year\s+{_YEAR}", _year),
    (rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+(?:of\s+)?{_YEAR}", _read_date),
    (rf"{_MONTH}\s+(?:the\s+)?{_DAY},?\s+(?:of\s+)?{_YEAR}", _read_date),
    (rf"(?:the\s+)?{_ORDINAL}\s+(?:of\s+)?{_MONTH}", _read_date),
    (rf"{_MONTH}\s+(?:the\s+)?{_ORDINAL}", _read_date),
    (rf"(?:{_PART})?{_MONTH},?\s+(?:of\s+|in\s+)?{_YEAR}", _read_date),
    (rf"{_PART}(?:the\s+year\s+)?{_YEAR}", _year),
    (r"(?:the\s+)?(?P<decade>(?:19|20)[0-9]0)['’]?s(?!\w)", _decade),
    (rf"(?:the\s+|these\s+)?(?:past|last|previous)\s+{_COUNT}\s+{_UNIT}s?", _rolling),
    (rf"(?:the\s+)?past\s+{_UNIT}", _rolling),
    (r"(?:the\s+|these\s+)?(?:past|last|previous)\s+(?P<hours>[0-9]{1,3})?\s*(?:hours?|hrs|h)", _hours),
    (rf"(?:{_PART})?(?:the\s+)?(?P<which>this|the\s+current|last|previous)\s+{_UNIT}", _whole_unit),
    (rf"{_COUNT}\s+{_UNIT}s?\s+ago", _ago),
    (rf"(?P<which>last|this)\s+{_MONTH}", _said_month),
    (rf"{_MONTH}['’]s", _read_date),
    (rf"(?P<which>last|this)\s+(?P<weekday>{'|'.join(WEEKDAYS)})", _weekday),
    (
        r"(?P<name>(?:the\s+)?day\s+before\s+yesterday|yesterday|last\s+night|this\s+(?:morning|afternoon|evening))",
        _named_day,
    ),
    (r"year\s+to\s+date|ytd", _so_far),
    (r"(?:the\s+)?(?:start|beginning)\s+of\s+the\s+year", _so_far),
)
# Only after a word that makes them a date: "in May", "since Monday", "before 2020".
_VAGUE: tuple[Form, ...] = (
    (rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}", _read_date),
    (rf"{_MONTH}\s+(?:the\s+)?{_DAY}", _read_date),
    (rf"(?:{_PART})?{_MONTH}{_VERB}", _read_date),
    (rf"(?P<weekday>{'|'.join(WEEKDAYS)})", _weekday),
    (r"(?P<name>today|now|date|(?:the\s+)?present)", _named_day),
    (_YEAR, _year),
    (r"['’](?P<short>[0-2][0-9])(?!\w)", _short_year),
    (r"(?:the\s+)?['’]?(?P<short>[6-9])0['’]?s(?!\w)", _short_decade),
    (r"Q(?P<number>[1-4])(?!\w)", _quarter),
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
