"""What people write for a digest's values, read and bounded. Each function raises DigestWrong with an example."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors.requests import DigestWrong
from bot.i18n.translation import phrase
from bot.search.query.filters import words
from bot.search.text.tokens import tokenize
from bot.store.digests import EVERY_DAY, DigestDefinition
from bot.text import one_line, shorten

NAME_LIMIT = 40
"""The longest name, in characters."""

ENTRIES, ENTRY_LIMIT = 12, 60
"""How many topics, authors and so on one digest can have, and how long each may be."""

CLEAR = frozenset({"-", "none", "nothing"})
"""What empties a list when a digest is edited."""

_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})", re.ASCII)
_CATEGORY = re.compile(r"[a-z]{1,8}(?:-[a-z]{2,5})?(?:\.[A-Za-z-]{2,12})?", re.ASCII)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_WORD = re.compile(
    r"mon(?:days?)?|tue(?:s|sdays?)?|wed(?:nesdays?)?|thu(?:r|rs|rsdays?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?"
)
_SHOWN = 60


def read_name(text: str) -> str:
    """Return a name of 1 to 40 characters on one line, with a letter or a digit in it."""
    name = one_line(text)
    if not words(name) or len(name) > NAME_LIMIT:
        raise _wrong(text, phrase("name"), phrase("“Morning papers” (at most {limit} characters)", limit=NAME_LIMIT))
    return name


def read_time(text: str) -> time:
    """Parse a time of day such as 08:30. Raises DigestWrong."""
    match = _TIME.fullmatch(text.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise _wrong(text, phrase("time"), "08:30")
    return time(int(match[1]), int(match[2]))


def read_zone(text: str) -> str:
    """Parse an IANA time zone name such as Europe/Berlin; blanks count as underscores. Raises DigestWrong."""
    name = text.strip().replace(" ", "_")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _wrong(
            text, phrase("time zone"), phrase("Europe/Berlin or UTC; suggestions appear as you type")
        ) from None
    return name


def read_weekdays(text: str) -> tuple[int, ...]:
    """Return weekdays, Monday 0, in order: “Mon, Wed, Fri”, “Mon-Fri”, “weekdays”, “every day”."""
    folded = one_line(text).casefold()
    if folded in {"every day", "all", "daily"}:
        return EVERY_DAY
    if folded in {"weekdays", "workdays"}:
        return EVERY_DAY[:5]
    if folded in {"weekend", "weekends"}:
        return EVERY_DAY[5:]
    found: set[int] = set()
    joined = re.sub(r"\s*(?:[-–]|\bto\b)\s*", "-", folded.replace(" and ", ","))
    for part in filter(None, re.split(r"[,;\s]+", joined)):
        ends = [_weekday(word) for word in part.split("-")]
        if None in ends or len(ends) > 2:
            raise _wrong(text, phrase("weekdays"), phrase("Mon-Fri, or Mon, Wed, Fri"))
        first, last = ends[0] or 0, ends[-1] or 0
        found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    if not found:
        raise _wrong(text, phrase("weekdays"), phrase("Mon-Fri, or Mon, Wed, Fri"))
    return tuple(sorted(found))


def read_phrases(text: str, name: str, *, example: str) -> tuple[str, ...]:
    """Return words or phrases, given with commas between them, each with something to search for in it."""
    return _entries(text, name, example, holds=tokenize)


def read_names(text: str, name: str, *, example: str) -> tuple[str, ...]:
    """Return names of people or organisations, given with commas between them, each with a letter or a digit in it."""
    return _entries(text, name, example, holds=words)


def read_categories(text: str) -> tuple[str, ...]:
    """Return arXiv categories such as cs.LG, or archives such as cs, in arXiv's own case."""
    name, example = phrase("categories"), phrase("cs.LG, cs.CL, or cs for the whole archive")
    found = []
    for entry in _entries(text.replace(" ", ","), name, example):
        archive, dot, subject = entry.partition(".")
        cased = archive.lower() + dot + (subject.upper() if len(subject) == 2 else subject.lower())
        if not _CATEGORY.fullmatch(cased):
            raise _wrong(entry, name, example)
        found.append(cased)
    return tuple(dict.fromkeys(found))


def _entries(text: str, name: str, example: str, *, holds: Callable[[str], object] = bool) -> tuple[str, ...]:
    """Return what is given with commas between, each entry once; for each of them `holds` has to return something."""
    if text.strip().casefold() in CLEAR:
        return ()
    found: dict[str, str] = {}
    for part in re.split(r"[,;\n]", text):
        if entry := one_line(part):
            found.setdefault(entry.casefold(), entry)
    entries = tuple(found.values())
    if not entries or len(entries) > ENTRIES:
        raise _wrong(
            text, name, phrase("{example} (at most {limit}, separated by commas)", example=example, limit=ENTRIES)
        )
    if too_long := next((entry for entry in entries if len(entry) > ENTRY_LIMIT), None):
        raise _wrong(
            too_long, name, phrase("{example} (at most {limit} characters each)", example=example, limit=ENTRY_LIMIT)
        )
    if empty := next((entry for entry in entries if not holds(entry)), None):
        raise _wrong(empty, name, example)
    return entries


def _weekday(word: str) -> int | None:
    return _DAYS.index(word[:3]) if _DAY_WORD.fullmatch(word) else None


def _wrong(text: str, name: str, example: str) -> DigestWrong:
    return DigestWrong(text=shorten(one_line(text), _SHOWN), name=name, example=example)


_READERS: dict[str, Callable[[str], object]] = {
    "name": read_name,
    "at": read_time,
    "zone": read_zone,
    "weekdays": read_weekdays,
    "topics": lambda text: read_phrases(text, phrase("topics"), example="spiking transformers, speech recognition"),
    "excluded": lambda text: read_phrases(text, phrase("excluded words"), example="survey, medical imaging"),
    "categories": read_categories,
    "authors": lambda text: read_names(text, phrase("authors"), example="Ada Example, Ben Example"),
    "organisations": lambda text: read_names(text, phrase("organisations"), example="Example Lab, Example University"),
}


def with_changes(definition: DigestDefinition, typed: Mapping[str, Any]) -> DigestDefinition:
    """Return the definition with what was typed for its fields; None leaves one as it is. Raises DigestWrong.

    Texts are read by the functions above; everything else is taken as it is.
    """
    changes = {name: value for name, value in typed.items() if value is not None}
    for name, read in _READERS.items():
        if name in changes:
            changes[name] = read(changes[name])
    return replace(definition, **changes)
