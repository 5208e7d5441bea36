"""The index's lasting part: papers' document numbers, the inverted segments, and each paper's own terms.

Every paper is either numbered, and then in a segment and with its terms, or waits to be indexed: all of it is written
in one transaction, so that a kill at any moment leaves a right index.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import aiosqlite

from bot.models import Paper
from bot.store.database import SqliteStore, only_row
from bot.store.merging import paper_of
from bot.store.protocol import IndexedPapers
from bot.store.questions import COLUMNS, questions_of

FAN_IN = 8
"""So many neighbouring segments of like size are merged into one; each document is rewritten log8(N) times."""

LARGEST_SEGMENT = 250_000
"""Documents beyond which a segment is merged no more, which keeps its bytes (some 200 a document) far under SQLite's
limit of a billion for one value."""


Encode = Callable[[Sequence[Paper], Mapping[str, Sequence[str]]], IndexedPapers]
"""Turns papers, and the questions for those of them that have some, by key, into a segment and terms."""

_REVISION = "SELECT coalesce(sum(value), 0) AS value FROM state WHERE name IN ('papers_revision', 'questions_revision')"


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A stored segment; `data` is None where the reader already has it."""

    first: int
    count: int
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader has followed the index. `dead` is the number of the last dead document's row."""

    revision: int = -1
    generation: int = -1
    total: int = 0
    dead: int = 0
    segments: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since a position. With `from_scratch`, the reader drops all that it had before.

    `segments` are all there are, in order; `documents` the new ones that live, as (document, key, ISO day or None).
    """

    position: Position
    from_scratch: bool
    segments: tuple[SegmentRow, ...]
    documents: tuple[tuple[int, str, str | None], ...]
    dead: tuple[int, ...]


class SqliteDocuments(SqliteStore):
    """The numbered documents on an open database. Every method raises StoreError."""

    async def revision(self) -> int:
        """Return a number that grows with every change of a paper or its questions, by whichever process."""
        row = await self._database.row(_REVISION)
        return int(row["value"]) if row else 0

    async def index_waiting(self, *, form: str, encode: Encode, limit: int) -> int:
        """Number up to `limit` papers that wait, and store their segment and terms. Return how many.

        `form` names what `encode` makes; what is of another form is dropped first and all papers wait. It runs in a
        thread.
        """
        if not await self._any_work(form):
            return 0
        async with self._database.transaction() as connection:
            if await _state(connection, "index_form") != form:
                await _reset(connection, form)
            cursor = await connection.execute(
                f"SELECT papers.rowid AS number, papers.*, {COLUMNS} FROM papers"
                " LEFT JOIN paper_questions ON paper_questions.paper = papers.key"
                " WHERE document IS NULL ORDER BY added_at, papers.rowid LIMIT ?",
                (limit,),
            )
            rows = list(await cursor.fetchall())
            if not rows:
                return 0
            first = (await only_row(connection, "SELECT coalesce(max(first + count), 0) FROM index_segments"))[0]
            made = await asyncio.to_thread(
                lambda: encode([paper_of(row) for row in rows], {row["key"]: questions_of(row) for row in rows})
            )
            await connection.execute("INSERT INTO index_segments VALUES (?, ?, ?)", (first, len(rows), made.segment))
            await connection.executemany(
                "INSERT OR REPLACE INTO index_terms VALUES (?, ?)", list(enumerate(made.terms, start=first))
            )
            await connection.executemany(
                "UPDATE papers SET document = ? WHERE rowid = ?",
                [(first + place, row["number"]) for place, row in enumerate(rows)],
            )
        return len(rows)

    async def terms(self, numbers: Iterable[int], *, generation: int) -> Mapping[int, bytes]:
        """Return the terms of the documents with these numbers, of those whose paper has not changed since.

        Numbers mean something only within their `generation`, see `Position`; those of another one have no terms here.
        """
        rows = await self._database.rows(
            "SELECT document, terms FROM index_terms WHERE document IN (SELECT value FROM json_each(?1))"
            " AND (SELECT value FROM state WHERE name = 'index_generation') = ?2",
            (json.dumps(list(numbers)), str(generation)),
        )
        return dict(map(tuple, rows))

    async def merge(self, merge: Callable[[Sequence[bytes]], bytes]) -> bool:
        """Merge one run of FAN_IN neighbouring segments of like size, if there is one. Return whether there was.

        The work is done in a thread and outside of any transaction; when another process was faster, nothing is stored.
        """
        known = await self._database.rows("SELECT first, count FROM index_segments ORDER BY first")
        run = mergeable([SegmentRow(**dict(row)) for row in known])
        if not run:
            return False
        found = await self._database.rows(
            "SELECT first, count, data FROM index_segments WHERE first BETWEEN ? AND ? ORDER BY first",
            (run[0].first, run[-1].first),
        )
        if [(row["first"], row["count"]) for row in found] != [(row.first, row.count) for row in run]:
            return True
        data = await asyncio.to_thread(merge, [row["data"] for row in found])
        count = sum(row.count for row in run)
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "SELECT first, count, length(data) AS size FROM index_segments"
                " WHERE first BETWEEN ? AND ? ORDER BY first",
                (run[0].first, run[-1].first),
            )
            now = [(row["first"], row["count"], row["size"]) for row in await cursor.fetchall()]
            if now == [(row["first"], row["count"], len(row["data"])) for row in found]:
                await connection.execute(
                    "DELETE FROM index_segments WHERE first BETWEEN ? AND ?", (run[0].first, run[-1].first)
                )
                await connection.execute("INSERT INTO index_segments VALUES (?, ?, ?)", (run[0].first, count, data))
        return True

    async def reset(self) -> None:
        """Drop all segments and numbers, for segments that are damaged or mostly dead: every paper waits again."""
        async with self._database.transaction() as connection:
            await _reset(connection, "")

    async def changes(self, since: Position) -> Changes:
        """Return what happened since a position, as of one moment."""
        async with self._database.snapshot() as connection:
            generation = int(await _state(connection, "index_generation"))
            from_scratch = generation != since.generation
            known = Position() if from_scratch else since
            revision = int((await only_row(connection, _REVISION))["value"])
            cursor = await connection.execute("SELECT first, count FROM index_segments ORDER BY first")
            segments = [SegmentRow(**dict(row)) for row in await cursor.fetchall()]
            for place, row in enumerate(segments):
                if (row.first, row.count) not in known.segments:
                    data = await only_row(connection, "SELECT data FROM index_segments WHERE first = ?", (row.first,))
                    segments[place] = SegmentRow(row.first, row.count, data[0])
            cursor = await connection.execute(
                "SELECT document, key, published FROM papers WHERE document >= ? ORDER BY document", (known.total,)
            )
            documents = tuple(tuple(row) for row in await cursor.fetchall())
            cursor = await connection.execute(
                "SELECT number, document FROM index_dead WHERE number > ? ORDER BY number", (known.dead,)
            )
            dead = list(await cursor.fetchall())
        position = Position(
            revision=revision,
            generation=generation,
            total=segments[-1].first + segments[-1].count if segments else 0,
            dead=dead[-1]["number"] if dead else known.dead,
            segments=frozenset((row.first, row.count) for row in segments),
        )
        return Changes(position, from_scratch, tuple(segments), documents, tuple(row["document"] for row in dead))

    async def _any_work(self, form: str) -> bool:
        [row] = await self._database.rows(
            "SELECT (SELECT value FROM state WHERE name = 'index_form') != ?"
            " OR EXISTS (SELECT 1 FROM papers WHERE document IS NULL)",
            (form,),
        )
        return bool(row[0])


def mergeable(segments: Sequence[SegmentRow]) -> Sequence[SegmentRow]:
    """Return the last FAN_IN neighbours of which none is more than FAN_IN times the smallest; none, if there are none.

    Segments come in order of their documents, so that these keep their numbers.
    """
    for end in range(len(segments), FAN_IN - 1, -1):
        run = segments[end - FAN_IN : end]
        counts = [row.count for row in run]
        if max(counts) <= FAN_IN * min(counts) and sum(counts) <= LARGEST_SEGMENT:
            return run
    return ()


async def _reset(connection: aiosqlite.Connection, form: str) -> None:
    await connection.execute("UPDATE papers SET document = NULL WHERE document IS NOT NULL")
    await connection.execute("DELETE FROM index_segments")
    await connection.execute("DELETE FROM index_terms")
    await connection.execute("DELETE FROM index_dead")
    await connection.execute("UPDATE state SET value = ? WHERE name = 'index_form'", (form,))
    await connection.execute("UPDATE state SET value = value + 1 WHERE name = 'index_generation'")


async def _state(connection: aiosqlite.Connection, name: str) -> str:
    return str((await only_row(connection, "SELECT value FROM state WHERE name = ?", (name,)))[0])
