"""/status: how the bot stands, without calling a model."""

from dataclasses import replace
from datetime import datetime

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.assistant.digests.schedule import next_post, next_slot
from bot.frontends.discord.conversing import asker_of
from bot.frontends.discord.house.visiting import visit_of
from bot.frontends.discord.rendering.rules import told_counts, told_rules
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
        embed = status_embed(
            status,
            started_at=self._started_at,
            next_digest=await self._next_digest(interaction),
            rules=await self._rules(interaction),
        )
        await interaction.followup.send(embed=embed, ephemeral=True)

    async def _rules(self, interaction: discord.Interaction[commands.Bot]) -> list[str]:
        """Return what the asker should know of the rules here, and how much of their day is used."""
        visit, house = visit_of(interaction), self._app.house
        rules = await house.rules(visit.guild)
        if visit.guild is None:  # of the operator's limits, those on members hold in private
            rules = replace(rules, guild_answers=0)
        everywhere = rules.user_answers == house.operator.user_answers
        used = told_counts(rules, await self._app.admission.counted(visit), everywhere=everywhere)
        return [*(told_rules(rules) if visit.guild is not None else ()), *used]

    async def _next_digest(self, interaction: discord.Interaction[commands.Bot]) -> datetime | None:
        """Return when the next one comes to the channel: of the operator's, or of the server's own."""
        now, settings, channel_id = self._app.clock(), self._app.settings.digest, interaction.channel_id
        of_operator = [next_slot(now, settings.time, settings.zone)] if channel_id in settings.channel_ids else []
        guild = interaction.guild_id
        own = await self._app.digest_store.of_guild(str(guild)) if guild is not None else []
        of_server = [next_post(now, each) for each in own if each.channel == channel_id and not each.paused]
        return min([*of_operator, *of_server], default=None)
