"""A store that an older paperbot wrote, opened by this one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.database import open_database
from bot.store.schema import APPLICATION_ID, migrations


def old_store(path: Path, version: int) -> dict[str, int]:
    """Write a store as of a schema's version, with rows in every table; return how many each has."""
    with closing(sqlite3.connect(path)) as connection:
        for number, sql in migrations()[:version]:
            connection.executescript(f"{sql}; PRAGMA user_version = {number};")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for table in tables(connection):
            fill(connection, table)
        connection.commit()
        return {table: count(connection, table) for table in tables(connection)}


def tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in rows]


def fill(connection: sqlite3.Connection, table: str) -> None:
    """Add rows whose columns hold something of their type, apart from the keys that count up."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    for row in range(3):
        values = [
            {"INTEGER": 7 + row, "REAL": 1.5 + row, "BLOB": b"x"}.get(kind, f'["{row}"]') for _, _, kind, *_ in columns
        ]
        names = ", ".join(name for _, name, *_ in columns)
        marks = ", ".join("?" for _ in columns)
        connection.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", values)


def count(connection: sqlite3.Connection, table: str) -> int:
    [number] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(number)


def content(path: Path, table: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid")]


@pytest.mark.parametrize("version", range(1, migrations()[-1][0]))
async def test_a_store_of_any_older_version_loses_nothing(path: Path, version: int) -> None:
    counts = old_store(path, version)
    before = {table: content(path, table) for table in counts}
    async with open_database(path):
        pass
    for table, rows in before.items():
        found = content(path, table)
        assert len(found) >= len(rows), table
        for row, kept in zip(rows, found, strict=False):
            assert kept.items() >= row.items(), table
