"""The papers that a search found, as an embed."""

from collections.abc import Sequence

import discord

from bot.frontends.discord.rendering import sources as source_lines
from bot.frontends.discord.rendering.answers import DESCRIPTION_LIMIT, TITLE_LIMIT
from bot.frontends.discord.rendering.markdown import escape
from bot.frontends.discord.rendering.splitting import split
from bot.frontends.wording import count
from bot.models import Paper
from bot.text import shorten


def results_embed(query: str, papers: Sequence[Paper], *, searched: int) -> discord.Embed:
    """Return a list of papers, best first; says so when there is none."""
    lines = [
        f"{number}\\. {source_lines.title(paper)}\n-# {source_lines.details(paper)}"
        for number, paper in enumerate(papers, start=1)
    ]
    text = "\n".join(lines) or "No paper in the store shares a word with this. Try other words for it."
    embed = discord.Embed(
        title=shorten(f"Search: {escape(query)}", TITLE_LIMIT),
        description=split(text, DESCRIPTION_LIMIT)[0],
        colour=discord.Colour.blurple(),
    )
    return embed.set_footer(text=f"Best matches first · searched {count(searched, 'paper')}, titles and abstracts")
