"""The button that shows, to who presses it alone, the sentences that an answer stands on."""

import re
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.errors import AnswerGone
from bot.frontends.discord.buttons.holder import app_of
from bot.frontends.discord.errors import tell
from bot.frontends.discord.rendering.evidence import evidence_embeds


class EvidenceButton(DynamicItem[Button[View]], template=r"evidence:(?P<answer>[A-Za-z0-9]{1,40})"):
    """Shows the evidence of the answer that its custom_id names."""

    def __init__(self, answer_id: str) -> None:
        super().__init__(
            Button(label="Evidence", style=discord.ButtonStyle.secondary, custom_id=f"evidence:{answer_id}")
        )
        self._answer_id = answer_id

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["answer"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the evidence, or why there is none any more."""
        try:
            await interaction.response.defer(thinking=True, ephemeral=True)
            answer = await app_of(interaction).archive.get(self._answer_id)
            if answer is None:
                raise AnswerGone
            for embed in evidence_embeds(answer):
                await interaction.followup.send(embed=embed, ephemeral=True)
        except Exception as error:  # noqa: BLE001 - discord.py would log it and tell nobody
            await tell(error, interaction)
