"""What the commands of digests share: finding one, checking its channel, completing what is typed."""

import re
from collections.abc import Sequence
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands
from discord.ui import Button, DynamicItem, Item, View

from bot.app import App
from bot.digests.definitions import display_name
from bot.errors.requests import DigestChannelUnfit, DigestOfSettings, DigestUnknown
from bot.frontends.discord.shared.autocomplete import CHOICE_LIMIT, CHOICES
from bot.frontends.discord.shared.components import reports_errors, view_of
from bot.frontends.discord.shared.interactions import InReadersLocale, app_of, guild_of_admin
from bot.frontends.discord.shared.markdown import escape
from bot.frontends.discord.shared.permissions import missing_for_posting
from bot.i18n.translation import PhraseList, gettext, phrase
from bot.store.digests import SETTINGS_PREFIX, DigestDefinition
from bot.text import one_line, shorten
from bot.time_zones import matching_zones

MOST_DIGESTS = 25
"""How many digests a server can have: as many as Discord offers in a completion."""


def guild_of(interaction: discord.Interaction[Any]) -> discord.Guild:
    """Return the guild in which an admin sets up digests. Raises as guild_of_admin does."""
    guild_of_admin(interaction)
    if interaction.guild is None:  # not yet known, just after connecting
        raise app_commands.NoPrivateMessage
    return interaction.guild


async def digests_of(guild: discord.Guild, *, app: App) -> Sequence[DigestDefinition]:
    """Return the guild's own digests and those that the settings make for its channels."""
    channels = [channel.id for channel in guild.channels]
    return [*app.digest_definitions.of_channels(channels), *await app.digest_store.of_guild(str(guild.id))]


async def find_digest(text: str, guild: discord.Guild, *, app: App) -> DigestDefinition:
    """Return the guild's digest of this name, or with the value that completion gives. Raises DigestUnknown."""
    wanted = one_line(text)
    for one in await digests_of(guild, app=app):
        if wanted == _value(one) or wanted.casefold() in {one.name.casefold(), display_name(one.name).casefold()}:
            return one
    raise DigestUnknown(name=shorten(wanted, CHOICE_LIMIT))


async def find_own_digest(text: str, guild: discord.Guild, *, app: App) -> DigestDefinition:
    """Return a digest that the guild can change. Raises DigestUnknown and DigestOfSettings."""
    found = await find_digest(text, guild, app=app)
    if found.key.startswith(SETTINGS_PREFIX):
        raise DigestOfSettings
    return found


def check_channel(channel: discord.abc.GuildChannel, *, thread: bool) -> None:
    """Raise DigestChannelUnfit, with the exact permissions, when digests can't be posted in a channel."""
    lacking = missing_for_posting(channel.permissions_for(channel.guild.me), with_thread=thread)
    if lacking:
        reason = phrase("I need {permissions} there", permissions=PhraseList(lacking))
        raise DigestChannelUnfit(channel=f"#{channel.name}", reason=reason)


async def suggest_digests(interaction: discord.Interaction[commands.Bot], typed: str) -> list[app_commands.Choice[str]]:
    """Return the guild's digests whose names hold what was typed."""
    if interaction.guild is None:
        return []
    known = await digests_of(interaction.guild, app=app_of(interaction))
    fitting = [one for one in known if typed.strip().casefold() in display_name(one.name).casefold()]
    return [app_commands.Choice(name=_label(one, interaction.guild), value=_value(one)) for one in fitting[:CHOICES]]


async def suggest_zones(_: discord.Interaction[commands.Bot], typed: str) -> list[app_commands.Choice[str]]:
    """Return the time zones that fit what was typed, from memory."""
    return [app_commands.Choice(name=name, value=name) for name in matching_zones(typed, limit=CHOICES)]


def _value(definition: DigestDefinition) -> str:
    return f"#{definition.key}"


def _label(definition: DigestDefinition, guild: discord.Guild) -> str:
    channel = guild.get_channel(definition.channel)
    name = display_name(definition.name)
    return shorten(f"{name} · #{channel.name}" if channel else name, CHOICE_LIMIT)


_KEEP = "digest:keep"


class RemoveDigestButton(InReadersLocale, DynamicItem[Button[View]], template=r"digest:remove:(?P<key>\d{1,18})"):
    """Removes a digest of the server of who presses it."""

    def __init__(self, key: str) -> None:
        label = gettext("Remove")
        super().__init__(Button(label=label, style=discord.ButtonStyle.danger, custom_id=f"digest:remove:{key}"))
        self._key = key

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(match["key"])

    @reports_errors
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Remove it, and say so in the place of the question."""
        guild = guild_of(interaction)
        store = app_of(interaction).digest_store
        definition = await store.get(self._key)
        removed = await store.remove(self._key, guild=str(guild.id))
        said = gettext("It was already removed.")
        if removed and definition is not None:
            said = gettext("Removed: {name}. Its posts stay.").format(name=escape(definition.name))
        await interaction.response.edit_message(content=said, embeds=[], view=None)


class KeepDigestButton(InReadersLocale, DynamicItem[Button[View]], template=_KEEP):
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
        await interaction.response.edit_message(content=gettext("Nothing was removed."), embeds=[], view=None)


def removal_view(definition: DigestDefinition) -> View:
    """Return the buttons that ask whether a digest is to go. It needs a running event loop."""
    return view_of(RemoveDigestButton(definition.key), KeepDigestButton())


DIGEST_BUTTONS = (RemoveDigestButton, KeepDigestButton)
