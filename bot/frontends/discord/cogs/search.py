"""/search: list the papers that match."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.assistant.inquiry import Inquiry
from bot.frontends.discord.conversing import asker_of
from bot.frontends.discord.rendering.results import results_embed
from bot.frontends.wording import nothing_found

RESULTS = 8


class SearchCog(commands.Cog):
    """Searching without an answer."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Find papers by their titles and abstracts.")
    @app_commands.describe(query="Words from the title or topic, or an arXiv id")
    async def search(self, interaction: discord.Interaction[commands.Bot], query: str) -> None:
        """Check the query, so that a refusal is seen by its asker alone; then acknowledge and list."""
        query = await self._app.assistant.check(query)
        await interaction.response.defer(thinking=True)
        asker = asker_of(interaction.user.id, interaction.guild_id)
        inquiry = Inquiry(asker=asker, zone=self._app.settings.digest.zone)
        result = await self._app.assistant.find(query, inquiry=inquiry, limit=RESULTS)
        embed = results_embed(
            query,
            result.papers,
            searched=result.searched,
            wording=result.plan.wording,
            nothing=nothing_found(result),
        )
        await interaction.followup.send(embed=embed)
