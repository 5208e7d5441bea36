"""/status: how the bot stands, without calling a model."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.assistant.digests.schedule import next_post
from bot.frontends.discord.conversing import asker_of
from bot.frontends.discord.house.digests import digest_troubles, known_digests
from bot.frontends.discord.house.visiting import visit_of
from bot.frontends.discord.rendering.rules import told_counts, told_rules
from bot.frontends.discord.rendering.status import status_embed
from bot.frontends.status import status_of
from bot.store.digests import DigestDefinition


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
        digests = await self._digests(interaction)
        embed = status_embed(
            status,
            started_at=self._started_at,
            next_digest=self._next_digest(digests, interaction.channel_id),
            rules=await self._rules(interaction),
            troubles=await digest_troubles(digests, app=self._app),
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

    async def _digests(self, interaction: discord.Interaction[commands.Bot]) -> Sequence[DigestDefinition]:
        if interaction.guild_id is None:
            return []
        return await known_digests(str(interaction.guild_id), client=interaction.client, app=self._app)

    def _next_digest(self, digests: Sequence[DigestDefinition], channel_id: int | None) -> datetime | None:
        now = self._app.clock()
        here = [next_post(now, one) for one in digests if one.channel == channel_id and one.paused is None]
        return min(here, default=None)
