"""/paper and /similar: one paper, and those that are like it."""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.assistant.extracts.answers import summary_sentence
from bot.frontends.discord.acknowledging import then_acknowledged
from bot.frontends.discord.buttons.paper import paper_buttons
from bot.frontends.discord.rendering.cards import card_embed
from bot.frontends.discord.rendering.lists import similar_embed
from bot.frontends.discord.rendering.paper_list import PAGE_SIZE
from bot.frontends.discord.suggesting import suggest_papers

_PAPER = "Title, arXiv id or link"
_PRIVATE = "Show it to you alone"


class PapersCog(commands.Cog):
    """What the store knows of a paper."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Show a paper: authors, days, votes, links, abstract, BibTeX.")
    @app_commands.describe(paper=_PAPER, private=_PRIVATE)
    @app_commands.autocomplete(paper=suggest_papers)
    async def paper(self, interaction: discord.Interaction[commands.Bot], paper: str, private: bool = False) -> None:
        """Show its card."""
        found = await then_acknowledged(interaction, self._app.named_papers.of_text(paper), private=private)
        index = await self._app.searcher.index()
        sentence = await asyncio.to_thread(summary_sentence, found, index)
        await interaction.followup.send(
            embed=card_embed(found, sentence=sentence), view=paper_buttons(found), ephemeral=private
        )

    @app_commands.command(description="List the papers that are most like one.")
    @app_commands.describe(paper=_PAPER, private=_PRIVATE)
    @app_commands.autocomplete(paper=suggest_papers)
    async def similar(self, interaction: discord.Interaction[commands.Bot], paper: str, private: bool = False) -> None:
        """List them."""
        found = await then_acknowledged(interaction, self._app.named_papers.of_text(paper), private=private)
        hits = await self._app.searcher.similar(found, limit=PAGE_SIZE)
        await interaction.followup.send(embed=similar_embed(found, [hit.paper for hit in hits]), ephemeral=private)
