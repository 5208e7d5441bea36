"""The buttons below a paper's card; what they show is seen by who presses them alone."""

import re
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.app import App
from bot.assistant.named_papers import reference_of
from bot.frontends.discord.buttons.dispatched import told, view_of
from bot.frontends.discord.buttons.holder import app_of
from bot.frontends.discord.rendering.cards import abstract_embeds, bibtex_embed
from bot.frontends.discord.rendering.lists import similar_embed
from bot.frontends.discord.rendering.paper_list import PAGE_SIZE
from bot.frontends.discord.speaking import SpeaksToReader
from bot.models import Paper
from bot.translation import phrase

_LABELS = {"abstract": phrase("Abstract"), "bibtex": phrase("BibTeX"), "similar": phrase("Similar")}


class PaperButton(
    SpeaksToReader,
    DynamicItem[Button[View]],
    template=r"paper:(?P<what>abstract|bibtex|similar):(?P<paper>[A-Za-z0-9./-]{1,40})",
):
    """Shows the abstract, the BibTeX entry or the like of the paper that its custom_id refers to."""

    def __init__(self, what: str, reference: str) -> None:
        super().__init__(Button(label=_LABELS[what].told(), custom_id=f"paper:{what}:{reference}"))
        self._what = what
        self._reference = reference

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["what"], match["paper"])

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show it, or say that the paper is there no more."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        app = app_of(interaction)
        paper = await app.named_papers.of_reference(self._reference)
        for embed in await _embeds(self._what, paper, app):
            await interaction.followup.send(embed=embed, ephemeral=True)


def paper_buttons(paper: Paper) -> View:
    """Return the buttons of a card. It needs a running event loop."""
    return view_of(*(PaperButton(what, reference_of(paper)) for what in _LABELS))


async def _embeds(what: str, paper: Paper, app: App) -> list[discord.Embed]:
    if what == "abstract":
        return abstract_embeds(paper)
    if what == "bibtex":
        return [bibtex_embed(paper)]
    hits = await app.searcher.similar(paper, limit=PAGE_SIZE)
    return [similar_embed(paper, [hit.paper for hit in hits])]
