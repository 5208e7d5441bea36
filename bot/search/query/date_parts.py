"""Expressions of dates: a word such as "since" with the days it governs, ranges, orders."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Literal

from bot.search.query.date_context import (
    FIRST_TOPIC_YEAR,
    PAPERS,
    ends_keywords,
    follows_name,
    follows_papers,
    is_about,
    is_count,
    is_negated,
    speaks_of_papers,
    speaks_of_today,
    stands_alone,
)
from bot.search.query.date_forms import ANY, CLEAR, COUNTS, read_days
from bot.search.query.days import Days, ago, one_day

Order = Literal["newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Part:
    """What one expression says. `closed` spans add up ("2021 or 2023"); open ends narrow."""

    after: date | None = None
    before: date | None = None
    order: Order | None = None
    closed: bool = False


Read = Callable[[re.Match[str], date], Part | None]

# "From now", "by now", "up to date": no day of publication. At the end of a range they are: "2021 to now".
_NOW = re.compile(r"(?:now|date|(?:the\s+)?present)", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:hours?|days?|weeks?|fortnights?|months?|years?|decades?|minutes?)\s*$", re.IGNORECASE)

_LEFT = r"(?<![\w./$€£#@-])"
_RIGHT = r"(?![\w%])(?!-\w)(?![.,:/][0-9])"
_AND = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+)"
_TO = r"(?:\s+(?:to|until|till?|through|thru)\s+|\s*-\s*)"
_SINCE = r"(?:starting|beginning)\s+(?:in|from|on|with)|going\s+back\s+to|since|as\s+of"
_AFTER = r"after|(?:later|newer|younger|more\s+recent)\s+than"
_BEFORE = r"(?<!day\s)before|prior\s+to|(?:earlier|older)\s+than"
_UNTIL = r"(?:up\s+)?(?:until|till?)|up\s+to|through"
_IN = (
    r"(?:back\s+)?in|from(?:\s+(?:around|about|circa))?|at(?=\s+the\s+(?:start|beginning|middle|end)\s)"
    r"|during|within|throughout|over|on|of|for"
)
_YEAR = r"(?:19|20)[0-9]{2}"
_STUFF = r"(?:stuff|ones|work|research|literature|releases|output)"
_FIRST = r"(?:(?:\s+(?:ones?|papers?))?\s+(?:first|on\s+top))?"
_YEARS = rf"{_YEAR}(?:{_AND}{_YEAR})*"


def _days(match: re.Match[str], today: date) -> Days | None:
    """Return the days that a word such as "since" governs; None where they are no date."""
    days = read_days(match["days"], today)
    return None if days is None or _NOW.fullmatch(match["days"]) or _is_no_date(match, days) else days


def _age(match: re.Match[str], today: date) -> Part | None:
    """Read "older than 3 years", "newer than a month", "not older than a week"; patients have an age too."""
    if not (match["no"] or speaks_of_papers(match)):
        return None
    count = match["count"].lower()
    day = ago(today, COUNTS.get(count) or int(count), match["unit"].lower())
    young = bool(match["young"]) is not bool(match["no"])
    return Part(after=day) if young else Part(before=day)


def _range(match: re.Match[str], today: date) -> Part | None:
    first, last = read_days(match["first"], today), read_days(match["last"], today)
    if first is None or last is None or _is_no_date(match, last):
        return None
    if re.fullmatch("Q[1-4]", match["first"], re.IGNORECASE):  # "Q1 to Q3 2023": one year for both
        first = read_days(f"{match['first']} {last.first.year}", today) or first
    if not match["opening"] and not re.search(r"[0-9]{4}", match.group()):
        return None  # "may to march"
    if last.month and not first.number:
        last = last.not_before(first)
    else:
        first = first.not_after(last)
    return _whole_span([first, last])


def _as_far_back(match: re.Match[str], today: date) -> Part | None:
    days = _days(match, today)
    if days is None:
        return None
    return Part(days.first, days.last, "oldest", closed=True)


def _onwards(match: re.Match[str], today: date) -> Part | None:
    days = _days(match, today)
    if days is None:
        return None
    return Part(before=days.last) if match["earlier"] else Part(after=days.first)


def _since(match: re.Match[str], today: date, *, last: bool = False) -> Part | None:
    """Read "since" and, with `last`, "until"; "not before" and "no later than" are the same."""
    days = _days(match, today)
    if days is None:
        return None
    return Part(before=days.last) if last else Part(after=days.first)


def _after(match: re.Match[str], today: date) -> Part | None:
    days = _days(match, today)
    if days is None or days.last == date.max:
        return None
    return Part(after=days.last + timedelta(days=1))


def _before(match: re.Match[str], today: date) -> Part | None:
    days = _days(match, today)
    if days is None or days.first == date.min:
        return None
    return Part(before=days.first - timedelta(days=1))


def _in(match: re.Match[str], today: date) -> Part | None:
    found = (read_days(text, today) for text in re.findall(ANY, match["days"], re.IGNORECASE))
    known = [days for days in found if days]
    if not known or _is_no_date(match, known[-1]):
        return None
    word = match["in"].lower()
    if _NOW.fullmatch(match["days"]) or (known[0] == one_day(today) and _AHEAD.search(match.string, 0, match.start())):
        return None  # "a year from now", "two days from today"
    if word == "on" and known[0].first != known[0].last:
        return None  # "on 2017"
    if (word == "over" and known[0].number) or (word in ("of", "for") and not follows_papers(match)):
        return None  # "over 2000 papers", "a vocabulary of 2000"; "the 5th of October" is read as a whole
    return _whole_span(known)


def _clear(match: re.Match[str], today: date) -> Part | None:
    days = read_days(match.group(), today)
    return _whole_span([days]) if days and not _is_no_date(match, days) else None


def _beside_papers(match: re.Match[str], today: date) -> Part | None:
    found = (read_days(year, today) for year in re.findall(_YEAR, match["years"]))
    # 2000 papers are a number of papers.
    known = [days for days in found if days and days.first.year != 2000]
    return _whole_span(known) if known and not _is_no_date(match, known[-1]) and not follows_name(match) else None


def _alone(match: re.Match[str], today: date) -> Part | None:
    """Read a year that is all there is, or that ends keywords; "2019-2021" is read as a range before."""
    found = (read_days(year, today) for year in re.findall(_YEAR, match["years"]))
    known = [days for days in found if days]
    if not known or _is_no_date(match, known[-1]):
        return None
    late = known[0].first.year >= FIRST_TOPIC_YEAR
    return _whole_span(known) if stands_alone(match) or (late and ends_keywords(match)) else None


def _today(match: re.Match[str], today: date) -> Part | None:
    return Part(today, today, closed=True) if speaks_of_today(match) else None


def _order(_: re.Match[str], __: date, *, order: Order) -> Part:
    return Part(order=order)


def _whole_span(every: Sequence[Days]) -> Part:
    return Part(min(days.first for days in every), max(days.last for days in every), closed=True)


def _is_no_date(match: re.Match[str], days: Days) -> bool:
    """Whether it is a count ("in 2000 steps"), not meant ("not from 2023"), or what papers are about."""
    return (days.number and is_count(match)) or is_negated(match) or is_about(match)


@dataclass(frozen=True, slots=True)
class Expression:
    """What is looked for, and how it is read. Without `cue`, a cheap pattern, it can't be there."""

    cue: str
    pattern: str
    read: Read

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Return where it stands in `text`."""
        return _compiled(self.pattern).finditer(text) if _compiled(self.cue).search(text) else iter(())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: all of them take a third of a second, which a start can't spare."""
    return re.compile(pattern, re.IGNORECASE)


_TIME = re.compile(
    r"[0-9]|day|week|fortnight|month|quarter|year|decade|spring|summer|autumn|fall|winter|night|morning|afternoon|evening"
    r"|hour|\b(?:now|date|present|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ytd)",
    re.IGNORECASE,
)


def _expression(cue: str, pattern: str, read: Read) -> Expression:
    return Expression(cue, f"{_LEFT}(?:{pattern}){_RIGHT}", read)


def _with_days(words: str, read: Read) -> Expression:
    return _expression(rf"\b(?:{words})\s", rf"(?:{words})\s+(?P<days>{ANY})", read)


# In this order: what one has taken, the next ones don't see.
_DATES: tuple[Expression, ...] = (
    _expression(
        r"\bas\s",
        rf"(?:(?:from|in)\s+)?(?:as\s+(?:far|long)\s+back\s+as|as\s+early\s+as)\s+(?P<days>{ANY})",
        _as_far_back,
    ),
    _expression(r"between\s", rf"(?P<opening>between)\s+(?P<first>{ANY})(?:\s+and\s+|{_TO})(?P<last>{ANY})", _range),
    _expression(_TO, rf"(?P<opening>(?:from|in)\s+)?(?P<first>{ANY}){_TO}(?P<last>{ANY})", _range),
    Expression(
        r"\+|\bon(?:wards?)?(?:\s*[?.!,;)]|\s*$|\s)|earlier|older|later|newer",
        rf"{_LEFT}(?:(?:from|in|since)\s+)?(?P<days>{ANY})(?:\+|\s+(?:onwards?\b|on(?=\s*(?:[?.!,;)]|$))"
        r"|(?:and|or)\s+(?:(?P<earlier>earlier|older)|later|newer|onwards?)\b))",
        _onwards,
    ),
    _with_days(rf"{_SINCE}|not?\s+(?:{_BEFORE})", _since),
    _with_days(rf"{_UNTIL}|not?\s+(?:{_AFTER})", partial(_since, last=True)),
    _with_days(_AFTER, _after),
    _with_days(_BEFORE, _before),
    _expression("post", rf"post[-\s](?P<days>{_YEAR})", _after),
    _expression("pre", rf"pre[-\s](?P<days>{_YEAR})", _before),
    _expression(
        r"\sthan\s",
        r"(?:(?P<no>not?)\s+)?(?:(?P<young>(?:newer|younger|more\s+recent)\s+than)|older\s+than)"
        rf"\s+(?:a\s+)?(?P<count>[0-9]{{1,3}}|{'|'.join(COUNTS)})(?:\s+of)?\s+(?P<unit>day|week|month|year)s?"
        r"(?:\s+old)?",
        _age,
    ),
    _expression(rf"\b(?:{_IN})\s", rf"(?P<in>{_IN})\s+(?P<days>{ANY}(?:{_AND}{ANY})*)", _in),
    _expression("", CLEAR, _clear),
    _expression(
        _YEAR,
        rf"(?P<years>{_YEARS})(?=['’]s\b|\s+(?:[a-z-]+\s+){{0,2}}{PAPERS}\b|\s+{_STUFF}\b)",
        _beside_papers,
    ),
    _expression(
        _YEAR,
        rf"(?:(?<=papers\s)|(?<=[yeo]thing\s)|(?<=published\s)|(?<=released\s)|(?<=dated\s))(?P<years>{_YEARS})",
        _beside_papers,
    ),
    _expression(_YEAR, rf"(?P<years>{_YEARS})", _alone),
    _expression("today", r"today(?:['’]s)?", _today),
)
_ORDERS: tuple[Expression, ...] = (
    _expression(
        r"new|latest|fresh|recent|by\s",
        rf"(?:newest|latest|freshest|most\s+recent){_FIRST}|recent\s+(?:trends|developments)(?=\s+(?:in|on|for)\b)"
        r"|recent(?:ly)?|most\s+recently|what['’]?s\s+new|(?:sorted|ordered)\s+by\s+(?:date|age|year)",
        partial(_order, order="newest"),
    ),
    _expression(
        "oldest|earliest|chrono",
        rf"(?:oldest|earliest){_FIRST}|(?:in\s+)?chronological(?:ly|\s+order)",
        partial(_order, order="oldest"),
    ),
)


def expressions_in(text: str) -> tuple[Expression, ...]:
    """Return what may stand in `text`, in the order in which it is to be looked for."""
    return (*_DATES, *_ORDERS) if _TIME.search(text) else _ORDERS
