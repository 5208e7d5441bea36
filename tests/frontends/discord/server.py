"""A simulated Discord with the real client in it, a channel, and two members."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import discord
import simcord
from discord.ext import tasks
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle

from bot.app import App
from bot.frontends.discord.client import PaperbotClient
from bot.frontends.discord.digests.outlet import DiscordDigestOutlet
from bot.frontends.discord.follows.outlet import DiscordFollowOutlet
from bot.jobs import INTERVAL_S, delivery_jobs
from tests.apps import sample_app


class BotWithJobs(PaperbotClient):
    """The client with the jobs that send. They wait as loops of discord.py, which go by the simulation's clock."""

    async def setup_hook(self) -> None:
        """Start the jobs as well."""
        await super().setup_hook()
        _, jobs = delivery_jobs(
            self.app,
            digests=DiscordDigestOutlet(client=self, app=self.app),
            follows=DiscordFollowOutlet(client=self, app=self.app),
            ready=self.wait_until_ready,
        )
        self.loops = [tasks.loop(seconds=INTERVAL_S)(job.run_once) for job in jobs]
        for loop in self.loops:
            loop.start()


@dataclass(frozen=True)
class Server:
    """One guild with the bot in it."""

    app: App
    env: simcord.Env
    bot: PaperbotClient
    guild: GuildHandle
    channel: ChannelHandle
    ada: MemberActor
    bob: MemberActor

    @property
    def mention(self) -> str:
        """What a member types to address the bot."""
        assert self.bot.user is not None
        return self.bot.user.mention

    def another_bot(self) -> PaperbotClient:
        """Return a client that knows nothing of the running one, as after a restart: give it to env.restart_bot."""
        return BotWithJobs(app=self.app)

    @property
    def last(self) -> discord.Message:
        """The newest message of the channel."""
        assert self.channel.last_message is not None
        return self.channel.last_message


@asynccontextmanager
async def running(app: App, *, check_errors: bool = True, settle_s: float = 5.0) -> AsyncIterator[Server]:
    """Run the bot in a server. `check_errors` fails the test for errors that members are told about, too.

    `settle_s` is how long the bot may work on what a member does; a process of its own takes longer on a busy machine.
    """
    bot = BotWithJobs(app=app)
    async with simcord.run(bot, check_errors=check_errors, settle_timeout=settle_s) as env:
        guild = env.create_guild()
        yield Server(
            app=app,
            env=env,
            bot=bot,
            guild=guild,
            channel=guild.create_text_channel("papers"),
            ada=guild.add_member(env.create_user("ada")),
            bob=guild.add_member(env.create_user("bob")),
        )


async def channel_id(folder: Path) -> int:
    """Return the id of the server's channel, which the simulation gives each time: for settings that name it."""
    elsewhere = folder / "before"  # a store of its own: this one's knows which commands a Discord has
    elsewhere.mkdir()
    async with sample_app(elsewhere, papers=[]) as app, running(app) as server:
        return server.channel.id
