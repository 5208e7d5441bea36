"""What the records of every source share when they are validated."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError, model_validator

from bot.models import Paper
from bot.text import clean, one_line


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is refused: `line` (1-based) in the file where the record begins, and why."""

    line: int
    reason: str


LARGEST_COUNT = 2**53
"""The largest integer that JSON keeps exactly; SQLite holds it as well."""

Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT)]
"""A number of votes, comments or authors."""


class Record(BaseModel):
    """A JSON object in which null means the same as a missing field."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: field for name, field in value.items() if field is not None}
        return value


def refuse(error: ValidationError, line: int) -> Refusal:
    """Say which fields are wrong, the first three of them. Values are not repeated: they may be long."""
    reasons = [
        f"{'.'.join(map(str, item['loc']))}: {item['msg'].removeprefix('Value error, ')}" for item in error.errors()[:3]
    ]
    return Refusal(line, "; ".join(reasons))


TITLE_CHARS = 1_000
"""arXiv's longest title has some 400 characters."""

ABSTRACT_CHARS = 20_000
"""Ten times what arXiv takes. Longer texts are whole papers, or there to fill prompts and messages."""

NAMES = 10_000
"""Names in one field at the most; the largest collaborations have some 5,000 authors."""

NAME_CHARS = 300


def unusable(title: str, abstract: str, name: str = "") -> str | None:
    """Say why a title and an abstract, both cleaned, make no paper; None when they do. `name` ends the reason."""
    if not title or not abstract:
        reason = f"no {'abstract' if title else 'title'}"
    elif len(title) > TITLE_CHARS:
        reason = f"a title longer than {TITLE_CHARS:,} characters"
    elif len(abstract) > ABSTRACT_CHARS:
        reason = f"an abstract longer than {ABSTRACT_CHARS:,} characters"
    else:
        return None
    return f"{reason}: {name}" if name else reason


def names(values: Iterable[str]) -> tuple[str, ...]:
    """Return names cleaned, without empty ones and those that are too long to be any, and no more than NAMES."""
    cleaned = (one_line(value) for value in values)
    return tuple(name for name in cleaned if 0 < len(name) <= NAME_CHARS)[:NAMES]


def short_name(value: str) -> str | None:
    """Return one name cleaned, or None where there is none or it is too long to be one."""
    return next(iter(names([value])), None)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Months as sources write them in English, whatever this machine's locale is."""


def date_in(text: str) -> date | None:
    """Return the date of an ISO 8601 date or time, in the time's own zone; None for anything else."""
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return None


_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[\w.-]+/[\w.-]+", re.ASCII
)


def code_link(text: str) -> str | None:
    """Return the first link to a code repository in `text`, without the full stop that may end the sentence."""
    match = _CODE.search(text) if "://" in text else None  # most abstracts have no link at all
    return match.group().rstrip(".").removesuffix(".git") if match else None


def web_link(value: object) -> str | None:
    """Return `value` when it is an http or https link without spaces, brackets or invisible characters, else None."""
    link = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(r"https?://[^\s<>()\[\]\"'`|\\]{3,500}", link) and clean(link) == link:
        return link
    return None


_IMAGE = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}/[\w.~/%?=&+,:;-]+", re.ASCII | re.IGNORECASE
)


def image_link(value: object) -> str | None:
    """Return `value` when it is an https link to a file on a named host, else None.

    Discord refuses the whole message when the address of a picture is malformed; so this takes fewer than `web_link`.
    """
    link = web_link(value)
    return link if link and _IMAGE.fullmatch(link) else None


_VENUE = re.compile(
    r"\b(?:accepted|published|presented|to appear|appear(?:s|ed|ing)?|camera[- ]ready(?: version)?)"
    r"(?: for publication| as an? [\w -]{3,30}?| \w+ paper)?"
    r" (?:at|in|by|to|for)(?: the)? (?P<venue>[^.;,()\n]{2,80})",
    re.IGNORECASE,
)


def venue_in(comment: str) -> str | None:
    """Return the venue in a comment such as "12 pages, accepted at NeurIPS 2023 (oral)"; None where there is none.

    Where a paper was only submitted is no venue.
    """
    match = _VENUE.search(one_line(comment))
    return match["venue"].strip() if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Papers in one of these categories, first published on a day or later; an archive takes all of its categories."""

    categories: tuple[str, ...] = ()
    since: date | None = None

    def may_take(self, line: bytes) -> bool:
        """Whether a line of JSON can hold such a paper: found without decoding it, which takes twenty times as long."""
        return not self.categories or any(name.encode() in line for name in self.categories)

    def takes(self, paper: Paper) -> bool:
        """Whether this paper is one."""
        if self.since and (paper.published is None or paper.published < self.since):
            return False
        return not self.categories or any(
            own == name or own.startswith(f"{name}.") for own in paper.categories for name in self.categories
        )
