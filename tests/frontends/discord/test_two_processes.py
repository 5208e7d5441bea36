"""Two `paperbot run` on one store: one posts the digests, the other takes over."""

import asyncio
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.apps import sample_app
from tests.fakes.discord_server import FakeDiscord
from tests.frontends.discord.doomed import ended, start
from tests.frontends.discord.test_killed_processes import World, all_settled, papers, until

pytestmark = pytest.mark.slow


async def test_the_second_takes_over_from_a_killed_one_and_nothing_is_posted_twice(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, sample_app(tmp_path, papers=[]) as app:
        discord.nonce_window = 0
        world = World(tmp_path, discord)
        await app.papers.upsert(papers("Early", day=world.day), now=datetime.now(UTC).timestamp() - 3600)
        first = start(world.groups)
        await discord.ready()
        keys = [await world.add_digest(app, "one")]
        await until(lambda: bool(world.posts(keys[0])))
        second = start(world.groups)
        await until(lambda: discord.connections == 2)
        keys.append(await world.add_digest(app, "two"))
        await until(lambda: bool(world.posts(keys[1])))
        first.kill()
        assert await ended(first) == -signal.SIGKILL
        world.free_lease()
        keys.append(await world.add_digest(app, "three"))
        await until(lambda: bool(world.posts(keys[2])))
        second.terminate()
        assert await ended(second) == 0
        assert [len(world.posts(key)) for key in keys] == [1, 1, 1]


async def test_a_process_that_slept_while_another_took_over_posts_nothing(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, sample_app(tmp_path, papers=[]) as app:
        discord.nonce_window = 0
        world = World(tmp_path, discord)
        await app.papers.upsert(papers("Early", day=world.day), now=datetime.now(UTC).timestamp() - 3600)
        first = start(world.groups)
        await discord.ready()
        keys = [await world.add_digest(app, "one")]
        # Not while it writes: the store would be locked for as long as it sleeps.
        await until(lambda: all_settled(tmp_path))
        assert first.pid
        os.kill(first.pid, signal.SIGSTOP)
        try:
            world.free_lease()
            second = start(world.groups)
            keys.append(await world.add_digest(app, "two"))
            await until(lambda: bool(world.posts(keys[1])))
        finally:
            os.kill(first.pid, signal.SIGCONT)
        keys.append(await world.add_digest(app, "three"))
        await until(lambda: bool(world.posts(keys[2])))
        # Some more looks of both.
        await asyncio.sleep(0.5)
        for process in (first, second):
            process.terminate()
            assert await ended(process) == 0
        assert [len(world.posts(key)) for key in keys] == [1, 1, 1]
