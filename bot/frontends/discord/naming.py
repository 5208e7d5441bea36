"""The paper that a command names, found before Discord takes the command for lost."""

import asyncio

import discord
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.commanding import ACKNOWLEDGED_WITHIN_S
from bot.models import Paper


async def found_and_acknowledged(
    interaction: discord.Interaction[commands.Bot], text: str, *, app: App, private: bool
) -> Paper:
    """Return the paper that `text` names; the command is acknowledged then. Raises QuestionError.

    What is refused at once is seen by its asker alone. While a feed is asked for the paper the command is acknowledged
    first, and a refusal comes in its place.
    """
    finding = asyncio.create_task(app.named_papers.of_text(text))
    try:
        await asyncio.wait({finding}, timeout=ACKNOWLEDGED_WITHIN_S)
        if not finding.done():
            await interaction.response.defer(thinking=True, ephemeral=private)
        found = await finding
    finally:
        finding.cancel()
    if not interaction.response.is_done():
        await interaction.response.defer(thinking=True, ephemeral=private)
    return found
