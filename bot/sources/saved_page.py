"""The text of a saved Daily Papers page (Hugging Face), as a browser's "select all, copy" gives it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.models import Paper
from bot.sources.records import MONTHS, Refusal, code_link
from bot.text import one_line

ORIGIN = "saved page"

_DATE = re.compile(
    rf"(?P<month>{'|'.join(MONTHS)}) (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?(?: (?P<comments>\d{{1,9}}))?"
)
_AUTHORS = re.compile(r"(?P<names>.*?)\s*•\s*(?P<count>\d{1,9}) authors?")
_SEPARATOR = "·"
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one paper: title and paragraphs, then the author line and the date line (None: one is missing)."""

    head: list[_Line]
    line: int
    authors: re.Match[str] | None
    dated: re.Match[str] | None


def looks_like_page(text: str) -> bool:
    """Whether `text` has an author line followed by a date, as every paper on such a page has."""
    lines = [line.text for line in _lines(text) if line.text != _SEPARATOR]
    return any(_AUTHORS.fullmatch(first) and _DATE.fullmatch(second) for first, second in pairwise(lines))


def read_page(text: str, *, today: date, year: int | None = None) -> Iterator[Paper | Refusal]:
    """Yield the papers of a saved page, in its order; a block that is no paper is a Refusal.

    The page's own date has no year. `year` gives it; otherwise it is inferred: the page leaves out only its own
    year, so it is the first one after the latest year on the page, but never one that would put the
    page after `today`, nor one that lacks a 29 February which is on it. The papers are `listed` on the page's day.
    """
    masthead, blocks, rest = _split(_lines(text))
    page_year = year or _infer_year(masthead, blocks, today)
    listed = _day(masthead, page_year) if masthead else None
    for block in blocks:
        yield _paper(block, page_year, listed)
    if rest:
        yield Refusal(rest[0].number, "text after the last paper, without an author line and a date to end it")


def _lines(text: str) -> list[_Line]:
    cleaned = ((number, one_line(line)) for number, line in enumerate(text.splitlines(), start=1))
    return [_Line(number, line) for number, line in cleaned if line]


def _split(lines: list[_Line]) -> tuple[re.Match[str] | None, list[_Block], list[_Line]]:
    """Return the page's date, the papers' lines, and what is left after the last paper."""
    masthead: re.Match[str] | None = None
    blocks: list[_Block] = []
    head: list[_Line] = []
    authors: tuple[int, re.Match[str]] | None = None
    for line in lines:
        if line.text == _SEPARATOR:
            continue
        dated = _DATE.fullmatch(line.text)
        if authors:
            blocks.append(_Block(head, *authors, dated))
            head, authors = [], None
            if dated:
                continue
        elif dated:
            if masthead or blocks:
                blocks.append(_Block(head, line.number, None, dated))
            else:
                masthead = dated
            head = []
            continue
        if match := _AUTHORS.fullmatch(line.text):
            authors = line.number, match
        else:
            head.append(line)
    if authors:
        blocks.append(_Block(head, *authors, None))
        head = []
    return masthead, blocks, head


def _infer_year(masthead: re.Match[str] | None, blocks: list[_Block], today: date) -> int:
    named = [int(block.dated["year"]) for block in blocks if block.dated and block.dated["year"]]
    dates = [match for match in (masthead, *(block.dated for block in blocks)) if match and _day(match, _LEAP_YEAR)]

    def fits(year: int) -> bool:
        days = [_day(match, year) for match in dates]
        return None not in days and (masthead is None or (_day(masthead, year) or today) <= today)

    latest = next((year for year in range(today.year, today.year - 9, -1) if fits(year)), today.year)
    return next((year for year in range(max(named) + 1, latest) if fits(year)), latest) if named else latest


def _day(match: re.Match[str], page_year: int) -> date | None:
    try:
        return date(int(match["year"] or page_year), MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        return None


def _paper(block: _Block, page_year: int, listed: date | None) -> Paper | Refusal:
    if not block.head:
        return Refusal(block.line, f"{'an author line' if block.authors else 'a date'} without a title before it")
    title, *paragraphs = block.head
    if not paragraphs:
        return Refusal(title.number, f"no abstract: {title.text[:80]}")
    if block.authors is None:
        return Refusal(title.number, f"no author line before the date: {title.text[:80]}")
    if block.dated is None:
        return Refusal(title.number, f"no date after the author line: {title.text[:80]}")
    published = _day(block.dated, page_year)
    if published is None:
        return Refusal(title.number, f"no such date: {block.dated.group()}")
    abstract = "\n\n".join(line.text for line in paragraphs)
    return Paper(
        title=title.text,
        abstract=abstract,
        origin=ORIGIN,
        authors=tuple(name for part in block.authors["names"].split(",") if (name := part.strip())),
        author_count=int(block.authors["count"]),
        published=published,
        listed=listed,
        comments=int(block.dated["comments"] or 0),
        code_url=code_link(abstract),
    )
