"""Papers in SQLite, the changes to them, and the order in which they arrived."""

import asyncio
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import aiosqlite

from bot.models import Paper, slug
from bot.store.database import SqliteStore, only_row
from bot.store.merging import FIELDS, ChangeKind, Merged, PaperChange, merge_papers, paper_of, values_of
from bot.store.protocol import Bound, CountField, NameField, PaperPage, UpsertCounts
from bot.util import batched

_COLUMNS = ("key", "title_slug", *FIELDS, "added_at", "changed_at")
_INSERT = f"INSERT INTO papers ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)})"
_UPDATE = f"UPDATE papers SET {', '.join(f'{name} = ?' for name in _COLUMNS if name != 'added_at')} WHERE rowid = ?"

# What an index is made of, and what it can filter by.
_SEARCHED = "key title abstract published authors categories keywords venue organisation code_url".split()
_UNINDEX = "UPDATE papers SET document = NULL WHERE rowid = ?"
_BURY = "INSERT INTO index_dead (document) VALUES (?)"

_CHANGE = "INSERT INTO paper_changes (key, kind, detail, at) VALUES (?, ?, ?, ?)"

_LARGEST = 2**63 - 1
"""SQLite's largest integer."""

_BATCH = 500
"""Papers that are looked up and written at once: each statement is a few milliseconds."""

_NAMED = "(key IN (SELECT value FROM json_each(?1)) OR title_slug IN (SELECT value FROM json_each(?2)))"
_DAY = "coalesce(listed, published)"
_IN_SPAN = "((listed BETWEEN ? AND ?) OR (published BETWEEN ? AND ?))"
# The key last, so that no paper is on two pages, or on none.
_RANKED = (
    "ORDER BY withdrawn IS NOT NULL, coalesce(upvotes, 0) DESC, coalesce(comments, 0) DESC, published DESC, key"
    " LIMIT ? OFFSET ?"
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many papers there are, their first and last day of publication, and when the newest came (Unix time)."""

    count: int
    span: tuple[date, date] | None
    newest_at: float | None


class SqlitePaperStore(SqliteStore):
    """A PaperStore on an open database."""

    async def upsert(self, papers: Iterable[Paper], *, now: float) -> UpsertCounts:
        """Add papers, or merge them with what is known under the same key or, where one has no arXiv id, title."""
        counts = UpsertCounts()
        async with self._database.transaction() as connection:
            for batch in batched(papers, _BATCH):
                rows = await _known(connection, batch)
                result = await asyncio.to_thread(merge_papers, batch, rows)
                await _write(connection, result, now)
                counts += UpsertCounts(result.new, result.changed, result.unchanged)
            if counts.new or counts.changed:
                await connection.execute("UPDATE state SET value = value + 1 WHERE name = 'papers_revision'")
        return counts

    async def get(self, key: str) -> Paper | None:
        """Return the paper with this key, or None."""
        row = await self._database.row("SELECT * FROM papers WHERE key = ?", (key,))
        return paper_of(row) if row else None

    async def wanted(self, *, keys: Iterable[str], slugs: Iterable[str] = ()) -> Sequence[Paper]:
        """Return the papers with these keys, and those whose title has one of these slugs, once each."""
        return await self._select(f"{_NAMED} ORDER BY added_at, rowid", json.dumps(list(keys)), json.dumps(list(slugs)))

    async def all(self) -> Sequence[Paper]:
        """Return every paper, in the order of arrival."""
        return await self._select("true ORDER BY added_at, rowid")

    async def arrived(self, *, after: float, until: float) -> Sequence[Paper]:
        """Return the papers first seen in the half-open span (after, until]."""
        return await self._select("added_at > ? AND added_at <= ? ORDER BY added_at, rowid", after, until)

    async def changes(
        self, *, after: int, keys: Iterable[str] | None = None, limit: int = 500
    ) -> Sequence[PaperChange]:
        """Return up to `limit` changes with an id above `after`, oldest first; of these papers, or of all.

        To continue, pass the last one's id. `last_change` says where to begin when only future changes matter.
        """
        among = None if keys is None else json.dumps(list(keys))
        return await self._changes(
            "id > ?1 AND (?2 IS NULL OR key IN (SELECT value FROM json_each(?2))) ORDER BY id LIMIT ?3",
            *(after, among, limit),
        )

    async def changes_between(
        self, after: float, until: float, *, kinds: Iterable[ChangeKind]
    ) -> Sequence[PaperChange]:
        """Return the changes of these kinds in (after, until], Unix seconds, oldest first."""
        return await self._changes(
            "at > ? AND at <= ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY id",
            *(after, until, json.dumps(list(kinds))),
        )

    async def last_change(self) -> int:
        """Return the id of the newest change; 0 when there is none."""
        [row] = await self._database.rows("SELECT coalesce(max(id), 0) AS last FROM paper_changes")
        return int(row["last"])

    async def holdings(self) -> Holdings:
        """Return what the store holds, in figures."""
        [row] = await self._database.rows(
            "SELECT count(*) AS count, min(published) AS first, max(published) AS last, max(added_at) AS newest"
            " FROM papers"
        )
        span = (date.fromisoformat(row["first"]), date.fromisoformat(row["last"])) if row["first"] else None
        return Holdings(row["count"], span, row["newest"])

    async def of_day(self, day: date, *, limit: int, offset: int = 0) -> PaperPage:
        """Return papers whose day this is: most upvotes first, then most comments, then newest; withdrawn ones last."""
        return await self._page(f"{_DAY} = ?", (day.isoformat(),), limit=limit, offset=offset)

    async def between(self, first: date, last: date, *, limit: int, offset: int = 0) -> PaperPage:
        """Return papers that were listed or published in a span, both ends included, in the same order."""
        span = (first.isoformat(), last.isoformat())
        return await self._page(_IN_SPAN, span + span, limit=limit, offset=offset)

    async def within(self, bounds: Sequence[Bound]) -> Sequence[str]:
        """Return the keys of the papers whose numbers are within all of the bounds."""
        parts: list[str] = []
        values: list[object] = []
        for bound in bounds:
            for sign, end in ((">=", bound.least), ("<=", bound.most)):
                if end is not None:
                    parts.append(f"{bound.field} {sign} ?")
                    values.append(min(end, _LARGEST))
        rows = await self._database.rows(f"SELECT key FROM papers WHERE {' AND '.join(parts) or 'true'}", values)
        return await asyncio.to_thread(lambda: [str(row["key"]) for row in rows])

    async def top(
        self,
        field: CountField,
        *,
        limit: int,
        keys: Iterable[str] | None = None,
        days: tuple[date, date] | None = None,
    ) -> Sequence[str]:
        """Return the keys of the papers with the highest number, first, among `keys` or all.

        `days`: those that were listed or published in a span. Papers without the number, or with 0, are left out.
        """
        parts, values = [f"{field} > 0"], list[object]()
        if keys is not None:
            parts.append("key IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(keys)))
        if days is not None:
            parts.append(_IN_SPAN)
            values += [day.isoformat() for day in (*days, *days)]
        rows = await self._database.rows(
            f"SELECT key FROM papers WHERE {' AND '.join(parts)}"
            f" ORDER BY withdrawn IS NOT NULL, {field} DESC, published DESC, key LIMIT ?",
            [*values, limit],
        )
        return [str(row["key"]) for row in rows]

    async def newest_day(self) -> date | None:
        """Return the last day that has papers; None when there is no paper with a day."""
        [row] = await self._database.rows(f"SELECT max({_DAY}) AS day FROM papers")
        return date.fromisoformat(row["day"]) if row["day"] else None

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

    async def names(self, field: NameField) -> Sequence[tuple[str, int]]:
        """Return every name that a field holds and in how many papers, the most frequent first."""
        names = f"SELECT each.value AS name FROM papers, json_each(papers.{field}) AS each"
        if field == "organisation":
            names = "SELECT organisation AS name FROM papers WHERE organisation IS NOT NULL"
        rows = await self._database.rows(
            f"SELECT name, count(*) AS number FROM ({names}) GROUP BY name ORDER BY number DESC, name"
        )
        return await asyncio.to_thread(lambda: [(row["name"], row["number"]) for row in rows])

    async def _page(self, where: str, values: tuple[str, ...], *, limit: int, offset: int) -> PaperPage:
        async with self._database.snapshot() as connection:
            counts = await only_row(
                connection,
                "SELECT count(*) AS total, count(nullif(upvotes, 0)) AS voted, count(withdrawn) AS withdrawn"
                f" FROM papers WHERE {where}",
                values,
            )
            listed = await connection.execute(f"SELECT * FROM papers WHERE {where} {_RANKED}", (*values, limit, offset))
            papers = [paper_of(row) for row in await listed.fetchall()]
        return PaperPage(papers, **dict(counts))

    async def revision(self) -> int:
        """Return a number that grows with every change of a paper, by whichever process."""
        row = await self._database.row("SELECT value FROM state WHERE name = 'papers_revision'")
        return int(row["value"]) if row else 0

    async def _select(self, clauses: str, *values: object) -> Sequence[Paper]:
        rows = await self._database.rows(f"SELECT * FROM papers WHERE {clauses}", values)
        return await asyncio.to_thread(lambda: [paper_of(row) for row in rows])  # seconds for 100,000 papers

    async def _changes(self, clauses: str, *values: object) -> Sequence[PaperChange]:
        rows = await self._database.rows(f"SELECT id, key, kind, detail, at FROM paper_changes WHERE {clauses}", values)
        return [PaperChange(row["id"], row["key"], ChangeKind(row["kind"]), row["detail"], row["at"]) for row in rows]


async def _known(connection: aiosqlite.Connection, papers: Sequence[Paper]) -> Iterable[sqlite3.Row]:
    """Return the rows that one of the papers may belong to."""
    cursor = await connection.execute(
        f"SELECT rowid, * FROM papers WHERE {_NAMED} ORDER BY rowid",
        (json.dumps([paper.key for paper in papers]), json.dumps([slug(paper.title) for paper in papers])),
    )
    return await cursor.fetchall()


async def _write(connection: aiosqlite.Connection, result: Merged, now: float) -> None:
    # Updates first: one may free the key that a new paper takes.
    if result.updated:
        await connection.executemany(_UPDATE, [(*values_of(held.paper), now, held.rowid) for held in result.updated])
        stale = [
            held
            for held in result.updated
            if held.document is not None
            and any(getattr(held.stored, name) != getattr(held.paper, name) for name in _SEARCHED)
        ]
        await connection.executemany(_UNINDEX, [(held.rowid,) for held in stale])
        await connection.executemany(_BURY, [(held.document,) for held in stale])
    if result.inserted:
        values = await asyncio.to_thread(lambda: [(*values_of(held.paper), now, now) for held in result.inserted])
        await connection.executemany(_INSERT, values)
    if result.changes:
        await connection.executemany(_CHANGE, [(*change, now) for change in result.changes])


@dataclass(frozen=True, slots=True)
class Arrival:
    """A paper, its number, and when it was first seen (Unix time)."""

    number: int
    added_at: float
    paper: Paper


class Arrivals(SqliteStore):
    """Reads papers in the order in which they were first stored, by their row numbers."""

    async def last(self) -> int:
        """Return the number of the paper that came last; 0 when there is none."""
        [row] = await self._database.rows("SELECT coalesce(max(rowid), 0) AS number FROM papers")
        return int(row["number"])

    async def after(self, number: int, *, limit: int) -> list[Arrival]:
        """Return the first `limit` papers that came after the one with this number."""
        rows = await self._database.rows(
            "SELECT rowid AS number, * FROM papers WHERE rowid > ? ORDER BY rowid LIMIT ?", (number, limit)
        )
        return [Arrival(row["number"], row["added_at"], paper_of(row)) for row in rows]
