"""/save and /saved: papers that a member keeps, for their eyes alone."""

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import MISSING

from bot.app import App
from bot.assistant.keeping.saved import NOTE_LIMIT
from bot.frontends.discord.buttons.saved import saved_view
from bot.frontends.discord.rendering.saved import saved_embed
from bot.frontends.discord.saving import named_papers, save_all
from bot.frontends.discord.suggesting import suggest_papers


class SavedCog(commands.Cog):
    """Saved papers."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Save a paper for yourself, with a note if you like.")
    @app_commands.describe(paper="arXiv id, link or whole title", note="Your own words; only you see them")
    @app_commands.autocomplete(paper=suggest_papers)
    async def save(
        self,
        interaction: discord.Interaction[commands.Bot],
        paper: str,
        note: app_commands.Range[str, 1, NOTE_LIMIT] | None = None,
    ) -> None:
        """Save it, or the papers when several are named by id or link."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        papers = await named_papers(paper, app=self._app)
        text = await save_all(papers, user=str(interaction.user.id), note=note, app=self._app)
        await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)

    @app_commands.command(description="List the papers that you saved; export them or remove some.")
    async def saved(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Show the first page to who asks alone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        saved = await self._app.saved.of_user(str(interaction.user.id))
        await interaction.followup.send(
            embed=saved_embed(saved, 0), view=saved_view(saved, 0) or MISSING, ephemeral=True
        )
