"""The SQLite file: opening it with checks and pragmas, reading, and writing in transactions."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from importlib.resources import files
from pathlib import Path

import aiosqlite

from bot.errors.operation import StoreError, StoreForeign, StoreTooNew, StoreUnwritable

APPLICATION_ID = 0x50415042
"""PRAGMA application_id of every paperbot store: distinguishes it from another program's SQLite file."""


def migrations() -> list[tuple[int, str]]:
    """Return the steps as (number, SQL), in order. PRAGMA user_version holds the number of the last one applied."""
    found = [
        (re.match(r"(\d{4})_\w+\.sql$", entry.name), entry)
        for entry in files("bot.store").joinpath("migrations").iterdir()
    ]
    return sorted((int(match[1]), entry.read_text(encoding="utf-8")) for match, entry in found if match)


def statements(sql: str) -> Iterator[str]:
    """Split a script at the ends of its statements, since `executescript` would commit the open transaction first."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending


MEMORY = Path(":memory:")
"""The path of a store that lives as long as its connection."""

_BUSY_TIMEOUT_S = 10.0


class Database:
    """One connection to the store at `path`. Every method raises StoreError in a user's words."""

    def __init__(self, *, connection: aiosqlite.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection
        # One connection sees its own unfinished writes, so readers wait for a transaction's end as well.
        self._turn = asyncio.Lock()

    async def rows(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        async with self._turn:
            with sentences(self.path):
                cursor = await self._connection.execute(sql, tuple(values))
                return list(await cursor.fetchall())

    async def row(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        found = await self.rows(sql, values)
        return found[0] if found else None

    async def change(self, sql: str, values: Sequence[object] = ()) -> int:
        """Run one statement as a transaction of its own; return how many rows it inserted, updated or deleted."""
        async with self.transaction() as connection:
            cursor = await connection.execute(sql, tuple(values))
            return cursor.rowcount

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[aiosqlite.Connection]:
        """Let the body's queries on the yielded connection see the store as of one moment; writers go on meanwhile."""
        async with self._turn:
            with sentences(self.path):
                try:
                    await self._connection.execute("BEGIN")
                    yield self._connection
                finally:
                    await self._connection.rollback()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """Run the body as one write transaction on the yielded connection: all of it is kept, or none.

        The body uses only the connection: `rows` would wait for this very transaction.
        """
        async with self._turn:
            with sentences(self.path):
                try:
                    await self._connection.execute("BEGIN IMMEDIATE")
                    yield self._connection
                    await self._connection.commit()
                except BaseException:
                    # Also when cancelled while BEGIN was under way: the connection's thread works in order.
                    await self._connection.rollback()
                    raise


class SqliteStore:
    """Base of the stores: rows of some tables of an open database. Every method may raise StoreError."""

    def __init__(self, *, database: Database) -> None:
        self._database = database


async def first_row(connection: aiosqlite.Connection, sql: str, values: Sequence[object] = ()) -> sqlite3.Row | None:
    """Return the first row of a query within a transaction or a snapshot, or None."""
    cursor = await connection.execute(sql, tuple(values))
    return await cursor.fetchone()


async def only_row(connection: aiosqlite.Connection, sql: str, values: Sequence[object] = ()) -> sqlite3.Row:
    """Return the row of a query that always has one, such as an aggregate."""
    row = await first_row(connection, sql, values)
    assert row is not None, sql
    return row


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open the store at `path`, made if missing, with the newest schema.

    WAL lets readers go on while another process writes; synchronous FULL makes a commit outlive a power cut, since
    the ledger must never forget a post. Raises StoreUnwritable, StoreForeign, StoreTooNew or StoreError.
    """
    # Opened here and not by aiosqlite, whose thread, when that fails, may outlive the event loop and print a traceback.
    with sentences(path):
        opened = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    connection = await aiosqlite.Connection(lambda: opened, iter_chunk_size=64)
    try:
        connection.row_factory = sqlite3.Row
        database = Database(connection=connection, path=path)
        await _check(database)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            await database.rows(f"PRAGMA {pragma}")
        await _migrate(database)
        yield database
    finally:
        await connection.close()


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into the store's errors, for the file at `path`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        reason = str(error)
        if "readonly" in reason or "unable to open" in reason:
            raise StoreUnwritable(path=path, reason=reason) from None
        raise StoreError(path=path, reason=reason) from error
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise StoreForeign(path=path) from None
        raise StoreError(path=path, reason=str(error)) from error


async def _check(database: Database) -> None:
    """Refuse another program's file and a newer paperbot's, before anything is written to it."""
    # The tables first: another process that makes the store meanwhile writes them and its id at once.
    tables = await database.rows("SELECT 1 FROM sqlite_master LIMIT 1")
    application, version = await _pragma(database, "application_id"), await _pragma(database, "user_version")
    if application != APPLICATION_ID and (application or tables):
        raise StoreForeign(path=database.path)
    known = migrations()[-1][0]
    if version > known:
        raise StoreTooNew(path=database.path, found=version, known=known)


async def _migrate(database: Database) -> None:
    """Apply each missing step in a transaction of its own, together with the number that says so."""
    version = await _pragma(database, "user_version")
    for number, sql in migrations():
        if number <= version:  # a start must not wait for another process's writes
            continue
        async with database.transaction() as connection:
            # Read inside the transaction: another process may have applied the step meanwhile.
            cursor = await connection.execute("PRAGMA user_version")
            row = await cursor.fetchone()
            if row is not None and row[0] >= number:
                continue
            for statement in statements(sql):
                await connection.execute(statement)
            await connection.execute(f"PRAGMA user_version = {number}")
            await connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


async def _pragma(database: Database, name: str) -> int:
    row = await database.row(f"PRAGMA {name}")
    return int(row[0]) if row else 0
