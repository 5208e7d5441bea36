"""Merging a batch of papers with what the store knows, in memory: what is to be written comes out."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.models import Paper, slug
from bot.store.paper_changes import ChangeKind, changes_between
from bot.store.rows import paper_of


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
    """What a batch does: papers to insert and to update, and what followers are told: key, kind, detail."""

    inserted: list[Held] = field(default_factory=list)
    updated: list[Held] = field(default_factory=list)
    told: list[tuple[str, ChangeKind, str]] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0


def merged(papers: Sequence[Paper], rows: Iterable[sqlite3.Row]) -> Merged:
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
        result.told += [(after.key, kind, detail) for kind, detail in changes_between(before, after)]
        if held.paper is held.stored:
            result.updated.append(held)
        known.replace(held, after)
    return result


class _Known:
    """Papers by key and by title."""

    def __init__(self) -> None:
        self._count = 0
        self._by_key: dict[str, Held] = {}
        self._by_slug: dict[str, list[Held]] = {}

    def add(self, held: Held) -> None:
        """Know one more, or one again under its new key and title."""
        if not held.arrival:
            self._count += 1
            held.arrival = self._count
        self._by_key[held.paper.key] = held
        self._by_slug.setdefault(slug(held.paper.title), []).append(held)

    def find(self, paper: Paper) -> Held | None:
        """Find the one that `paper` belongs to: its key, or its title when one of the two has no arXiv id."""
        if held := self._by_key.get(paper.key):
            return held
        titled = self._by_slug.get(slug(paper.title), ())
        matching = (held for held in titled if held.paper.arxiv_id is None or paper.arxiv_id is None)
        return min(matching, key=lambda held: held.arrival, default=None)

    def replace(self, held: Held, paper: Paper) -> None:
        """Let `held` be this paper from now on, under its key and title."""
        del self._by_key[held.paper.key]
        self._by_slug[slug(held.paper.title)].remove(held)
        held.paper = paper
        self.add(held)
