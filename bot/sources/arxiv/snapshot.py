"""A record of the snapshot of all of arXiv's metadata: JSON Lines of millions."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.models import Paper, parse_arxiv_id
from bot.sources.arxiv.entry import ORIGIN, is_category, tells_withdrawal, unwrapped
from bot.sources.records import MONTHS, Refusal, code_link, date_in, unusable, venue_in
from bot.text import one_line

# All times are in GMT, so that the day can be read off: a fifth of the time that email.utils takes.
_CREATED = re.compile(r"[A-Z][a-z]{2}, (?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2}) (?P<year>\d{4}) ", re.ASCII)


def looks_like_record(record: object) -> bool:
    """Whether a JSON value has the snapshot's shape: versions, and authors taken apart."""
    return (
        isinstance(record, dict)
        and isinstance(record.get("versions"), list)
        and isinstance(record.get("authors_parsed"), list)
        and {"id", "title", "abstract"} <= record.keys()
    )


def read_record(record: dict[str, Any], line: int) -> Paper | Refusal:
    """Turn a record into a paper. `line` is its line in the file, for the refusal.

    Read by hand and not by a model of pydantic's: of millions of records every microsecond counts.
    """
    parsed = parse_arxiv_id(_text(record, "id"))
    if parsed is None:
        return Refusal(line, f"not an arXiv id: {one_line(_text(record, 'id'))[:40]!r}")
    title, abstract = one_line(_text(record, "title")), unwrapped(_text(record, "abstract"))
    if reason := unusable(title, abstract, parsed[0]):
        return Refusal(line, reason)
    comment = _text(record, "comments")
    versions = record["versions"]
    authors = tuple(_authors(record["authors_parsed"]))
    withdrawn = tells_withdrawal(comment=comment, abstract=abstract)
    return Paper(
        title=title,
        abstract=abstract,
        origin=ORIGIN,
        arxiv_id=parsed[0],
        version=_number(versions[-1]) if versions else None,
        authors=authors,
        author_count=len(authors) or None,
        published=_day(versions[0]) if versions else None,
        code_url=code_link(abstract) or code_link(comment),
        venue=one_line(_text(record, "journal-ref")) or venue_in(comment),
        categories=tuple(name for name in _text(record, "categories").split() if is_category(name)),
        withdrawn=(_day(versions[-1]) if versions else None) or date_in(_text(record, "update_date"))
        if withdrawn
        else None,
    )


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _authors(parsed: list[Any]) -> Iterator[str]:
    """Yield names as they are said, of [last, first, suffix]; what comes after is an affiliation."""
    for parts in parsed:
        if isinstance(parts, list) and (names := [part for part in parts[:3] if isinstance(part, str)]):
            last, first, suffix = [*names, "", ""][:3]
            if name := one_line(f"{first} {last} {suffix}"):
                yield name


def _number(version: Any) -> int | None:
    name = version.get("version") if isinstance(version, dict) else None
    digits = name.removeprefix("v") if isinstance(name, str) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else None


def _day(version: Any) -> date | None:
    """Return the day of a version's time, such as Mon, 2 Apr 2007 19:18:42 GMT."""
    created = version.get("created") if isinstance(version, dict) else None
    found = _CREATED.match(created) if isinstance(created, str) else None
    try:
        return date(int(found["year"]), MONTHS.index(found["month"]) + 1, int(found["day"])) if found else None
    except ValueError:
        return None
