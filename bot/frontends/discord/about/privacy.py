"""/privacy: what is kept, with buttons that hand it over and delete it."""

import asyncio
import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands
from discord.ui import Button, DynamicItem, Item, View

from bot.app import App
from bot.config import Settings
from bot.frontends.discord.shared.components import json_file, reports_errors, view_of
from bot.frontends.discord.shared.interactions import InReadersLocale, app_of
from bot.i18n.translation import gettext
from bot.privacy import NOT_KEPT, TODAY_STAYS, forgotten, kept, sent


def privacy_embed(settings: Settings) -> discord.Embed:
    """Return what is kept, what is sent to a model, and what the buttons do."""
    lines = "\n".join(f"- {line}" for line in kept(settings))
    heading = gettext("What I keep, in one file on the operator's computer")
    below = gettext("**Export my data** gives you all of it as a file. **Forget me** deletes it.")
    text = f"**{heading}**\n{lines}\n\n{NOT_KEPT.localized()}\n\n{sent(settings)}\n\n{below} {TODAY_STAYS.localized()}"
    return discord.Embed(title=gettext("Privacy"), description=text, colour=discord.Colour.blurple())


def confirm_embed() -> discord.Embed:
    """Return the question that is asked before anything is deleted."""
    text = gettext(
        "This deletes your answers, conversations, saved papers and notes, follows, and email address. It "
        "can't be undone. Messages already in Discord stay, but without their evidence."
    )
    return discord.Embed(title=gettext("Delete all your data?"), description=text, colour=discord.Colour.orange())


_EXPORT, _FORGET, _CONFIRM, _KEEP = "privacy:export", "privacy:forget", "privacy:confirm", "privacy:keep"


class ExportDataButton(InReadersLocale, DynamicItem[Button[View]], template=_EXPORT):
    """Gives all that is kept of who presses it, as a file for them alone."""

    def __init__(self) -> None:
        super().__init__(Button(label=gettext("Export my data"), custom_id=_EXPORT))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls()

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Send the file."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        values = await app_of(interaction).personal_data.export(str(interaction.user.id))
        file = await asyncio.to_thread(json_file, values, "paperbot-data.json", limit=interaction.filesize_limit)
        await interaction.followup.send(gettext("Everything I keep about you."), file=file, ephemeral=True)


class ForgetMeButton(InReadersLocale, DynamicItem[Button[View]], template=_FORGET):
    """Asks whether all that is kept of who presses it is to be deleted."""

    def __init__(self) -> None:
        super().__init__(Button(label=gettext("Forget me"), style=discord.ButtonStyle.danger, custom_id=_FORGET))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls()

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Ask."""
        view = view_of(ConfirmForgetButton(), KeepDataButton())
        await interaction.response.send_message(embed=confirm_embed(), view=view, ephemeral=True)


class ConfirmForgetButton(InReadersLocale, DynamicItem[Button[View]], template=_CONFIRM):
    """Deletes all that is kept of who presses it."""

    def __init__(self) -> None:
        super().__init__(
            Button(label=gettext("Delete everything"), style=discord.ButtonStyle.danger, custom_id=_CONFIRM)
        )

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls()

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Delete, and say what was deleted in the place of the question."""
        await interaction.response.defer()
        done = await app_of(interaction).personal_data.forget_user(str(interaction.user.id))
        await interaction.edit_original_response(content=forgotten(done), embeds=[], view=None)


class KeepDataButton(InReadersLocale, DynamicItem[Button[View]], template=_KEEP):
    """Leaves everything as it is."""

    def __init__(self) -> None:
        super().__init__(Button(label=gettext("Keep"), custom_id=_KEEP))

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls()

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Say so in the place of the question."""
        await interaction.response.edit_message(content=gettext("Nothing was deleted."), embeds=[], view=None)


def privacy_view() -> View:
    """Return the buttons below /privacy. It needs a running event loop."""
    return view_of(ExportDataButton(), ForgetMeButton())


PRIVACY_BUTTONS = (ExportDataButton, ForgetMeButton, ConfirmForgetButton, KeepDataButton)


class PrivacyCog(commands.Cog):
    """Privacy."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="See what I keep about you, export it as a file, or have it deleted.")
    async def privacy(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Show it to who asks alone."""
        embed = privacy_embed(self._app.settings)
        await interaction.response.send_message(embed=embed, view=privacy_view(), ephemeral=True)
