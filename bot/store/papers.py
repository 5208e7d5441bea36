"""Papers in SQLite."""

import asyncio
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import aiosqlite

from bot.models import Paper, slug
from bot.store.database import Database
from bot.store.paper_changes import ChangeKind, PaperChange, changes_between
from bot.store.protocol import PaperPage, UpsertCounts
from bot.store.rows import FIELDS, paper_of, values_of

_COLUMNS = ("key", "title_slug", *FIELDS, "added_at", "changed_at")
_INSERT = f"INSERT INTO papers ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)})"
_UPDATE = f"UPDATE papers SET {', '.join(f'{name} = ?' for name in _COLUMNS if name != 'added_at')} WHERE key = ?"

# What an index is made of, and what it can filter by.
_SEARCHED = (
    "key",
    "title",
    "abstract",
    "published",
    "authors",
    "categories",
    "keywords",
    "venue",
    "organisation",
    "code_url",
)
_UNINDEX = "UPDATE papers SET document = NULL WHERE key = ?"
_BURY = "INSERT INTO index_dead (document) VALUES (?)"

_CHANGE = "INSERT INTO paper_changes (key, kind, detail, at) VALUES (?, ?, ?, ?)"

_DAY = "coalesce(listed, published)"
# The key last, so that a page holds what the one before it left.
_RANKED = "ORDER BY coalesce(upvotes, 0) DESC, coalesce(comments, 0) DESC, published DESC, key LIMIT ? OFFSET ?"


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many papers there are, their first and last day of publication, and when the newest came (Unix time)."""

    count: int
    span: tuple[date, date] | None
    newest_at: float | None


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
                    await connection.execute(_INSERT, (*values_of(paper), now, now))
                    new += 1
                    continue
                known = paper_of(row)
                merged = known.merged_with(paper)
                if merged == known:
                    unchanged += 1
                else:
                    await connection.execute(_UPDATE, (*values_of(merged), now, row["key"]))
                    if row["document"] is not None and _searched_otherwise(known, merged):
                        await connection.execute(_UNINDEX, (merged.key,))
                        await connection.execute(_BURY, (row["document"],))
                    await connection.executemany(
                        _CHANGE, [(merged.key, kind, detail, now) for kind, detail in changes_between(known, merged)]
                    )
                    changed += 1
            if new or changed:
                await connection.execute("UPDATE state SET value = value + 1 WHERE name = 'papers_revision'")
        return UpsertCounts(new, changed, unchanged)

    async def get(self, key: str) -> Paper | None:
        """Return the paper with this key, or None."""
        row = await self._database.row("SELECT * FROM papers WHERE key = ?", (key,))
        return paper_of(row) if row else None

    async def wanted(self, *, keys: Iterable[str], slugs: Iterable[str] = ()) -> Sequence[Paper]:
        """Return the papers with these keys, and those whose title has one of these slugs, once each."""
        rows = await self._database.rows(
            "SELECT * FROM papers WHERE key IN (SELECT value FROM json_each(?1))"
            " OR title_slug IN (SELECT value FROM json_each(?2)) ORDER BY added_at, rowid",
            (json.dumps(list(keys)), json.dumps(list(slugs))),
        )
        return [paper_of(row) for row in rows]

    async def all(self) -> Sequence[Paper]:
        """Return every paper, in the order of arrival."""
        rows = await self._database.rows("SELECT * FROM papers ORDER BY added_at, rowid")
        return await asyncio.to_thread(lambda: [paper_of(row) for row in rows])  # seconds for 100,000 papers

    async def arrived(self, *, after: float, until: float) -> Sequence[Paper]:
        """Return the papers first seen in the half-open span (after, until]."""
        rows = await self._database.rows(
            "SELECT * FROM papers WHERE added_at > ? AND added_at <= ? ORDER BY added_at, rowid", (after, until)
        )
        return [paper_of(row) for row in rows]

    async def changes(
        self, *, after: int, keys: Iterable[str] | None = None, limit: int = 500
    ) -> Sequence[PaperChange]:
        """Return up to `limit` changes with an id above `after`, oldest first; of these papers, or of all.

        Go on after the last one's id. `last_change` tells where to begin when only what is to come matters.
        """
        rows = await self._database.rows(
            "SELECT id, key, kind, detail, at FROM paper_changes"
            " WHERE id > ?1 AND (?2 IS NULL OR key IN (SELECT value FROM json_each(?2))) ORDER BY id LIMIT ?3",
            (after, None if keys is None else json.dumps(list(keys)), limit),
        )
        return [PaperChange(row["id"], row["key"], ChangeKind(row["kind"]), row["detail"], row["at"]) for row in rows]

    async def last_change(self) -> int:
        """Return the id of the newest change; 0 when there is none."""
        row = await self._database.row("SELECT coalesce(max(id), 0) AS last FROM paper_changes")
        return int(row["last"]) if row else 0

    async def holdings(self) -> Holdings:
        """Return what the store holds, in figures."""
        row = await self._database.row(
            "SELECT count(*) AS count, min(published) AS first, max(published) AS last, max(added_at) AS newest"
            " FROM papers"
        )
        assert row is not None, "an aggregate has one row"
        span = (date.fromisoformat(row["first"]), date.fromisoformat(row["last"])) if row["first"] else None
        return Holdings(row["count"], span, row["newest"])

    async def of_day(self, day: date, *, limit: int, offset: int = 0) -> PaperPage:
        """Return papers whose day this is: most upvotes first, then most comments, then newest."""
        return await self._page(f"{_DAY} = ?", (day.isoformat(),), limit=limit, offset=offset)

    async def between(self, first: date, last: date, *, limit: int, offset: int = 0) -> PaperPage:
        """Return papers that were listed or published in a span, both ends included, in the same order."""
        span = (first.isoformat(), last.isoformat())
        return await self._page(
            "(listed BETWEEN ? AND ?) OR (published BETWEEN ? AND ?)", span + span, limit=limit, offset=offset
        )

    async def newest_day(self) -> date | None:
        """Return the last day that has papers; None when there is no paper with a day."""
        row = await self._database.row(f"SELECT max({_DAY}) AS day FROM papers")
        return date.fromisoformat(row["day"]) if row and row["day"] else None

    async def nearest_day(self, day: date) -> date | None:
        """Return the day with papers that lies nearest to `day`, of two as near the later one; None as above."""
        row = await self._database.row(
            f"SELECT {_DAY} AS day FROM papers WHERE {_DAY} IS NOT NULL"
            f" ORDER BY abs(julianday({_DAY}) - julianday(?)), day DESC LIMIT 1",
            (day.isoformat(),),
        )
        return date.fromisoformat(row["day"]) if row else None

    async def titles(self) -> Sequence[tuple[str, str]]:
        """Return every paper's key and title, newest first."""
        rows = await self._database.rows(f"SELECT key, title FROM papers ORDER BY {_DAY} DESC, rowid DESC")
        return [(row["key"], row["title"]) for row in rows]

    async def _page(self, where: str, values: tuple[str, ...], *, limit: int, offset: int) -> PaperPage:
        async with self._database.snapshot() as connection:
            counted = await connection.execute(
                f"SELECT count(*) AS total, count(nullif(upvotes, 0)) AS voted FROM papers WHERE {where}", values
            )
            counts = await counted.fetchone()
            listed = await connection.execute(f"SELECT * FROM papers WHERE {where} {_RANKED}", (*values, limit, offset))
            papers = [paper_of(row) for row in await listed.fetchall()]
        assert counts is not None, "a count has a row"
        return PaperPage(papers, counts["total"], counts["voted"])

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


def _searched_otherwise(known: Paper, merged: Paper) -> bool:
    return any(getattr(known, name) != getattr(merged, name) for name in _SEARCHED)
