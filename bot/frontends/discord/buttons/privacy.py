"""The buttons below /privacy: hand over what is kept, or delete it after asking once more."""

import asyncio
import re
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.frontends.discord.buttons.dispatched import told, view_of
from bot.frontends.discord.buttons.holder import app_of
from bot.frontends.discord.rendering.files import json_file
from bot.frontends.discord.rendering.privacy import confirm_embed
from bot.frontends.discord.speaking import SpeaksToReader
from bot.frontends.privacy import forgotten
from bot.translation import gettext

_EXPORT, _FORGET, _CONFIRM, _KEEP = "privacy:export", "privacy:forget", "privacy:confirm", "privacy:keep"


class ExportDataButton(SpeaksToReader, DynamicItem[Button[View]], template=_EXPORT):
    """Gives all that is kept of who presses it, as a file for them alone."""

    def __init__(self) -> None:
        super().__init__(Button(label=gettext("Export my data"), custom_id=_EXPORT))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls()

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Send the file."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        values = await app_of(interaction).personal_data.export(str(interaction.user.id))
        file = await asyncio.to_thread(json_file, values, "paperbot-data.json", limit=interaction.filesize_limit)
        await interaction.followup.send(gettext("All that I keep of you."), file=file, ephemeral=True)


class ForgetMeButton(SpeaksToReader, DynamicItem[Button[View]], template=_FORGET):
    """Asks whether all that is kept of who presses it is to be deleted."""

    def __init__(self) -> None:
        super().__init__(Button(label=gettext("Forget me"), style=discord.ButtonStyle.danger, custom_id=_FORGET))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls()

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Ask."""
        view = view_of(ConfirmForgetButton(), KeepDataButton())
        await interaction.response.send_message(embed=confirm_embed(), view=view, ephemeral=True)


class ConfirmForgetButton(SpeaksToReader, DynamicItem[Button[View]], template=_CONFIRM):
    """Deletes all that is kept of who presses it."""

    def __init__(self) -> None:
        super().__init__(
            Button(label=gettext("Delete all of it"), style=discord.ButtonStyle.danger, custom_id=_CONFIRM)
        )

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls()

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Delete, and say what was deleted in the place of the question."""
        await interaction.response.defer()
        done = await app_of(interaction).personal_data.forget_user(str(interaction.user.id))
        await interaction.edit_original_response(content=forgotten(done), embeds=[], view=None)


class KeepDataButton(SpeaksToReader, DynamicItem[Button[View]], template=_KEEP):
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
        await interaction.response.edit_message(content=gettext("Nothing was deleted."), embeds=[], view=None)


def privacy_view() -> View:
    """Return the buttons below /privacy. It needs a running event loop."""
    return view_of(ExportDataButton(), ForgetMeButton())


PRIVACY_BUTTONS = (ExportDataButton, ForgetMeButton, ConfirmForgetButton, KeepDataButton)
