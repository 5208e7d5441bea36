"""A digest whose place is taken away: it is paused, /digest list says why, and it goes on once that is mended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import App
from bot.digests.scheduler import DigestScheduler
from bot.frontends.discord.client import configure_library
from bot.frontends.discord.digests.outlet import DiscordDigestOutlet
from bot.jobs import digest_scheduler
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.digests.examples import make_definition
from tests.factories import make_papers
from tests.fakes.discord_server import FakeDiscord
from tests.frontends.discord.sockets import EagerClient, library_addresses

__all__ = ["library_addresses"]

pytestmark = pytest.mark.usefixtures("library_addresses")


@dataclass(frozen=True)
class Place:
    """A digest in the second channel of a server, a minute before its time."""

    discord: FakeDiscord
    app: App
    clock: FakeClock
    rounds: DigestScheduler

    async def pass_minutes(self, minutes: int) -> None:
        """Move the clock on, and let the bot look at it."""
        self.clock.move(minutes=minutes)
        await self.rounds.run_due()
        await self.rounds.finish()

    async def listed(self) -> str:
        """What /digest list says."""
        asked = await self.discord.slash("digest list")
        shown = await asked.settled(10, lambda message: bool(message["embeds"]))
        return str(shown["embeds"][0]["description"])

    def posts(self, channel: int) -> int:
        """How often the digest was posted in a channel."""
        return sum("paperbot digest" in str(message["embeds"]) for message in self.discord.messages(channel))


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    """Run the bot."""
    clock = FakeClock(datetime(2024, 1, 6, 7, 59, tzinfo=UTC))
    async with FakeDiscord() as discord:
        settings = {"token": discord.token, "api_url": discord.api_url, "gateway_url": discord.gateway_url}
        async with sample_app(folder, papers=make_papers("Alpha"), clock=clock, discord=settings) as app:
            channel, guild = discord.second_channel_id, str(discord.guild_id)
            definition = make_definition(channel=channel, guild=guild, created_at=clock().timestamp())
            await app.digest_store.add(definition, limit=9)
            configure_library(app.settings.discord)
            async with EagerClient(app=app) as client:
                running = asyncio.create_task(client.start(discord.token))
                try:
                    await discord.ready()
                    outlet = DiscordDigestOutlet(client=client, app=app)
                    yield Place(discord, app, clock, digest_scheduler(app, outlet))
                finally:
                    running.cancel()
                    with suppress(asyncio.CancelledError):
                        await running
        assert discord.unhandled == []


async def test_a_deleted_channel_until_another_one_is_chosen(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        await there.discord.delete_channel(there.discord.second_channel_id)
        await there.pass_minutes(2)
        assert "⚠ Paused: The channel no longer exists. Choose another with /digest edit." in await there.listed()
        (definition,) = await there.app.digest_store.all()
        await there.app.digest_store.change(replace(definition, channel=there.discord.channel_id))
        await there.pass_minutes(1)
        assert there.posts(there.discord.channel_id) == 1
        said = await there.listed()
        assert "Paused" not in said
        assert "Last posted on 6 Jan 2024" in said


async def test_a_permission_that_is_taken_until_it_is_given_back(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        channel = there.discord.second_channel_id
        there.discord.deny(channel)
        await there.pass_minutes(2)
        assert "⚠ Paused: I need Send Messages" in await there.listed()
        there.discord.give_back(channel)
        await there.pass_minutes(60)
        assert there.posts(channel) == 1
        assert "Paused" not in await there.listed()


async def test_a_bot_that_is_kicked_until_it_is_invited_again(tmp_path: Path) -> None:
    async with place(tmp_path) as there:
        channel = there.discord.second_channel_id
        await there.discord.kick()
        await there.pass_minutes(2)
        assert list(there.rounds.troubles()) == ["1"]
        await there.discord.invite_back()
        assert "⚠ Paused: I can't see the channel." in await there.listed()
        await there.pass_minutes(60)
        assert there.posts(channel) == 1
        assert "Paused" not in await there.listed()
