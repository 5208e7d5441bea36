"""The buttons below /digest remove, which asks once more."""

import re
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.frontends.discord.buttons.dispatched import told, view_of
from bot.frontends.discord.buttons.holder import app_of
from bot.frontends.discord.digesting import guild_of
from bot.frontends.discord.rendering.markdown import escape
from bot.frontends.discord.speaking import SpeaksToReader
from bot.store.digests import DigestDefinition
from bot.translation import gettext

_KEEP = "digest:keep"


class RemoveDigestButton(SpeaksToReader, DynamicItem[Button[View]], template=r"digest:remove:(?P<key>\d{1,18})"):
    """Removes a digest of the server of who presses it."""

    def __init__(self, key: str) -> None:
        label = gettext("Remove it")
        super().__init__(Button(label=label, style=discord.ButtonStyle.danger, custom_id=f"digest:remove:{key}"))
        self._key = key

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["key"])

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Remove it, and say so in the place of the question."""
        guild = guild_of(interaction)
        store = app_of(interaction).digest_store
        definition = await store.get(self._key)
        removed = await store.remove(self._key, guild=str(guild.id))
        said = gettext("It had been removed already.")
        if removed and definition is not None:
            said = gettext("Removed: {name}. What it posted stays.").format(name=escape(definition.name))
        await interaction.response.edit_message(content=said, embeds=[], view=None)


class KeepDigestButton(SpeaksToReader, DynamicItem[Button[View]], template=_KEEP):
    """Leaves everything as it is."""

    def __init__(self) -> None:
        super().__init__(Button(label=gettext("Keep it"), custom_id=_KEEP))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls()

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Say so in the place of the question."""
        await interaction.response.edit_message(content=gettext("Nothing was removed."), embeds=[], view=None)


def removal_view(definition: DigestDefinition) -> View:
    """Return the buttons that ask whether a digest is to go. It needs a running event loop."""
    return view_of(RemoveDigestButton(definition.key), KeepDigestButton())


DIGEST_BUTTONS = (RemoveDigestButton, KeepDigestButton)
