"""Telling what is followed: looks often, and tells members whose direct messages are closed at their next command."""

import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.app import App
from bot.errors import PaperbotError
from bot.follows.follow import private
from bot.follows.notifications import NotificationDelivery
from bot.frontends.discord.follows.follow_list import pause_text
from bot.frontends.discord.follows.outlet import DiscordFollowOutlet
from bot.frontends.discord.shared.interactions import locale_for
from bot.i18n.translation import use_locale

log = logging.getLogger(__name__)

LOOK_S = 20.0


class FollowsJobCog(commands.Cog):
    """Collects and delivers, whatever fails."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app
        self._delivery = NotificationDelivery(
            notices=app.notifications,
            follows=app.follow_store,
            papers=app.papers,
            outlet=DiscordFollowOutlet(client=client, app=app),
            clock=app.clock,
            may_send=lambda: app.digest_lease.held,
        )
        self._untold: set[str] = set()

    async def cog_load(self) -> None:
        """Start looking."""
        self._look.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self._look.cancel()

    @tasks.loop(seconds=LOOK_S)
    async def _look(self) -> None:
        try:
            await self._app.follow_collector.collect()
            await self._delivery.deliver()
            self._untold = set(await self._app.follows.untold())
        except PaperbotError as error:
            log.warning("what is followed was not told: %s", error)
        except Exception:
            log.exception("what is followed was not told")

    @_look.before_loop
    async def _connected(self) -> None:
        await self._client.wait_until_ready()

    @commands.Cog.listener()
    async def on_app_command_completion(
        self, interaction: discord.Interaction[Any], _: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu
    ) -> None:
        """Tell a member, once, that they can't be written to."""
        destination = private(str(interaction.user.id))
        if destination not in self._untold:
            return
        self._untold.discard(destination)
        pause = await self._app.follows.pause_of(destination)
        if pause is None or pause.told:
            return
        with use_locale(await locale_for(interaction, private=True)):
            text = pause_text(pause)
        try:
            await interaction.followup.send(text, ephemeral=True)
        except discord.HTTPException as error:
            log.warning("a member could not be told that their notices are paused: %s", error)
        else:
            await self._app.follows.told(destination)
