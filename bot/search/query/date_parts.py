"""Expressions of dates: a word such as "since" with the days it governs, ranges, orders."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache, partial
from typing import Literal

from bot.search.query.date_forms import ANY, CLEAR, read_days
from bot.search.query.days import Days

PAPERS = r"(?:papers?|preprints?|publications?|articles?|studies|surveys?|reviews?|theses)"

# What is counted in questions about machine learning: "in 2000 steps" is no year.
_UNITS = r"""(?:%|percent|k|[mb]illion|times|words?|tokens?|epochs?|steps?|iterations?|images?|samples?|examples?|
sentences?|languages?|hours?|days?|weeks?|months?|years?|seconds?|minutes?|ms|param(?:eter)?s?|layers?|dim(?:ension)?s?|
class(?:es)?|categor(?:y|ies)|pixels?|points?|nodes?|frames?|videos?|clips?|patients?|subjects?|participants?|people|users?|
items?|documents?|questions?|queries|tasks?|[gt]pus?|cores?|dollars|usd|euros?|[kmgt]b|[kmg]?hz|bits?|bytes|genes|cells|
molecules|proteins|neurons|channels?|features?|units|trials|runs|pairs|patch(?:es)?|heads?|instances?|annotations?|
labels?|recordings?|tweets|reviews|characters|lines|rows|categories|objects|scenes)""".replace("\n", "")
_COUNT = re.compile(
    rf"\s*(?:(?!(?:and|or|on|in|of|for|with|about|from|using|to|the|a|that|which)\b)[a-z-]+\s+)?{_UNITS}(?!\w)",
    re.IGNORECASE,
)

_NEGATED = re.compile(
    r"(?:\b(?:not|except|excluding|besides|without|other\s+than)|n['’]t)(?:\s+for)?\s*$", re.IGNORECASE
)
# "tweets from 2020": what a paper is about, not when it came out.
_ABOUT = re.compile(
    r"\b(?:data|records|tweets|observations|measurements|scans|recordings|elections?|pandemic|lockdowns?|crisis|war)\s*$",
    re.IGNORECASE,
)
_AFTER_PAPERS = re.compile(rf"\b(?:{PAPERS}|works?|best|top|research)\s*$", re.IGNORECASE)

_WORD_BEFORE = re.compile(r"([\w-]+)\s*$")
# Data sets, standards and venues whose names have a year, as people type them in lower case.
_NAMES = frozenset(
    """aaai acl brats chi cifar coco coling conll cvpr eccv emnlp iccv icassp iclr icml ijcai ilsvrc imagenet
    interspeech isic iso iwslt kdd kitti librispeech miccai naacl neurips nips semeval sigir trec voc vot wacv wmt
    www""".split()
)

_TODAY_CUE = re.compile(
    r"\b(?:papers?|preprints?|new|news|newest|latest|out|posted|published|released|submitted|appeared|listed|added|"
    r"anything|something|happened|digest|arxiv)\b",
    re.IGNORECASE,
)
_TODAY_STATE = re.compile(
    r"\b(?:of|used?|using|known|available|exist|exists|even|still|common|possible|is|are|do|does)\s*$", re.IGNORECASE
)


def is_count(match: re.Match[str]) -> bool:
    """Whether a number that looks like a year counts something: "in 2000 training steps", "up to 2000"."""
    if re.match(r"up\s+to\b", match.group(), re.IGNORECASE) and match.group().endswith("00"):
        return True
    return bool(_COUNT.match(match.string, match.end()))


def is_negated(match: re.Match[str]) -> bool:
    """Whether a date is one that is not wanted: "not from 2023"."""
    return bool(_NEGATED.search(match.string, 0, match.start()))


def is_about(match: re.Match[str]) -> bool:
    """Whether a date belongs to what papers are about: "tweets from 2020"."""
    return bool(_ABOUT.search(match.string, 0, match.start()))


def follows_papers(match: re.Match[str]) -> bool:
    """Whether a date follows what comes out: "papers of 2023"."""
    return bool(_AFTER_PAPERS.search(match.string, 0, match.start()))


def follows_name(match: re.Match[str]) -> bool:
    """Whether a number follows a name, and so belongs to it: "ImageNet 2012 papers", "Coco 2017"."""
    word = _WORD_BEFORE.search(match.string, 0, match.start())
    if word is None:
        return False
    opens = not match.string[: word.start()].strip()
    return word[1].lower() in _NAMES or any(char.isupper() for char in (word[1][1:] if opens else word[1]))


def speaks_of_today(match: re.Match[str]) -> bool:
    """Whether "today" is the day of publication, rather than "nowadays" as in "which models are used today"."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if _TODAY_STATE.search(before):
        return False
    if match.group()[-1] in "sS":
        return bool(
            re.match(rf"\s*(?:$|[?.!]|(?:[a-z-]+\s+){{0,2}}(?:{PAPERS}|news|digest|arxiv|list))", after, re.IGNORECASE)
        )
    return bool(_TODAY_CUE.search(match.string)) or len((before + after).split()) <= 1


Order = Literal["newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Part:
    """What one expression says. `closed` spans add up ("2021 or 2023"); open ends narrow."""

    after: date | None = None
    before: date | None = None
    order: Order | None = None
    closed: bool = False


Read = Callable[[re.Match[str], date], Part | None]

_LEFT = r"(?<![\w./$€£#@-])"
_RIGHT = r"(?![\w%])(?!-\w)(?![.,:/][0-9])"
_AND = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+)"
_TO = r"(?:\s+(?:to|until|till?|through|thru)\s+|\s*-\s*)"
_SINCE = r"(?:starting|beginning)\s+(?:in|from|on|with)|going\s+back\s+to|since|as\s+of"
_AFTER = r"after|(?:later|newer|younger|more\s+recent)\s+than"
_BEFORE = r"before|prior\s+to|(?:earlier|older)\s+than"
_UNTIL = r"(?:up\s+)?(?:until|till?)|up\s+to|through"
_IN = r"(?:back\s+)?in|from|during|within|throughout|over|on|of|for"
_YEAR = r"(?:19|20)[0-9]{2}"
_YEARS = rf"{_YEAR}(?:{_AND}{_YEAR})*"


def _range(match: re.Match[str], today: date) -> Part | None:
    first, last = read_days(match["first"], today), read_days(match["last"], today)
    if first is None or last is None or _is_no_date(match, last):
        return None
    if not match["opening"] and not re.search(r"[0-9]{4}", match.group()):
        return None  # "may to march"
    if last.month and not first.number:
        last = last.not_before(first)
    else:
        first = first.not_after(last)
    return _whole_span([first, last])


def _as_far_back(match: re.Match[str], today: date) -> Part | None:
    days = read_days(match["days"], today)
    if days is None or _is_no_date(match, days):
        return None
    return Part(days.first, days.last, "oldest", closed=True)


def _onwards(match: re.Match[str], today: date) -> Part | None:
    days = read_days(match["days"], today)
    if days is None or _is_no_date(match, days):
        return None
    return Part(before=days.last) if match["earlier"] else Part(after=days.first)


def _since(match: re.Match[str], today: date, *, last: bool = False) -> Part | None:
    """Read "since" and, with `last`, "until"; "not before" and "no later than" are the same."""
    days = read_days(match["days"], today)
    if days is None or _is_no_date(match, days):
        return None
    return Part(before=days.last) if last else Part(after=days.first)


def _after(match: re.Match[str], today: date) -> Part | None:
    days = read_days(match["days"], today)
    if days is None or days.last == date.max or _is_no_date(match, days):
        return None
    return Part(after=days.last + timedelta(days=1))


def _before(match: re.Match[str], today: date) -> Part | None:
    days = read_days(match["days"], today)
    if days is None or days.first == date.min or _is_no_date(match, days):
        return None
    return Part(before=days.first - timedelta(days=1))


def _in(match: re.Match[str], today: date) -> Part | None:
    found = (read_days(text, today) for text in re.findall(ANY, match["days"], re.IGNORECASE))
    known = [days for days in found if days]
    if not known or _is_no_date(match, known[-1]):
        return None
    word = match["in"].lower()
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


def _today(match: re.Match[str], today: date) -> Part | None:
    return Part(today, today, closed=True) if speaks_of_today(match) else None


def _order(_: re.Match[str], __: date, *, order: Order) -> Part:
    return Part(order=order)


def _whole_span(every: Sequence[Days]) -> Part:
    return Part(min(days.first for days in every), max(days.last for days in every), closed=True)


def _is_no_date(match: re.Match[str], days: Days) -> bool:
    """Whether it is a count ("in 2000 steps"), not meant ("not from 2023"), or what papers are about."""
    return (days.number and is_count(match)) or is_negated(match) or is_about(match)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=16)
def _has_days(text: str) -> bool:
    return _compiled(ANY).search(text) is not None


@dataclass(frozen=True, slots=True)
class Expression:
    """A pattern, compiled once a question may have it: all of them take 70 ms, as long as the rest of a short search.

    What contains days is nowhere where no days are.
    """

    pattern: str

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what the pattern matches in a text."""
        if (ANY in self.pattern or CLEAR in self.pattern) and not _has_days(text):
            return iter(())
        return _compiled(self.pattern).finditer(text)


def _expression(pattern: str) -> Expression:
    return Expression(f"{_LEFT}(?:{pattern}){_RIGHT}")


def _with_days(words: str) -> Expression:
    return _expression(rf"(?:{words})\s+(?P<days>{ANY})")


# In this order: what one has taken, the next ones don't see.
EXPRESSIONS: tuple[tuple[Expression, Read], ...] = (
    (
        _expression(rf"(?:(?:from|in)\s+)?(?:as\s+(?:far|long)\s+back\s+as|as\s+early\s+as)\s+(?P<days>{ANY})"),
        _as_far_back,
    ),
    (_expression(rf"(?P<opening>between)\s+(?P<first>{ANY})(?:\s+and\s+|{_TO})(?P<last>{ANY})"), _range),
    (_expression(rf"(?P<opening>(?:from|in)\s+)?(?P<first>{ANY}){_TO}(?P<last>{ANY})"), _range),
    (
        Expression(
            rf"{_LEFT}(?:(?:from|in|since)\s+)?(?P<days>{ANY})(?:\+|\s+(?:onwards?\b|on(?=\s*(?:[?.!,;)]|$))"
            r"|(?:and|or)\s+(?:(?P<earlier>earlier|older)|later|newer|onwards?)\b))"
        ),
        _onwards,
    ),
    (_with_days(rf"{_SINCE}|not?\s+(?:{_BEFORE})"), _since),
    (_with_days(rf"{_UNTIL}|not?\s+(?:{_AFTER})"), partial(_since, last=True)),
    (_with_days(_AFTER), _after),
    (_with_days(_BEFORE), _before),
    (_expression(rf"post-(?P<days>{_YEAR})"), _after),
    (_expression(rf"pre-(?P<days>{_YEAR})"), _before),
    (_expression(rf"(?P<in>{_IN})\s+(?P<days>{ANY}(?:{_AND}{ANY})*)"), _in),
    (_expression(CLEAR), _clear),
    (_expression(rf"(?P<years>{_YEARS})(?=\s+(?:[a-z-]+\s+){{0,2}}{PAPERS}\b)"), _beside_papers),
    (_expression(rf"(?<=papers\s)(?P<years>{_YEARS})"), _beside_papers),
    (_expression(r"today(?:['’]s)?"), _today),
    (
        _expression(r"newest|latest|freshest|most\s+recent(?:ly)?|recent(?:ly)?|what['’]?s\s+new"),
        partial(_order, order="newest"),
    ),
    (_expression(r"oldest|earliest"), partial(_order, order="oldest")),
)
