"""Real processes, killed at each step of posting a digest to a Discord over sockets."""

import asyncio
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.frontends.discord.digests.rendering import marker
from tests.apps import sample_app
from tests.digests.examples import free_lease, make_definition
from tests.factories import make_paper
from tests.fakes.discord_server import FakeDiscord
from tests.frontends.discord.doomed import Doom, Groups, ended, living, start

pytestmark = pytest.mark.slow

POSTING = [
    ("ledger", "open"),
    ("writer", "write"),
    ("ledger", "attempt"),
    ("outlet", "post"),
    ("ledger", "confirm"),
    ("outlet", "open_thread"),
    ("ledger", "note_thread"),
]
EDITING = [("ledger", "owe_edit"), ("outlet", "edit"), ("ledger", "confirm_edit")]

Json = dict[str, Any]


class World:
    """A store and a Discord that outlive the bot's processes."""

    def __init__(self, folder: Path, discord: FakeDiscord) -> None:
        self.folder = folder
        self.discord = discord
        slot = datetime.now(UTC) - timedelta(minutes=1)
        self.day: date = slot.date()
        self.at = slot.time().replace(second=0, microsecond=0)
        self.groups: Groups = {
            "discord": {"token": discord.token, "api_url": discord.api_url, "gateway_url": discord.gateway_url},
            "store": {"path": str(folder / "store.db")},
        }

    async def add_digest(self, app: App, name: str) -> str:
        """Set up a digest that is due; return its key."""
        definition = make_definition(name=name, channel=self.discord.channel_id, at=self.at, thread=True)
        added = await app.digest_store.add(definition, limit=99)
        assert added
        return added.key

    async def run_into(self, doom: Doom) -> None:
        """Run a process into its doom."""
        self.free_lease()
        code = await ended(start(self.groups, doom))
        assert code == -signal.SIGKILL, f"the process was to die {doom}; its exit code was {code}"

    def free_lease(self) -> None:
        free_lease(self.folder / "store.db")

    def posts(self, key: str) -> list[Json]:
        ending = marker(key, self.day)
        return [one for one in self.discord.messages() if one["embeds"][-1]["footer"]["text"].endswith(ending)]


def papers(*titles: str, day: date) -> list[Any]:
    return [make_paper(title=title, arxiv_id=None, listed=day) for title in titles]


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def all_settled(folder: Path) -> bool:
    with closing(sqlite3.connect(folder / "store.db")) as connection:
        (count,) = connection.execute(
            "SELECT count(*) FROM digests LEFT JOIN digest_posts ON digest = id"
            " WHERE state IS NOT 'posted' OR digest_posts.thread IS NULL OR content_hash = ''"
        ).fetchone()
    return bool(count == 0)


async def test_processes_killed_at_each_step_leave_one_post_one_thread_and_the_right_ledger(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, sample_app(tmp_path, papers=[]) as app:
        discord.nonce_window = 0  # as when each restart comes much later
        discord.limit_edits(1_000, 1.0)  # else a channel of 15 digests gets its edits at 5 in 5 s
        world = World(tmp_path, discord)
        await app.papers.upsert(papers("Early", day=world.day), now=datetime.now(UTC).timestamp() - 3600)
        keys = []
        for part, method in POSTING:
            for after in (False, True):
                doom = Doom(part, method, after, await world.add_digest(app, f"{part} {method} {after}"))
                keys.append(doom.digest)
                await world.run_into(doom)
        keys.append(await _killed_while_the_answer_is_under_way(world, app))
        world.free_lease()
        async with living(world.groups):
            await until(lambda: all_settled(tmp_path))

        late = []
        for number, (part, method, after) in enumerate((*step, after) for step in EDITING for after in (False, True)):
            late.append(f"Late {number}")
            await app.papers.upsert(papers(late[-1], day=world.day), now=datetime.now(UTC).timestamp())
            await world.run_into(Doom(part, method, after, keys[number]))
        world.free_lease()
        async with living(world.groups):
            await until(lambda: all_settled(tmp_path) and all(_told(world, key) == ["Early", *late] for key in keys))

        assert discord.unhandled == []
        assert len(discord.messages()) == len(keys) == 2 * len(POSTING) + 1
        for key in keys:
            (post,) = world.posts(key)
            (entry,) = await app.digest_ledger.latest(key, limit=9)
            assert (entry.state, entry.message, entry.thread) == ("posted", int(post["id"]), int(post["thread"]["id"]))


async def _killed_while_the_answer_is_under_way(world: World, app: App) -> str:
    """Kill a process that has sent its post and hears nothing of it; return the digest's key."""
    key = await world.add_digest(app, "in flight")
    world.free_lease()
    path = rf"/channels/{world.discord.channel_id}/messages$"
    world.discord.fail_next("POST", path, 503, times=1, carried_out=True)
    process = start(world.groups)
    await until(lambda: bool(world.posts(key)))
    process.kill()
    assert await ended(process) == -signal.SIGKILL
    return key


def _told(world: World, key: str) -> list[str]:
    """Return the titles in a digest's post."""
    text = "\n".join(embed["description"] for post in world.posts(key) for embed in post["embeds"])
    return [line.split("**")[1] for line in text.splitlines() if "\\. " in line[:5]]
