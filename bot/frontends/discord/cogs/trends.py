"""/trends: how many papers a topic had over time."""

import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.assistant.trends import Span, Trend
from bot.frontends.charts.process import ChartProcesses
from bot.frontends.discord.acknowledging import then_acknowledged
from bot.frontends.discord.rendering.trends import chart_file, trend_embed
from bot.frontends.discord.suggesting import suggest_topics_between
from bot.frontends.trends import chart_of
from bot.translation import gettext

log = logging.getLogger(__name__)


class TrendsCog(commands.Cog):
    """Charts."""

    def __init__(self, *, app: App) -> None:
        self._app = app
        self._charts = ChartProcesses()

    @app_commands.command(description="Draw how many papers a topic had over time, or up to four with vs between them.")
    @app_commands.describe(
        topic="For example: diffusion models vs spiking transformers",
        span="How far back; else since the first paper",
        private="Show it to you alone",
    )
    @app_commands.autocomplete(topic=suggest_topics_between)
    async def trends(
        self,
        interaction: discord.Interaction[commands.Bot],
        topic: str,
        span: Span = "all",
        private: bool = False,
    ) -> None:
        """Check the topics, so that a refusal is seen by its asker alone; then acknowledge, count and draw."""
        trend = await then_acknowledged(interaction, self._counted(topic, span), private=private)
        await self._show(interaction, trend, private=private)

    async def _counted(self, topic: str, span: Span) -> Trend:
        text = await self._app.assistant.check(topic)
        today = self._app.clock().astimezone(self._app.settings.digest.zone).date()
        return await self._app.trends.of(text, span=span, today=today)

    async def _show(self, interaction: discord.Interaction[commands.Bot], trend: Trend, *, private: bool) -> None:
        chart = chart_of(trend)
        if chart is None:
            await interaction.followup.send(embed=trend_embed(trend), ephemeral=private)
        elif interaction.guild_id is not None and not interaction.app_permissions.attach_files:
            why = gettext("No picture: I may not attach files here. An admin can give me Attach Files.")
            await interaction.followup.send(embed=trend_embed(trend, without_picture=why), ephemeral=private)
        elif (image := await self._charts.draw(chart)) is None:
            why = gettext("The picture could not be drawn. Try again later; the figures are these.")
            await interaction.followup.send(embed=trend_embed(trend, without_picture=why), ephemeral=private)
        else:
            await interaction.followup.send(embed=trend_embed(trend), file=chart_file(trend, image), ephemeral=private)
