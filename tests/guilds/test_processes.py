"""Two processes that let members ask by the rules in one store."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from tests.apps import sample_app

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


async def start_visitor(folder: Path, count: int) -> Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.guilds.callers", str(folder), str(count),
        cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    assert process.stdout
    assert await process.stdout.readline() == b"open\n"
    return process


async def answered(process: Process) -> int:
    said, errors = await process.communicate(b"go\n")
    assert process.returncode == 0, errors.decode()
    return int(said)


async def test_two_processes_at_once_give_no_more_answers_than_the_guild_has(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        await app.guild_settings.change("1", guild_answers=10)
        visitors = [await start_visitor(tmp_path, 25) for _ in range(2)]
        assert sum(await asyncio.gather(*map(answered, visitors))) == 10
