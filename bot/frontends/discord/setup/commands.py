"""/setup and /settings: the rules of a server, for its admins."""

import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.errors.operation import StoreError
from bot.frontends.discord.setup.rendering import LIMITS_FORM, read_changed_rules
from bot.frontends.discord.setup.view import show_settings, show_setup
from bot.frontends.discord.shared.components import form_id
from bot.frontends.discord.shared.errors import report_error
from bot.frontends.discord.shared.interactions import AppClient, guild_of_admin, locale_for
from bot.i18n.translation import set_locale

log = logging.getLogger(__name__)


class SetupCog(commands.Cog):
    """Commands for the rules of a server, which Discord shows to those with Manage Server alone."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app

    async def cog_load(self) -> None:
        """Delete the counts of days that are over. Raises StoreError."""
        await self._app.access.prune()

    @app_commands.command(
        description="Choose who may ask and where, the languages and the limits, and check that everything works."
    )
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def setup(self, interaction: discord.Interaction) -> None:
        """Show the panel to the user alone. Raises as guild_of_admin does."""
        guild_of_admin(interaction)
        await interaction.response.defer(thinking=True, ephemeral=True)
        await show_setup(interaction)

    @app_commands.command(description="Show every setting of this server, and where it comes from.")
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: discord.Interaction) -> None:
        """Show them to the user alone. Raises as guild_of_admin does."""
        guild_of_admin(interaction)
        await interaction.response.defer(thinking=True, ephemeral=True)
        await show_settings(interaction)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Keep the limits that an admin submits with the form, and show them in its message."""
        if not form_id(interaction).startswith(LIMITS_FORM):
            return
        set_locale(await locale_for(interaction, private=True))
        try:
            guild = guild_of_admin(interaction)
            values = read_changed_rules(interaction, self._app.guild_settings.operator)
            await interaction.response.defer()
            await self._app.guild_settings.change(guild, **values)
            await show_setup(interaction)
        except Exception as error:  # noqa: BLE001 - top-level error boundary
            await report_error(error, interaction)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note it: the settings are kept for a while, since it may have been a mistake."""
        log.info("removed from server %d", guild.id)
        try:
            await self._app.guild_settings.left(str(guild.id))
        except StoreError as error:  # noted at the next connection
            log.warning(
                "couldn't record that the bot was removed from a server; trying again at the next connection: %s",
                error,
            )

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note it: a server that invites the bot again finds its settings as they were."""
        log.info("added to server %d", guild.id)
        try:
            await self._app.guild_settings.joined(str(guild.id))
        except StoreError as error:  # noted at the next connection
            log.warning(
                ("couldn't record that the bot was added to a server; trying again at the next connection: %s"), error
            )

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Note which servers the bot is in, and delete the settings of those that removed it long ago.

        It may have been removed, or invited again, while it was away.
        """
        try:
            await self._app.guild_settings.present([str(guild.id) for guild in self._client.guilds])
        except StoreError as error:
            log.warning("couldn't record which servers the bot is in; trying again at the next connection: %s", error)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(SetupCog(client=client, app=client.app))
