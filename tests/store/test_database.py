import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors.operation import StoreError, StoreForeign, StoreTooNew, StoreUnwritable
from bot.store.database import APPLICATION_ID, MEMORY, Database, migrations, open_database

NEWEST = migrations()[-1][0]


async def refusal(path: Path, kind: type[StoreError]) -> str:
    """Return the sentence with which opening the store is refused."""
    with pytest.raises(kind) as caught:
        async with open_database(path):
            pass
    assert type(caught.value) is kind
    assert caught.value.exit_code == 74
    return str(caught.value)


def asked_directly(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Return what SQLite itself says about the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def files_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def noted(database: Database) -> list[str]:
    """Return the names in the state table that tests wrote."""
    return [row["name"] for row in await database.rows("SELECT name FROM state WHERE name LIKE 'test%' ORDER BY name")]


async def note(database: Database, name: str) -> None:
    async with database.transaction() as connection:
        await connection.execute("INSERT INTO state (name, value) VALUES (?, '')", (name,))


async def two_rows(database: Database, *names: str) -> None:
    async with database.transaction() as connection:
        for name in names:
            await connection.execute("INSERT INTO state (name, value) VALUES (?, '')", (name,))


async def test_a_store_is_made_where_there_is_none(path: Path) -> None:
    async with open_database(path) as database:
        assert await noted(database) == []
    assert asked_directly(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert asked_directly(path, "PRAGMA user_version") == [(NEWEST,)]
    assert asked_directly(path, "PRAGMA journal_mode") == [("wal",)]


async def test_a_store_of_an_empty_file_is_made(path: Path) -> None:
    write(path, b"")
    async with open_database(path) as database:
        await note(database, "test")


async def test_what_was_written_is_there_after_closing(path: Path) -> None:
    async with open_database(path) as database:
        await note(database, "test")
    async with open_database(path) as database:
        assert await noted(database) == ["test"]
    assert files_in(path.parent) == ["store.db"]


async def test_a_commit_outlives_a_power_cut(database: Database) -> None:
    row = await database.row("PRAGMA synchronous")
    assert row
    assert row[0] == 2  # FULL


async def test_a_store_in_memory_leaves_no_file(tmp_path: Path) -> None:
    async with open_database(MEMORY) as database:
        await note(database, "test")
        assert await noted(database) == ["test"]
    assert files_in(tmp_path) == []


async def test_rows_are_found_by_column_name_and_none_is_none(database: Database) -> None:
    row = await database.row("SELECT 1 AS one, ? AS two", ["b"])
    assert row
    assert (row["one"], row["two"]) == (1, "b")
    assert await database.row("SELECT 1 WHERE 0") is None


async def test_a_store_opened_twice_serves_both(path: Path) -> None:
    async with open_database(path) as first, open_database(path) as second:
        await note(first, "test 1")
        await note(second, "test 2")
        assert await noted(first) == await noted(second) == ["test 1", "test 2"]


async def test_a_reader_is_not_kept_waiting_by_another_connections_transaction(path: Path) -> None:
    async with open_database(path) as writer, open_database(path) as reader:
        async with writer.transaction() as connection:
            await connection.execute("INSERT INTO state (name, value) VALUES ('test', '')")
            assert await noted(reader) == []
        assert await noted(reader) == ["test"]


async def test_a_transaction_whose_body_fails_leaves_nothing(database: Database) -> None:
    async def failing() -> None:
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO state (name, value) VALUES ('test', '')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    assert await noted(database) == []
    await note(database, "test after")
    assert await noted(database) == ["test after"]


async def test_a_statement_that_fails_is_told_in_a_users_words_and_undone(database: Database) -> None:
    with pytest.raises(StoreError, match=r"store\.db failed: UNIQUE constraint failed: state\.name"):
        await two_rows(database, "test", "test")
    assert await noted(database) == []
    with pytest.raises(StoreError, match="no such table"):
        await database.rows("SELECT * FROM nowhere")


async def test_a_cancelled_transaction_is_rolled_back(database: Database) -> None:
    started = asyncio.Event()

    async def writing() -> None:
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO state (name, value) VALUES ('test', '')")
            started.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(writing())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await noted(database) == []
    await note(database, "test after")
    assert await noted(database) == ["test after"]


async def test_transactions_cancelled_at_any_moment_leave_all_or_nothing(path: Path) -> None:
    async with open_database(path) as database:
        for steps in range(30):
            name = f"test {steps:02}"
            task = asyncio.create_task(two_rows(database, f"{name} a", f"{name} b"))
            for _ in range(steps):
                await asyncio.sleep(0)
            if steps % 3 == 0:
                await asyncio.sleep(0.001)
            task.cancel()
            await asyncio.wait([task])
            assert len([found for found in await noted(database) if found.startswith(name)]) in (0, 2)
    assert asked_directly(path, "PRAGMA integrity_check") == [("ok",)]


async def test_concurrent_transactions_take_turns(database: Database) -> None:
    await note(database, "test")

    async def add_one() -> None:
        async with database.transaction() as connection:
            cursor = await connection.execute("SELECT value FROM state WHERE name = 'test'")
            row = await cursor.fetchone()
            assert row
            await asyncio.sleep(0)
            await connection.execute("UPDATE state SET value = ? WHERE name = 'test'", (int(row[0] or 0) + 1,))

    await asyncio.gather(*(add_one() for _ in range(50)))
    row = await database.row("SELECT value FROM state WHERE name = 'test'")
    assert row
    assert row["value"] == "50"


async def test_a_reader_never_sees_half_of_this_connections_transaction(database: Database) -> None:
    seen: list[int] = []

    async def watch() -> None:
        while len(seen) < 20:
            seen.append(len(await noted(database)))
            await asyncio.sleep(0)

    watching = asyncio.create_task(watch())
    for number in range(10):
        async with database.transaction() as connection:
            for half in "ab":
                await connection.execute("INSERT INTO state (name, value) VALUES (?, '')", (f"test {number} {half}",))
                await asyncio.sleep(0)
    await watching
    assert all(count % 2 == 0 for count in seen)


async def test_a_store_of_a_newer_paperbot_is_refused_and_left_as_it_is(path: Path) -> None:
    async with open_database(path):
        pass
    asked_directly(path, f"PRAGMA user_version = {NEWEST + 7}")
    before = content_of(path)
    sentence = await refusal(path, StoreTooNew)
    assert f"schema {NEWEST + 7}; this one supports {NEWEST}" in sentence
    assert content_of(path) == before


@pytest.mark.parametrize(
    "setup", ["CREATE TABLE notes (text)", "PRAGMA application_id = 7", "CREATE VIEW v AS SELECT 1"]
)
async def test_another_programs_sqlite_file_is_refused_and_left_as_it_is(path: Path, setup: str) -> None:
    asked_directly(path, setup)
    before = content_of(path)
    assert await refusal(path, StoreForeign) == (
        f"{path} isn't a paperbot store. Set STORE_PATH to another file; this file wasn't changed."
    )
    assert content_of(path) == before
    assert files_in(path.parent) == ["store.db"]


@pytest.mark.parametrize(
    "content", [b"These are my notes.\n" * 100, b"\x00" * 2000, b"short", b"SQLite format 3\x00" * 99]
)
async def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    write(path, content)
    await refusal(path, StoreForeign)
    assert content_of(path) == content


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    sentence = await refusal(tmp_path / "missing" / "store.db", StoreUnwritable)
    assert "missing/store.db can't be opened for writing" in sentence
    assert "STORE_PATH" in sentence
    assert not (tmp_path / "missing").exists()


async def test_a_path_below_a_regular_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    assert "can't be opened for writing" in await refusal(tmp_path / "file" / "store.db", StoreUnwritable)


async def test_a_folder_in_the_stores_place_is_told(path: Path) -> None:
    assert "can't be opened for writing" in await refusal(path.parent, StoreUnwritable)


async def test_a_store_that_cannot_be_opened_leaves_no_thread_behind(tmp_path: Path) -> None:
    before = threading.active_count()
    await refusal(tmp_path / "missing" / "store.db", StoreUnwritable)
    assert threading.active_count() == before


async def test_a_store_that_another_process_does_not_let_go_of_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database._BUSY_TIMEOUT_S", 0.05)
    async with open_database(path) as database:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert await noted(database) == []
            with pytest.raises(StoreError, match=r"store\.db failed: database is locked"):
                await note(database, "test")
        await note(database, "test")
        assert await noted(database) == ["test"]


async def test_a_damaged_store_is_told(path: Path) -> None:
    async with open_database(path) as database:
        await note(database, "test")
    content = content_of(path)
    write(path, content[:100] + b"\xff" * (len(content) - 100))
    sentence = await refusal(path, StoreError)
    assert "failed: database disk image is malformed" in sentence
