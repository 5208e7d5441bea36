"""Merging a batch of papers with what the store knows, in memory: what is to be written comes out."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from bot.models import SAMPLE_ORIGIN, Paper, slug

FIELDS = tuple(field.name for field in fields(Paper))
_LISTS = frozenset({"authors", "keywords", "categories"})
_DAYS = frozenset({"published", "listed", "withdrawn"})


def values_of(paper: Paper) -> tuple[object, ...]:
    """Return the values of the columns key, title_slug and FIELDS."""
    return (paper.key, slug(paper.title), *(_to_column(name, getattr(paper, name)) for name in FIELDS))


def paper_of(row: sqlite3.Row) -> Paper:
    """Return the paper of a row that has the columns FIELDS."""
    return Paper(**{name: _from_column(name, row[name]) for name in FIELDS})


def _to_column(name: str, value: Any) -> object:
    if name in _LISTS:
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def _from_column(name: str, value: Any) -> Any:
    if name in _LISTS:
        return tuple(json.loads(value))
    return date.fromisoformat(value) if name in _DAYS and value else value


class ChangeKind(StrEnum):
    """What can happen to a stored paper that its followers hear of."""

    VERSION = "version"
    WITHDRAWN = "withdrawn"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A row of paper_changes. `detail`: the new version's number, the day (YYYY-MM-DD), or the link to the code.

    `id` grows with time; `key` is the paper's key when it was written; `at` is Unix time.
    """

    id: int
    key: str
    kind: ChangeKind
    detail: str
    at: float


def changes_between(known: Paper, merged: Paper) -> Iterator[tuple[ChangeKind, str]]:
    """Yield the changes that followers of a paper hear of when `merged` replaces `known`, as kind and detail.

    A version is news only where an older one was known, and nothing is that takes a bundled sample's place.
    """
    if known.origin == SAMPLE_ORIGIN:
        return
    if known.version and merged.version and merged.version > known.version:
        yield ChangeKind.VERSION, str(merged.version)
    if merged.withdrawn and not known.withdrawn:
        yield ChangeKind.WITHDRAWN, merged.withdrawn.isoformat()
    if merged.code_url and not known.code_url:
        yield ChangeKind.CODE, merged.code_url


@dataclass(slots=True, eq=False)
class Held:
    """A paper of the store's, with its row as it was read; `stored` is None for one that is not there yet.

    `arrival` counts up from 1 in the order in which papers came.
    """

    paper: Paper
    stored: Paper | None = None
    rowid: int | None = None
    document: int | None = None
    arrival: int = 0


@dataclass(slots=True)
class Merged:
    """What a batch does: papers to insert and to update, and the changes that followers hear of: key, kind, detail."""

    inserted: list[Held] = field(default_factory=list)
    updated: list[Held] = field(default_factory=list)
    changes: list[tuple[str, ChangeKind, str]] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0


def merge_papers(papers: Sequence[Paper], rows: Iterable[sqlite3.Row]) -> Merged:
    """Merge papers one after the other with the rows that have one of their keys or titles, and with each other."""
    known = _Known()
    for row in rows:
        paper = paper_of(row)
        known.add(Held(paper, stored=paper, rowid=row["rowid"], document=row["document"]))
    result = Merged()
    for paper in papers:
        held = known.find(paper)
        if held is None:
            held = Held(paper)
            known.add(held)
            result.inserted.append(held)
            result.new += 1
            continue
        before, after = held.paper, held.paper.merged_with(paper)
        if after == before:
            result.unchanged += 1
            continue
        result.changed += 1
        result.changes += [(after.key, kind, detail) for kind, detail in changes_between(before, after)]
        if held.paper is held.stored:
            result.updated.append(held)
        known.replace(held, after)
    return result


class _Known:
    """The papers that a batch may have to be merged with, by key and by title."""

    def __init__(self) -> None:
        self._count = 0
        self._by_key: dict[str, Held] = {}
        self._by_slug: dict[str, list[Held]] = {}

    def add(self, held: Held) -> None:
        """Add a paper, or add one again under its new key and title."""
        if not held.arrival:
            self._count += 1
            held.arrival = self._count
        self._by_key[held.paper.key] = held
        self._by_slug.setdefault(slug(held.paper.title), []).append(held)

    def find(self, paper: Paper) -> Held | None:
        """Return the paper with the same key, or with the same title when one of the two has no arXiv id."""
        if held := self._by_key.get(paper.key):
            return held
        titled = self._by_slug.get(slug(paper.title), ())
        matching = (held for held in titled if held.paper.arxiv_id is None or paper.arxiv_id is None)
        return min(matching, key=lambda held: held.arrival, default=None)

    def replace(self, held: Held, paper: Paper) -> None:
        """Let `held` be `paper` from now on, under its key and title."""
        del self._by_key[held.paper.key]
        self._by_slug[slug(held.paper.title)].remove(held)
        held.paper = paper
        self.add(held)
