"""A store that an older paperbot wrote, opened by this one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.database import APPLICATION_ID, migrations, open_database
from bot.store.papers import SqlitePaperStore


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


async def test_papers_of_daily_papers_get_their_page_and_the_lists_are_read_again(path: Path) -> None:
    old_store(path, 13)
    columns = "key, title_slug, title, abstract, origin, arxiv_id, authors, keywords, categories, added_at, changed_at"
    paper = ("Kettles", "Text.", "daily papers", "2610.00001", "[]", "[]", "[]", 1.0, 1.0)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM papers")
        insert = f"INSERT INTO papers ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        connection.execute(insert, ("2610.00001", "kettles", *paper))
        connection.execute(insert, ("2610.00002", "pots", "Pots", "Text.", "arxiv", "2610.00002", *paper[4:]))
        for address in ("https://huggingface.co/api/daily_papers?date=2026-10-08", "https://rss.arxiv.org/atom/cs.AI"):
            connection.execute("INSERT INTO feed_validators VALUES (?, 'etag', NULL, '3', 1.0)", (address,))
        connection.commit()
    async with open_database(path) as database:
        papers = {paper.key: paper for paper in await SqlitePaperStore(database=database).all()}
        kept = {row["address"] for row in await database.rows("SELECT address FROM feed_validators")}
    assert papers["2610.00001"].hub_url == "https://huggingface.co/papers/2610.00001"
    assert (papers["2610.00001"].hub_summary, papers["2610.00002"].hub_url) == (None, None)
    assert "https://rss.arxiv.org/atom/cs.AI" in kept
    assert not any("daily_papers" in address for address in kept)
