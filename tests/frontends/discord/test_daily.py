"""The daily summary in a simulated Discord, whose clock the bot goes by."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.app import open_app
from bot.frontends.discord.client import PaperbotClient
from bot.models import Paper
from bot.sources.files import read_sample
from tests.apps import make_settings
from tests.digests.examples import make_definition

BEFORE = datetime(2025, 12, 31, 20, tzinfo=UTC)  # the simulation begins at midnight after this
LOOK = 25  # seconds; the bot looks whether a digest is due somewhat more often


def paper(title: str) -> Paper:
    return Paper(title=title, abstract=f"{title} is a made-up method.", origin="test")


class World:
    """A guild that outlives the bot's processes; `run` is one of these. Its clock can jump ahead of the simulation."""

    def __init__(self, folder: Path, env: simcord.Env, *, locale: str) -> None:
        self._folder = folder
        self._env = env
        self._ahead = timedelta()
        self.guild = env.create_guild(preferred_locale=locale)
        self.channels = [self.guild.create_text_channel("papers"), self.guild.create_text_channel("news")]

    def now(self) -> datetime:
        return self._env.now() + self._ahead

    @asynccontextmanager
    async def run(self, *, channels: int = 1, **digest: Any) -> AsyncIterator[None]:
        """Run the bot until the body ends."""
        ids = ",".join(str(channel.id) for channel in self.channels[:channels])
        settings = make_settings(self._folder, digest={"channel_ids": ids, "time": "00:30", **digest})
        async with open_app(settings, clock=self.now) as app:
            await self._env.restart_bot(PaperbotClient(app=app))
            yield
            await self._env.restart_bot(discord.Client(intents=discord.Intents.none()))

    async def add(self, *papers: Paper, at: datetime | None = None) -> None:
        """Store papers, as another process would."""
        async with open_app(make_settings(self._folder)) as app:
            await app.papers.upsert(papers, now=(at or self.now()).timestamp())

    async def set_up(self, **changes: Any) -> None:
        """Set a digest of the guild up."""
        async with open_app(make_settings(self._folder)) as app:
            facts = {"guild": str(self.guild.id), "channel": self.channels[0].id, "at": time(0, 30), **changes}
            await app.digest_store.add(make_definition(**facts), limit=25)

    async def pass_time(self, **span: float) -> None:
        """Let the clock jump, and let a bot that runs look at it."""
        self._ahead += timedelta(**span)
        await self._env.advance_time(LOOK)

    def refuse_messages(self, times: int, *, status: int = 403, code: int = 50013) -> None:
        self._env.inject_error("POST", "/channels/*/messages", status=status, code=code, times=times)

    def digests(self, channel: int = 0) -> list[discord.Message]:
        return self.channels[channel].history()


@asynccontextmanager
async def world(folder: Path, *papers: Paper, locale: str = "en-US") -> AsyncIterator[World]:
    """Make a world whose store holds papers from before the simulation's first midnight."""
    async with simcord.run(discord.Client(intents=discord.Intents.none())) as env:
        there = World(folder, env, locale=locale)
        await there.add(*papers, at=BEFORE)
        yield there


def text(message: discord.Message) -> str:
    return "\n".join(f"{embed.title}\n{embed.description}\n{embed.footer.text}" for embed in message.embeds)


async def test_the_summary_is_posted_at_its_time_and_not_before(tmp_path: Path) -> None:
    async with world(tmp_path, *read_sample()) as there, there.run():
        await there.pass_time(minutes=29)
        assert there.digests() == []
        await there.pass_time(minutes=2)
        (message,) = there.digests()
    assert text(message).startswith("New papers · Thursday, 1 Jan 2026\n1\\. **Meta-Learning an In-Context")
    assert "10 of 52 new papers, most upvotes first" in text(message)


async def test_it_is_posted_once_a_day_and_tells_only_of_new_papers(tmp_path: Path) -> None:
    async with world(tmp_path, paper("Alpha")) as there, there.run():
        await there.pass_time(hours=5)
        await there.add(paper("Beta"))
        await there.pass_time(hours=24)
        first, second = there.digests()
    assert "Alpha" in text(first)
    assert "Beta" in text(second)
    assert "Alpha" not in text(second)


async def test_a_restart_does_not_post_again(tmp_path: Path) -> None:
    async with world(tmp_path, paper("Alpha")) as there:
        for _ in range(3):
            async with there.run():
                await there.pass_time(hours=1)
        assert len(there.digests()) == 1


async def test_each_channel_gets_it_once(tmp_path: Path) -> None:
    async with world(tmp_path, paper("Alpha")) as there, there.run(channels=2):
        await there.pass_time(hours=3)
        assert [len(there.digests(0)), len(there.digests(1))] == [1, 1]


async def test_after_downtime_over_the_slot_it_is_caught_up_once(tmp_path: Path) -> None:
    async with world(tmp_path, paper("Alpha")) as there:
        await there.pass_time(hours=6)
        async with there.run():
            await there.pass_time(hours=1)
            assert len(there.digests()) == 1


async def test_after_too_long_a_downtime_the_next_day_tells_of_the_papers(tmp_path: Path) -> None:
    async with world(tmp_path, paper("Alpha")) as there:
        await there.pass_time(hours=20)
        async with there.run():
            await there.pass_time(hours=1)
            assert there.digests() == []
            await there.pass_time(hours=4)
            (message,) = there.digests()
    assert "2 Jan 2026" in text(message)
    assert "Alpha" in text(message)


async def test_a_day_without_papers_says_so(tmp_path: Path) -> None:
    async with world(tmp_path, paper("Alpha")) as there, there.run():
        await there.pass_time(hours=1)
        await there.pass_time(hours=24)
        _, empty = there.digests()
    assert "No papers have arrived since the last digest." in text(empty)


async def test_the_time_zone_counts(tmp_path: Path) -> None:
    async with world(tmp_path, paper("Alpha")) as there, there.run(time="03:00", time_zone="Europe/Berlin"):
        await there.pass_time(hours=1, minutes=59)
        assert there.digests() == []
        await there.pass_time(minutes=2)
        assert len(there.digests()) == 1


async def test_failures_of_discord_are_tried_again_until_it_is_posted_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with world(tmp_path, paper("Alpha")) as there, there.run():
        there.refuse_messages(times=3)
        for _ in range(3):
            await there.pass_time(hours=1)
            assert there.digests() == []
        await there.pass_time(hours=1)
        assert len(there.digests()) == 1
    assert "is paused. I need Send Messages, Embed Links in that channel to post." in caplog.text


async def test_a_deleted_channel_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with world(tmp_path, paper("Alpha")) as there, there.run():
        there.refuse_messages(times=1, status=404, code=10003)
        await there.pass_time(hours=1)
    assert "is paused. The channel no longer exists. Choose another with /digest edit." in caplog.text


async def test_each_post_has_one_thread_and_late_papers_edit_it(tmp_path: Path) -> None:
    async with world(tmp_path, paper("Alpha")) as there:
        await there.set_up(thread=True)
        async with there.run(channels=0):
            await there.pass_time(hours=1)
            await there.add(replace(paper("Beta"), listed=date(2026, 1, 1)))
            await there.pass_time(hours=1)
            await there.pass_time(hours=1)
            (message,) = [one for one in there.digests() if one.embeds]
            assert message.thread is not None
            assert message.thread.name == "Morning · 2026-01-01"
    assert "1\\. **Alpha" in text(message)
    assert "2\\. **Beta" in text(message)
    assert "Added at 02:" in text(message)
    assert text(message).endswith("paperbot digest 2026-01-01 #1")
