"""The menus of /setup. Each writes one rule at once, so that two admins don't undo each other's."""

import re
from typing import Any, Self

import discord
from discord.ui import Button, ChannelSelect, DynamicItem, Item, RoleSelect, Select, View

from bot.errors.services import PostingFailed
from bot.frontends.discord.setup import view as looks
from bot.frontends.discord.setup.limits_form import limits_form
from bot.frontends.discord.setup.rendering import trial_embed
from bot.frontends.discord.setup.view import (
    ANSWER_LANGUAGE,
    CHANNELS,
    INTERFACE_LANGUAGE,
    ROLES,
    answer_language_menu,
    channels_menu,
    interface_language_menu,
    roles_menu,
    show_reset,
    show_settings,
    show_setup,
)
from bot.frontends.discord.shared.components import reports_errors
from bot.frontends.discord.shared.interactions import InReadersLocale, app_of, guild_of_admin, locale_for
from bot.frontends.discord.shared.permissions import missing_for
from bot.i18n.languages import AUTO
from bot.i18n.translation import PhraseList, gettext, phrase, use_locale


class ChannelsMenu(InReadersLocale, DynamicItem[ChannelSelect[View]], template=CHANNELS):
    """The channels in which members may ask."""

    def __init__(self) -> None:
        super().__init__(channels_menu())

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the menu that was used."""
        return cls()

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the choice; none means everywhere."""
        await _keep(interaction, channels=_ids(self.item.values))


class RolesMenu(InReadersLocale, DynamicItem[RoleSelect[View]], template=ROLES):
    """The roles of which members need one."""

    def __init__(self) -> None:
        super().__init__(roles_menu())

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the menu that was used."""
        return cls()

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the choice; none, and @everyone, whose role has the guild's own id, mean everybody."""
        chosen = _ids(self.item.values)
        everybody = chosen is None or str(interaction.guild_id) in chosen
        await _keep(interaction, roles=None if everybody else chosen)


class AnswerLanguageMenu(InReadersLocale, DynamicItem[Select[View]], template=ANSWER_LANGUAGE):
    """The language of answers."""

    def __init__(self) -> None:
        super().__init__(answer_language_menu())

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the menu that was used."""
        return cls()

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the choice."""
        await _keep(interaction, answer_language=_language(self.item.values))


class InterfaceLanguageMenu(InReadersLocale, DynamicItem[Select[View]], template=INTERFACE_LANGUAGE):
    """The language of everything but answers."""

    def __init__(self) -> None:
        super().__init__(interface_language_menu())

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the menu that was used."""
        return cls()

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the choice."""
        await _keep(interaction, interface_language=_language(self.item.values))


async def _keep(interaction: discord.Interaction[Any], **values: Any) -> None:
    guild = guild_of_admin(interaction)
    await interaction.response.defer()
    await app_of(interaction).guild_settings.change(guild, **values)
    await show_setup(interaction)


def _ids(values: list[Any]) -> tuple[str, ...] | None:
    return tuple(str(value.id) for value in values) or None


def _language(values: list[str]) -> str | None:
    return None if values == [AUTO] else values[0]


SETUP_MENUS = (ChannelsMenu, RolesMenu, AnswerLanguageMenu, InterfaceLanguageMenu)


_NAMES = "limits|memory|try|overview"


class SetupButton(InReadersLocale, DynamicItem[Button[View]], template=rf"setup:(?P<name>{_NAMES})"):
    """A button below /setup; what it does is told by its name."""

    def __init__(self, name: str) -> None:
        super().__init__(Button(custom_id=f"setup:{name}"))
        self._name = name

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["name"])

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for. Raises as guild_of_admin does, StoreError and PostingFailed."""
        guild = guild_of_admin(interaction)
        guild_settings = app_of(interaction).guild_settings
        if f"setup:{self._name}" == looks.LIMITS:
            await interaction.response.send_modal(limits_form(await guild_settings.own(guild), guild_settings.operator))
            return
        await interaction.response.defer()
        match f"setup:{self._name}":
            case looks.MEMORY:
                on = (await guild_settings.own(guild)).channel_memory
                await guild_settings.change(guild, channel_memory=None if on else True)
                await show_setup(interaction)
            case looks.TRY:
                await _try_to_post(interaction)
            case _:
                await show_settings(interaction)


class SettingsButton(
    InReadersLocale, DynamicItem[Button[View]], template=r"settings:(?P<name>change|reset|confirm|keep)"
):
    """A button below /settings; what it does is told by its name."""

    def __init__(self, name: str) -> None:
        super().__init__(Button(custom_id=f"settings:{name}"))
        self._name = name

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["name"])

    @reports_errors
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
                await app_of(interaction).guild_settings.reset(guild)
                await show_settings(interaction)
            case _:
                await show_settings(interaction)


async def _try_to_post(interaction: discord.Interaction[Any]) -> None:
    """Post a message with an embed where the admin is, and take it away. Raises PostingFailed."""
    channel = interaction.channel
    try:
        if not isinstance(channel, discord.abc.Messageable):
            raise PostingFailed(reason=phrase("this kind of channel doesn't have messages"))
        with use_locale(await locale_for(interaction, private=False)):
            trial = trial_embed()
        message = await channel.send(embed=trial, silent=True)
        await message.delete()
    except discord.HTTPException as error:
        lacking = PhraseList(missing_for(interaction))
        if not lacking and not isinstance(error, discord.Forbidden):
            raise
        raise PostingFailed(
            reason=lacking or phrase("Discord refused, although I have every permission I need")
        ) from error
    await interaction.followup.send(
        gettext("I posted a message here and deleted it again: everything works."), ephemeral=True
    )


SETUP_BUTTONS = (SetupButton, SettingsButton)
