"""Papers in SQLite."""

import asyncio
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import aiosqlite

from bot.models import Paper, slug
from bot.store.database import Database
from bot.store.protocol import UpsertCounts

_FIELDS = tuple(field.name for field in fields(Paper))
_LISTS = frozenset({"authors", "keywords", "categories"})
_DAYS = frozenset({"published", "listed"})

_COLUMNS = ("key", "title_slug", *_FIELDS, "added_at", "changed_at")
_INSERT = f"INSERT INTO papers ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)})"
_UPDATE = f"UPDATE papers SET {', '.join(f'{name} = ?' for name in _COLUMNS if name != 'added_at')} WHERE key = ?"


class SqlitePaperStore:
    """A PaperStore on an open database."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def upsert(self, papers: Iterable[Paper], *, now: float) -> UpsertCounts:
        """Add papers, or merge them with what is known under the same key or, where one has no arXiv id, title."""
        new = changed = unchanged = 0
        async with self._database.transaction() as connection:
            for paper in papers:
                row = await _find(connection, paper)
                if row is None:
                    await connection.execute(_INSERT, (*_values(paper), now, now))
                    new += 1
                    continue
                known = _paper(row)
                merged = known.merged_with(paper)
                if merged == known:
                    unchanged += 1
                else:
                    await connection.execute(_UPDATE, (*_values(merged), now, row["key"]))
                    changed += 1
            if new or changed:
                await connection.execute("UPDATE state SET value = value + 1 WHERE name = 'papers_revision'")
        return UpsertCounts(new, changed, unchanged)

    async def get(self, key: str) -> Paper | None:
        """Return the paper with this key, or None."""
        row = await self._database.row("SELECT * FROM papers WHERE key = ?", (key,))
        return _paper(row) if row else None

    async def all(self) -> Sequence[Paper]:
        """Return every paper, in the order of arrival."""
        rows = await self._database.rows("SELECT * FROM papers ORDER BY added_at, rowid")
        return await asyncio.to_thread(lambda: [_paper(row) for row in rows])  # seconds for 100,000 papers

    async def arrived(self, *, after: float, until: float) -> Sequence[Paper]:
        """Return the papers first seen in the half-open span (after, until]."""
        rows = await self._database.rows(
            "SELECT * FROM papers WHERE added_at > ? AND added_at <= ? ORDER BY added_at, rowid", (after, until)
        )
        return [_paper(row) for row in rows]

    async def revision(self) -> int:
        """Return a number that grows with every change of a paper, by whichever process."""
        row = await self._database.row("SELECT value FROM state WHERE name = 'papers_revision'")
        return int(row["value"]) if row else 0


async def _find(connection: aiosqlite.Connection, paper: Paper) -> sqlite3.Row | None:
    """Find the row that `paper` belongs to: its key, or its title when one of the two has no arXiv id."""
    cursor = await connection.execute(
        "SELECT * FROM papers WHERE key = ?1 OR (title_slug = ?2 AND (arxiv_id IS NULL OR ?3 IS NULL))"
        " ORDER BY key = ?1 DESC LIMIT 1",
        (paper.key, slug(paper.title), paper.arxiv_id),
    )
    return await cursor.fetchone()


def _values(paper: Paper) -> tuple[object, ...]:
    return (paper.key, slug(paper.title), *(_to_column(name, getattr(paper, name)) for name in _FIELDS))


def _to_column(name: str, value: Any) -> object:
    if name in _LISTS:
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def _paper(row: sqlite3.Row) -> Paper:
    return Paper(**{name: _from_column(name, row[name]) for name in _FIELDS})


def _from_column(name: str, value: Any) -> Any:
    if name in _LISTS:
        return tuple(json.loads(value))
    return date.fromisoformat(value) if name in _DAYS and value else value
