"""Two processes that spend from one budget."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from bot.store.database import open_database
from bot.store.usage import UsageStore
from tests.store.spender import DAY

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


async def start_spender(path: Path, *, count: int, limit: int) -> Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.spender", str(path), str(count), str(limit),
        cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    assert process.stdout
    assert await process.stdout.readline() == b"open\n"
    return process


async def granted(process: Process) -> int:
    said, errors = await process.communicate(b"go\n")
    assert process.returncode == 0, errors.decode()
    return int(said)


async def test_two_processes_at_once_spend_no_more_than_the_limit(path: Path) -> None:
    spenders = [await start_spender(path, count=25, limit=1050) for _ in range(2)]
    assert sum(await asyncio.gather(*map(granted, spenders))) == 10
    async with open_database(path) as database:
        assert (await UsageStore(database=database).spent(DAY)).day_tokens == 1000
