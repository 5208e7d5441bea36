"""The button that lists, to who presses it alone, the papers most like an answer's first source."""

from typing import Any

import discord

from bot.app import App
from bot.frontends.discord.buttons.answer_button import AnswerButton
from bot.frontends.discord.buttons.looks import SIMILAR
from bot.frontends.discord.rendering.lists import similar_embed

PAPERS = 5


class SimilarButton(AnswerButton, template=SIMILAR.template):
    """Lists papers that are like the first source."""

    look = SIMILAR

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """List the papers. Raises AnswerGone and StoreEmpty."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        paper = (await self.answer(app)).sources[0].paper
        hits = await app.searcher.similar(paper, limit=PAPERS)
        embed = similar_embed(paper, [hit.paper for hit in hits])
        await interaction.followup.send(embed=embed, ephemeral=True)
