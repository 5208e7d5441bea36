"""A store that an older paperbot wrote, opened by this one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.database import APPLICATION_ID, migrations, open_database


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
    """Add rows whose columns hold something of their type, and of those that newer schemas check, what they take."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    names, marks = ", ".join(name for _, name, *_ in columns), ", ".join("?" for _ in columns)
    for row in range(3):
        taken = {"state": "posted", "INTEGER": 7 + row, "REAL": 1.5 + row, "BLOB": b"x", "TEXT": f'["{row}"]'}
        values = [taken.get(name, taken[kind]) for _, name, kind, *_ in columns]
        connection.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", values)


def count(connection: sqlite3.Connection, table: str) -> int:
    [number] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(number)


def content(path: Path, table: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]


def moved(ledger: list[dict[str, object]]) -> tuple[str, list[dict[str, object]]]:
    """Return where the rows of the first ledger stand since step 10, and as what."""
    return "digest_posts", [
        {
            "digest": f"settings-{row['channel_id']}",
            "message": row["message_id"],
            **{name: row[name] for name in ("day", "since", "until", "state", "changed_at")},
        }
        for row in ledger
    ]


@pytest.mark.parametrize("version", range(1, migrations()[-1][0]))
async def test_a_store_of_any_older_version_loses_nothing(path: Path, version: int) -> None:
    counts = old_store(path, version)
    before = {table: content(path, table) for table in counts}
    async with open_database(path):
        pass
    for old, rows in before.items():
        table, expected = moved(rows) if old == "digest_ledger" else (old, rows)
        found = content(path, table)
        lost = [row for row in expected if not any(kept.items() >= row.items() for kept in found)]
        assert lost == [], table
