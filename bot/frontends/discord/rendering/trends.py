"""A chart of papers over time, with the same in words."""

import io

import discord

from bot.assistant.trends import Trend
from bot.frontends.discord.rendering.answers import DESCRIPTION_LIMIT
from bot.frontends.discord.rendering.markdown import escape_within
from bot.frontends.trends import alternative_text, heading, in_words, rule

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
    """Return the chart as an attachment. Its description tells the figures to who can't see it."""
    return discord.File(io.BytesIO(image), FILE_NAME, description=alternative_text(trend, limit=ALT_LIMIT))
