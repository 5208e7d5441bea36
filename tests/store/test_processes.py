"""Several processes on one store, as when papers are imported while the bot runs."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from bot.models import Paper
from bot.store.database import open_database
from bot.store.papers import SqlitePaperStore

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


async def start_writer(path: Path, name: str, count: int) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.writer", str(path), name, str(count),
        cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip


async def finish(process: Process) -> None:
    _, errors = await process.communicate(b"go\n")
    assert process.returncode == 0, errors.decode()


async def test_processes_that_make_the_same_store_at_once_all_get_it(path: Path) -> None:
    await asyncio.gather(
        *[finish(writer) for writer in [await start_writer(path, f"paper {number}", 2) for number in range(6)]]
    )
    async with open_database(path) as database:
        papers = SqlitePaperStore(database=database)
        assert len(await papers.all()) == 12
        assert await papers.revision() == 12


async def test_a_second_process_writes_at_the_same_time_and_nothing_is_lost(path: Path) -> None:
    async with open_database(path) as database:
        papers = SqlitePaperStore(database=database)
        writer = await start_writer(path, "theirs", 100)
        assert writer.stdout
        assert await writer.stdout.readline() == b"open\n"
        theirs = asyncio.create_task(finish(writer))
        for number in range(100):
            await papers.upsert([Paper(title=f"ours {number}", abstract="Text.", origin="test")], now=float(number))
        await theirs
        titles = {paper.title for paper in await papers.all()}
        assert titles == {f"{who} {number}" for who in ("ours", "theirs") for number in range(100)}
        assert await papers.revision() == 200


async def test_a_second_process_waits_for_a_long_transaction(path: Path) -> None:
    async with open_database(path) as database:
        papers = SqlitePaperStore(database=database)
        writer = await start_writer(path, "theirs", 1)
        assert writer.stdout
        assert await writer.stdout.readline() == b"open\n"
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO state (name, value) VALUES ('test', '')")
            theirs = asyncio.create_task(finish(writer))
            await asyncio.sleep(0.5)
            assert not theirs.done()
        await theirs
        assert [paper.title for paper in await papers.all()] == ["theirs 0"]


async def test_what_was_committed_outlives_a_kill_and_what_was_not_is_gone(path: Path) -> None:
    writer = await start_writer(path, "killed", 100_000)
    assert writer.stdin
    assert writer.stdout
    writer.stdin.write(b"go\n")
    said = [await writer.stdout.readline() for _ in range(21)]
    writer.kill()
    rest, _ = await writer.communicate()
    told = (b"".join(said) + rest).count(b"stored\n")
    async with open_database(path) as database:
        papers = SqlitePaperStore(database=database)
        titles = [paper.title for paper in await papers.all()]
        assert titles == [f"killed {number}" for number in range(len(titles))]
        assert len(titles) == await papers.revision() >= told >= 20
        row = await database.row("PRAGMA integrity_check")
        assert row
        assert row[0] == "ok"
