"""The buttons that turn a list's pages, in the message itself."""

import re
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.frontends.discord.buttons.dispatched import told, view_of
from bot.frontends.discord.buttons.holder import app_of
from bot.frontends.discord.listing import open_page
from bot.frontends.discord.pages import ListPage
from bot.frontends.discord.speaking import SpeaksToReader


class PageButton(
    SpeaksToReader, DynamicItem[Button[View]], template=r"page:(?P<number>\d{1,5}):(?P<name>[a-z]{1,12}:[\w:-]{1,64})"
):
    """Shows the page of the list that its custom_id names."""

    in_public = True

    def __init__(self, name: str, number: int, *, label: str = "›", disabled: bool = False) -> None:
        super().__init__(Button(label=label, custom_id=f"page:{number}:{name}", disabled=disabled))
        self._name = name
        self._number = number

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["name"], int(match["number"]))

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page in place of the one that stands there."""
        await interaction.response.defer()
        page = await open_page(self._name, max(1, self._number), app=app_of(interaction))
        await interaction.edit_original_response(embed=page.embed, view=turning(page))


def turning(page: ListPage) -> View | None:
    """Return the two buttons, None for a list of one page. It needs a running event loop."""
    if page.pages < 2:
        return None
    return view_of(
        PageButton(page.name, page.number - 1, label="‹", disabled=page.number <= 1),
        PageButton(page.name, page.number + 1, label="›", disabled=page.number >= page.pages),
    )
