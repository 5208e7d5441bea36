"""/follow and /following: notifications of new papers, and of updates to one."""

import logging
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.errors.operation import StoreError
from bot.follows.follow import LABEL_LIMIT, FollowKind, Pace, Wish, private
from bot.frontends.discord.follows.follow_list import (
    destination_of,
    following_message,
    pause_text,
)
from bot.frontends.discord.shared import autocomplete
from bot.frontends.discord.shared.following import follow_now
from bot.frontends.discord.shared.interactions import AppClient, locale_for
from bot.i18n.translation import use_locale

log = logging.getLogger(__name__)

_When = Literal["as it happens", "daily"]
_Hour = app_commands.Range[int, 0, 23]
_Channel = discord.TextChannel | discord.Thread
_Named = app_commands.Range[str, 1, LABEL_LIMIT]

_OPTIONS = {
    "when": "As it happens, or once a day",
    "hour": "Hour for daily messages, 0 to 23; default: the time of the daily summary",
    "channel": "Post there instead of messaging you; requires Manage Channels",
}


class FollowCog(commands.Cog):
    """Follows: everybody's own in private, a channel's by those who manage it."""

    follow = app_commands.Group(name="follow", description="Get notified about new papers, or about updates to one.")

    def __init__(self, *, app: App) -> None:
        self._app = app
        self._being_told: set[str] = set()

    @follow.command(description="Get notified about new papers on a topic.")
    @app_commands.describe(topic="A few specific words, such as spiking transformers", **_OPTIONS)
    @app_commands.autocomplete(topic=autocomplete.suggest_topics)
    async def topic(
        self,
        interaction: discord.Interaction,
        topic: _Named,
        when: _When = "as it happens",
        hour: _Hour | None = None,
        channel: _Channel | None = None,
    ) -> None:
        """Follow new papers on a topic."""
        await self._follow(interaction, FollowKind.TOPIC, topic, when, hour, channel)

    @follow.command(description="Get notified about an author's new papers.")
    @app_commands.describe(author="Full name, or an initial and the last name", **_OPTIONS)
    @app_commands.autocomplete(author=autocomplete.suggest_authors)
    async def author(
        self,
        interaction: discord.Interaction,
        author: _Named,
        when: _When = "as it happens",
        hour: _Hour | None = None,
        channel: _Channel | None = None,
    ) -> None:
        """Follow an author's new papers."""
        await self._follow(interaction, FollowKind.AUTHOR, author, when, hour, channel)

    @follow.command(description="Get notified about an organisation's new papers.")
    @app_commands.describe(organisation="Name, such as Google DeepMind", **_OPTIONS)
    @app_commands.autocomplete(organisation=autocomplete.suggest_organisations)
    async def organisation(
        self,
        interaction: discord.Interaction,
        organisation: _Named,
        when: _When = "as it happens",
        hour: _Hour | None = None,
        channel: _Channel | None = None,
    ) -> None:
        """Follow an organisation's new papers."""
        await self._follow(interaction, FollowKind.ORGANISATION, organisation, when, hour, channel)

    @follow.command(description="Get notified about a paper's new versions, withdrawal and code.")
    @app_commands.describe(paper="arXiv id, link or title", **_OPTIONS)
    @app_commands.autocomplete(paper=autocomplete.suggest_papers)
    async def paper(
        self,
        interaction: discord.Interaction,
        paper: str,
        when: _When = "as it happens",
        hour: _Hour | None = None,
        channel: _Channel | None = None,
    ) -> None:
        """Follow what happens to a paper. Raises PaperUnknown."""
        await self._follow(interaction, FollowKind.PAPER, paper, when, hour, channel)

    @app_commands.command(description="List what you follow or what a channel follows, and unfollow.")
    @app_commands.describe(channel="Show what this channel follows instead; requires Manage Channels")
    async def following(self, interaction: discord.Interaction, channel: _Channel | None = None) -> None:
        """Show the list to the user alone. Raises as destination_of does."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        destination = destination_of(interaction, channel)
        embed, view = await following_message(destination, app=self._app)
        await self._app.follows.mark_notified(destination)
        await interaction.followup.send(embed=embed, view=view or discord.utils.MISSING, ephemeral=True)

    async def _follow(
        self,
        interaction: discord.Interaction,
        kind: FollowKind,
        text: str,
        when: _When,
        hour: int | None,
        channel: _Channel | None,
    ) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        destination = destination_of(interaction, channel, posting=True)
        pace = Pace.DAILY if when == "daily" or hour is not None else Pace.SOON
        wish = Wish(destination=destination, pace=pace, hour=hour)
        followed = await self._app.named_papers.of_text(text) if kind is FollowKind.PAPER else text
        reply = await follow_now(kind, followed, wish, app=self._app)
        await interaction.followup.send(reply, ephemeral=True)

    @commands.Cog.listener()
    async def on_app_command_completion(
        self, interaction: discord.Interaction[Any], _: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu
    ) -> None:
        """Tell a member, once and after their next command, that their direct messages are closed to the bot."""
        destination = private(str(interaction.user.id))
        if destination in self._being_told:
            return
        self._being_told.add(destination)
        try:
            pause = await self._app.follows.pause_of(destination)
            if pause is None or pause.told:
                return
            with use_locale(await locale_for(interaction, private=True)):
                await interaction.followup.send(pause_text(pause), ephemeral=True)
            await self._app.follows.mark_notified(destination)
        except (discord.HTTPException, StoreError) as error:
            log.warning("couldn't tell a member that their updates are paused: %s", error)
        finally:
            self._being_told.discard(destination)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(FollowCog(app=client.app))
