"""/trends: how many papers a topic had over time."""

import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.shared.autocomplete import suggest_topics_between
from bot.frontends.discord.shared.interactions import AppClient, then_acknowledged
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, escape_within
from bot.i18n.translation import gettext
from bot.trends.chart import ChartProcesses
from bot.trends.counts import Span, Trend
from bot.trends.wording import alternative_text, chart_of, heading, in_words, rule

ALT_LIMIT = 1_024
"""Discord's, for the description of an attachment."""

_LINE_LIMIT = DESCRIPTION_LIMIT // 5
FILE_NAME = "trends.png"


def trend_embed(trend: Trend, *, without_picture: str = "") -> discord.Embed:
    """Return the figures in words; `without_picture` says why there is no chart, where there should be one."""
    lines = [escape_within(in_words(topic, trend), _LINE_LIMIT) for topic in trend.topics]
    if len(lines) > 1:
        lines = [f"{number}\\. {line}" for number, line in enumerate(lines, start=1)]
    if without_picture:
        lines.append(f"-# {without_picture}")
    embed = discord.Embed(title=heading(trend), description="\n".join(lines), colour=discord.Colour.blurple())
    return embed.set_footer(text=rule(trend))


def chart_file(trend: Trend, image: bytes) -> discord.File:
    """Return the chart as an attachment. Its description has the figures for those who can't see it."""
    return discord.File(io.BytesIO(image), FILE_NAME, description=alternative_text(trend, limit=ALT_LIMIT))


class TrendsCog(commands.Cog):
    """The command that counts, and draws a chart."""

    def __init__(self, *, app: App) -> None:
        self._app = app
        self._charts = ChartProcesses()

    @app_commands.command(
        description="Chart the number of papers on a topic over time, or on up to four, separated by vs."
    )
    @app_commands.describe(
        topic="For example: diffusion models vs spiking transformers",
        span="How far back; default: since the first paper",
        private="Only you can see the result",
    )
    @app_commands.autocomplete(topic=suggest_topics_between)
    async def trends(
        self,
        interaction: discord.Interaction,
        topic: str,
        span: Span = "all",
        private: bool = False,
    ) -> None:
        """Check the topics, so that a refusal is seen by its user alone; then acknowledge, count and draw."""
        trend = await then_acknowledged(interaction, self._count_topic(topic, span), private=private)
        await self._show(interaction, trend, private=private)

    async def _count_topic(self, topic: str, span: Span) -> Trend:
        text = await self._app.assistant.check(topic)
        today = self._app.clock().astimezone(self._app.settings.digest.zone).date()
        return await self._app.trends.of(text, span=span, today=today)

    async def _show(self, interaction: discord.Interaction, trend: Trend, *, private: bool) -> None:
        chart = chart_of(trend)
        if chart is None:
            await interaction.followup.send(embed=trend_embed(trend), ephemeral=private)
        elif interaction.guild_id is not None and not interaction.app_permissions.attach_files:
            why = gettext("No chart: I can't attach files here. An admin can give me Attach Files.")
            await interaction.followup.send(embed=trend_embed(trend, without_picture=why), ephemeral=private)
        elif (image := await self._charts.draw(chart)) is None:
            why = gettext("The chart couldn't be drawn, so here are just the figures. Try again later.")
            await interaction.followup.send(embed=trend_embed(trend, without_picture=why), ephemeral=private)
        else:
            await interaction.followup.send(embed=trend_embed(trend), file=chart_file(trend, image), ephemeral=private)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(TrendsCog(app=client.app))
