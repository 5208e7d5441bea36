import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors.operation import StoreError
from bot.store.database import migrations, open_database, statements

STEPS = migrations()
NEXT = STEPS[-1][0] + 1
ADDITION = "CREATE TABLE added (x INTEGER) STRICT;\nINSERT INTO added VALUES (1);\n"


def dump(path: Path) -> list[str]:
    """Return the file's tables and rows as SQL, and its version."""
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()
        return [*connection.iterdump(), str(version)]


async def open_and_close(path: Path) -> None:
    async with open_database(path):
        pass


def more_steps(monkeypatch: pytest.MonkeyPatch, *scripts: str) -> None:
    """Let this paperbot know steps after the real ones."""
    steps = [*STEPS, *enumerate(scripts, start=NEXT)]
    monkeypatch.setattr("bot.store.database.migrations", lambda: steps)


def test_steps_are_numbered_without_gaps() -> None:
    assert [number for number, _ in STEPS] == list(range(1, len(STEPS) + 1))


async def test_all_steps_from_empty_give_the_schema_of_the_scripts(path: Path, tmp_path: Path) -> None:
    await open_and_close(path)
    direct = tmp_path / "direct.db"
    with closing(sqlite3.connect(direct)) as connection:
        for number, sql in STEPS:
            connection.executescript(f"{sql}; PRAGMA user_version = {number};")
    assert dump(path) == dump(direct)


async def test_every_table_is_strict(path: Path) -> None:
    await open_and_close(path)
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    assert {name for name, strict in tables if not strict and not name.startswith("sqlite_")} == set()


async def test_opening_again_changes_nothing(path: Path) -> None:
    await open_and_close(path)
    before = dump(path)
    await open_and_close(path)
    assert dump(path) == before


async def test_a_newer_paperbot_adds_the_missing_steps_and_keeps_the_rows(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_database(path) as database, database.transaction() as connection:
        await connection.execute("INSERT INTO state (name, value) VALUES ('test', 'kept')")
    more_steps(monkeypatch, ADDITION, "UPDATE added SET x = x + 1;")
    for _ in range(2):
        async with open_database(path) as database:
            assert [row["x"] for row in await database.rows("SELECT x FROM added")] == [2]
            assert await database.rows("SELECT 1 FROM state WHERE value = 'kept'")
    assert dump(path)[-1] == f"({NEXT + 1},)"


async def test_a_step_that_fails_midway_leaves_the_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await open_and_close(path)
    before = dump(path)
    more_steps(monkeypatch, ADDITION + "DROP TABLE digest_posts;\nINSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(StoreError, match=r"store\.db failed: no such table: nowhere"):
        await open_and_close(path)
    assert dump(path) == before


async def test_steps_before_the_one_that_fails_stay_and_it_can_be_mended(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more_steps(monkeypatch, ADDITION, "UPDATE added SET x = 2;\nUPDATE added SET y = 3;")
    with pytest.raises(StoreError, match="no such column: y"):
        await open_and_close(path)
    more_steps(monkeypatch, ADDITION, "UPDATE added SET x = x + 10;")
    async with open_database(path) as database:
        assert [row["x"] for row in await database.rows("SELECT x FROM added")] == [11]


def test_a_script_is_split_at_the_ends_of_statements_only() -> None:
    script = """
-- a comment; with a semicolon
CREATE TABLE a (x TEXT DEFAULT ';');   -- after
CREATE TRIGGER t AFTER INSERT ON a BEGIN
    DELETE FROM a WHERE x = 'b;';
    DELETE FROM a WHERE x = 'c';
END;
"""
    found = list(statements(script))
    assert [re.findall("CREATE [A-Z]+", statement) for statement in found] == [["CREATE TABLE"], ["CREATE TRIGGER"]]


def test_a_last_statement_without_a_semicolon_is_not_lost() -> None:
    assert list(statements("SELECT 1;\nSELECT 2")) == ["SELECT 1;\n", "SELECT 2"]
    assert list(statements("SELECT 1;\n\n")) == ["SELECT 1;\n"]
