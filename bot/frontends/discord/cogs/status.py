"""/status: how the bot stands, without calling a model."""

from datetime import datetime

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.assistant.digests.schedule import next_slot
from bot.frontends.discord.conversing import asker_of
from bot.frontends.discord.rendering.status import status_embed
from bot.frontends.status import status_of


class StatusCog(commands.Cog):
    """The state. A process runs since its cogs were made."""

    def __init__(self, *, app: App) -> None:
        self._app = app
        self._started_at = app.clock()

    @app_commands.command(description="Papers held, whether the model answers, and what is left of today's budget.")
    async def status(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Show it to who asks alone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        status = await status_of(self._app, asker_of(interaction.user.id, interaction.guild_id))
        embed = status_embed(status, started_at=self._started_at, next_digest=self._next_digest(interaction.channel_id))
        await interaction.followup.send(embed=embed, ephemeral=True)

    def _next_digest(self, channel_id: int | None) -> datetime | None:
        settings = self._app.settings.digest
        if channel_id not in settings.channel_ids:
            return None
        return next_slot(self._app.clock(), settings.time, settings.zone)
