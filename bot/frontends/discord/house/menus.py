"""The menus of /setup. Each writes one rule at once, so that two admins don't undo each other's."""

import re
from typing import Any, Self

import discord
from discord.ui import ChannelSelect, DynamicItem, Item, RoleSelect, Select, View

from bot.assistant.house.languages import AUTO
from bot.frontends.discord.buttons.dispatched import told
from bot.frontends.discord.buttons.holder import app_of
from bot.frontends.discord.house.admins import guild_of_admin
from bot.frontends.discord.house.looks import (
    ANSWER_LANGUAGE,
    CHANNELS,
    INTERFACE_LANGUAGE,
    ROLES,
    answer_language_menu,
    channels_menu,
    interface_language_menu,
    roles_menu,
)
from bot.frontends.discord.house.message import show_setup
from bot.frontends.discord.speaking import SpeaksToReader


class ChannelsMenu(SpeaksToReader, DynamicItem[ChannelSelect[View]], template=CHANNELS):
    """The channels in which members may ask."""

    def __init__(self) -> None:
        super().__init__(channels_menu())

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the menu that was used."""
        return cls()

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the choice; none means everywhere."""
        await _keep(interaction, channels=_ids(self.item.values))


class RolesMenu(SpeaksToReader, DynamicItem[RoleSelect[View]], template=ROLES):
    """The roles of which members need one."""

    def __init__(self) -> None:
        super().__init__(roles_menu())

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the menu that was used."""
        return cls()

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the choice; none, and @everyone, whose role has the guild's own id, mean everybody."""
        chosen = _ids(self.item.values)
        everybody = chosen is None or str(interaction.guild_id) in chosen
        await _keep(interaction, roles=None if everybody else chosen)


class AnswerLanguageMenu(SpeaksToReader, DynamicItem[Select[View]], template=ANSWER_LANGUAGE):
    """The language of answers."""

    def __init__(self) -> None:
        super().__init__(answer_language_menu())

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the menu that was used."""
        return cls()

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the choice."""
        await _keep(interaction, answer_language=_language(self.item.values))


class InterfaceLanguageMenu(SpeaksToReader, DynamicItem[Select[View]], template=INTERFACE_LANGUAGE):
    """The language of everything but answers."""

    def __init__(self) -> None:
        super().__init__(interface_language_menu())

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], ___: re.Match[str]) -> Self:
        """Return the menu that was used."""
        return cls()

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the choice."""
        await _keep(interaction, interface_language=_language(self.item.values))


async def _keep(interaction: discord.Interaction[Any], **values: Any) -> None:
    guild = guild_of_admin(interaction)
    await interaction.response.defer()
    await app_of(interaction).house.change(guild, **values)
    await show_setup(interaction)


def _ids(values: list[Any]) -> tuple[str, ...] | None:
    return tuple(str(value.id) for value in values) or None


def _language(values: list[str]) -> str | None:
    return None if values == [AUTO] else values[0]


SETUP_MENUS = (ChannelsMenu, RolesMenu, AnswerLanguageMenu, InterfaceLanguageMenu)
