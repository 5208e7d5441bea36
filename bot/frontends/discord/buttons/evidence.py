"""The button that shows, to who presses it alone, the sentences that an answer stands on."""

from typing import Any

import discord

from bot.app import App
from bot.frontends.discord.buttons.answer_button import AnswerButton
from bot.frontends.discord.buttons.looks import EVIDENCE
from bot.frontends.discord.rendering.evidence import evidence_embeds


class EvidenceButton(AnswerButton, template=EVIDENCE.template):
    """Shows the evidence."""

    look = EVIDENCE

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Show the evidence. Raises AnswerGone."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        for embed in evidence_embeds(await self.answer(app)):
            await interaction.followup.send(embed=embed, ephemeral=True)
