"""The buttons of /setup and /settings."""

import re
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bot.errors import PostingFailed
from bot.frontends.discord.buttons.dispatched import told
from bot.frontends.discord.buttons.holder import app_of
from bot.frontends.discord.house import looks
from bot.frontends.discord.house.admins import guild_of_admin
from bot.frontends.discord.house.limits_form import limits_form
from bot.frontends.discord.house.message import show_reset, show_settings, show_setup
from bot.frontends.discord.permissions import missing_for
from bot.frontends.discord.rendering.setup import trial_embed
from bot.frontends.discord.speaking import SpeaksToReader, locale_for
from bot.translation import PhraseList, gettext, phrase, speaking

_NAMES = "limits|memory|try|overview"


class SetupButton(SpeaksToReader, DynamicItem[Button[View]], template=rf"setup:(?P<name>{_NAMES})"):
    """A button below /setup; what it does is told by its name."""

    def __init__(self, name: str) -> None:
        super().__init__(Button(custom_id=f"setup:{name}"))
        self._name = name

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["name"])

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for. Raises as guild_of_admin does, StoreError and PostingFailed."""
        guild = guild_of_admin(interaction)
        house = app_of(interaction).house
        if f"setup:{self._name}" == looks.LIMITS:
            await interaction.response.send_modal(limits_form(await house.own(guild), house.operator))
            return
        await interaction.response.defer()
        match f"setup:{self._name}":
            case looks.MEMORY:
                on = (await house.own(guild)).channel_memory
                await house.change(guild, channel_memory=None if on else True)
                await show_setup(interaction)
            case looks.TRY:
                await _try_to_post(interaction)
            case _:
                await show_settings(interaction)


class SettingsButton(
    SpeaksToReader, DynamicItem[Button[View]], template=r"settings:(?P<name>change|reset|confirm|keep)"
):
    """A button below /settings; what it does is told by its name."""

    def __init__(self, name: str) -> None:
        super().__init__(Button(custom_id=f"settings:{name}"))
        self._name = name

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["name"])

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for. Raises as guild_of_admin does, and StoreError."""
        guild = guild_of_admin(interaction)
        await interaction.response.defer()
        match f"settings:{self._name}":
            case looks.CHANGE:
                await show_setup(interaction)
            case looks.RESET:
                await show_reset(interaction)
            case looks.CONFIRM:
                await app_of(interaction).house.reset(guild)
                await show_settings(interaction)
            case _:
                await show_settings(interaction)


async def _try_to_post(interaction: discord.Interaction[Any]) -> None:
    """Post a message with an embed where the admin is, and take it away. Raises PostingFailed."""
    channel = interaction.channel
    try:
        if not isinstance(channel, discord.abc.Messageable):
            raise PostingFailed(reason=phrase("this kind of channel holds no messages"))
        with speaking(await locale_for(interaction, private=False)):
            trial = trial_embed()
        message = await channel.send(embed=trial, silent=True)
        await message.delete()
    except discord.HTTPException as error:
        lacking = PhraseList(missing_for(interaction))
        if not lacking and not isinstance(error, discord.Forbidden):
            raise
        raise PostingFailed(reason=lacking or phrase("Discord refuses, though I lack no permission")) from error
    await interaction.followup.send(gettext("I posted a message here and took it away: all is well."), ephemeral=True)


SETUP_BUTTONS = (SetupButton, SettingsButton)
