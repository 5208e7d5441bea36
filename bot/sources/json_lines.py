"""JSON Lines: one paper a line, with at least a title and an abstract.

Fields: title, abstract (or summary), id (an arXiv id, also arxiv_id), authors (names), authors_count, published and
listed (YYYY-MM-DD), comments (a count), upvotes, code_url, project_url, organisation, venue (or journal_ref), keywords,
categories. A comment in words, as arXiv has it, is searched for a venue.
"""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, ValidationError, model_validator

from bot.models import Paper, parse_arxiv_id
from bot.sources import daily_papers, records
from bot.sources.arxiv import snapshot
from bot.sources.glued import unglued
from bot.sources.records import Record, Refusal, Selection
from bot.text import clean, one_line

ORIGIN = "json lines"


def _date_of(value: Any) -> Any:
    """Take the day of a full time stamp as well."""
    if isinstance(value, str) and len(value) > len("2026-01-01"):
        try:
            return datetime.fromisoformat(value).date()
        except ValueError:
            raise ValueError("must be a date, YYYY-MM-DD") from None
    return value


_Day = Annotated[date | None, BeforeValidator(_date_of)]


class _Record(Record):
    title: str
    abstract: str = Field(validation_alias=AliasChoices("abstract", "summary"))
    id: str | None = Field(None, validation_alias=AliasChoices("arxiv_id", "id", "key"))
    authors: list[str] = Field(default_factory=list)
    authors_count: records.Count | None = Field(None, validation_alias=AliasChoices("authors_count", "author_count"))
    published: _Day = None
    listed: _Day = None
    comments: records.Count | None = None
    upvotes: records.Count | None = None
    code_url: str | None = None
    project_url: str | None = None
    organisation: str | None = None
    venue: str | None = Field(None, validation_alias=AliasChoices("venue", "journal_ref", "journal-ref"))
    comment: str | None = None
    keywords: list[str] = Field(default_factory=list)
    categories: list[str] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _with_comment(cls, value: Any) -> Any:
        """Take a text under `comments`, where arXiv's own records have it, as the comment in words."""
        if isinstance(value, dict) and isinstance(value.get("comments"), str):
            return {"comment": value["comments"], **{name: value[name] for name in value if name != "comments"}}
        return value


def looks_like_record(record: object) -> bool:
    """Whether a JSON value is an object with a title and an abstract."""
    return isinstance(record, dict) and "title" in record and bool({"abstract", "summary"} & record.keys())


def read_record(record: Any, line: int, *, origin: str = ORIGIN) -> Paper | Refusal:
    """Turn one object into a paper. `line` is its line in the file, for the refusal."""
    try:
        item = _Record.model_validate(record)
    except ValidationError as error:
        return records.refuse(error, line)
    title, abstract = one_line(item.title), unglued(clean(item.abstract))
    if reason := records.unusable(title, abstract, title[:80]):
        return Refusal(line, reason)
    arxiv_id, version = parse_arxiv_id(item.id or "") or (None, None)
    return Paper(
        title=title,
        abstract=abstract,
        origin=origin,
        arxiv_id=arxiv_id,
        version=version,
        authors=records.names(item.authors),
        author_count=item.authors_count or len(item.authors) or None,
        published=item.published,
        listed=item.listed,
        comments=item.comments,
        upvotes=item.upvotes,
        code_url=records.web_link(item.code_url) or records.code_link(abstract),
        project_url=records.web_link(item.project_url),
        organisation=records.short_name(item.organisation or ""),
        venue=records.short_name(item.venue or "") or records.venue_in(item.comment or ""),
        keywords=records.names(item.keywords),
        categories=records.names(item.categories),
    )


def _integer(digits: str) -> int | float:
    # Python refuses to read an integer of thousands of digits; no field needs one beyond SQLite's range either.
    return int(digits) if len(digits) < len(str(2**63)) else float(digits)


DECODER = json.JSONDecoder(parse_int=_integer)
"""Reads JSON with integers of any length."""


def read_value(value: Any, line: int) -> Paper | Refusal:
    """Turn a JSON value into a paper. `line` is its line in the file, for the refusal."""
    if isinstance(value, dict) and "paper" in value:
        return daily_papers.read_record(value, line)
    if snapshot.looks_like_record(value):
        return snapshot.read_record(value, line)
    if looks_like_record(value):
        if "abstract" not in value and "publishedAt" in value and daily_papers.looks_like_record(value):
            return daily_papers.read_record(value, line)
        return read_record(value, line)
    if isinstance(value, dict) and isinstance(title := value.get("title"), str) and one_line(title):
        return Refusal(line, f"no abstract: {one_line(title)[:80]}")
    return Refusal(line, "not a paper: title and abstract are missing")


LINE_BYTES = 4_000_000
"""A longer line is refused unread. Nothing that is a paper comes near it."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a stream is read: lines and bytes."""

    line: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """What a line held, and the place after it; None is what a selection leaves out, and an empty line."""

    record: Paper | Refusal | None
    end: Place


def line_records(body: IO[bytes], *, start: Place = Place(), selection: Selection = Selection()) -> Iterator[Read]:
    """Yield a record for each line of a stream whose position is `start`; memory stays that of a line."""
    number, offset = start.line, start.offset
    while line := body.readline(LINE_BYTES + 1):
        size, too_long = len(line), len(line) > LINE_BYTES
        while too_long and not line.endswith(b"\n") and (line := body.readline(LINE_BYTES)):
            size += len(line)
        number += 1
        record: Paper | Refusal | None = None
        if too_long:
            record = Refusal(number, f"longer than {LINE_BYTES:,} bytes")
        elif selection.may_take(line):
            record = _record(line.removeprefix(codecs.BOM_UTF8) if offset == 0 else line, number)
            if isinstance(record, Paper) and not selection.takes(record):
                record = None
        offset += size
        yield Read(record, Place(number, offset))


def _record(line: bytes, number: int) -> Paper | Refusal | None:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        return Refusal(number, f"not UTF-8 text (byte {error.start + 1})")
    if not text.strip():
        return None
    try:
        value = DECODER.decode(text.strip("\r\n"))
    except json.JSONDecodeError as error:
        return Refusal(number, f"not JSON: {error.msg} (column {error.colno})")
    except RecursionError:
        return Refusal(number, "JSON that is nested too deeply")
    return read_value(value, number)
