"""What came from Discord: who sent it, in which language it is answered, and that it is acknowledged in time."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.errors.operation import StoreError
from bot.guilds.access import Caller
from bot.i18n.languages import AUTO
from bot.i18n.translation import set_locale

ACKNOWLEDGED_WITHIN_S = 0.7
"""The longest wait before a command is acknowledged; Discord takes it for lost after 3 s."""

PUBLIC = "public"
"""In the `extras` of a command: it answers in public though it has no option `private`."""

_PRIVATE_OPTION = "private"
_T = TypeVar("_T")

log = logging.getLogger(__name__)


def caller_of(interaction: discord.Interaction) -> Caller:
    """Return the user of a command, a message's menu or a button, as the rules of the server need to know them."""
    if interaction.guild_id is None:
        return Caller(user=str(interaction.user.id))
    return Caller(
        user=str(interaction.user.id),
        guild=str(interaction.guild_id),
        channel=_channel(interaction.channel, interaction.channel_id),
        roles=_roles(interaction.user),
        admin=interaction.permissions.manage_guild,
    )


def caller_by_message(message: discord.Message) -> Caller:
    """Return the author of a message, as the rules of the server need to know them."""
    author = message.author
    if message.guild is None:
        return Caller(user=str(author.id))
    return Caller(
        user=str(author.id),
        guild=str(message.guild.id),
        channel=_channel(message.channel, message.channel.id),
        roles=_roles(author),
        admin=isinstance(author, discord.Member) and author.guild_permissions.manage_guild,
    )


def _channel(channel: object, channel_id: int | None) -> str | None:
    """Return a channel's id; of a thread, that of the channel that it belongs to."""
    if isinstance(channel, discord.Thread):
        return str(channel.parent_id)
    return str(channel_id) if channel_id is not None else None


def _roles(user: discord.User | discord.Member) -> frozenset[str]:
    return frozenset(str(role.id) for role in user.roles) if isinstance(user, discord.Member) else frozenset()


def guild_of_admin(interaction: discord.Interaction) -> str:
    """Return the id of the guild that an admin acts in.

    Discord hides /setup from others by itself, but its admins can hand any command to any role, and a message with
    buttons outlives a role. Raises NoPrivateMessage, and MissingPermissions for who lacks Manage Server.
    """
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
    return str(interaction.guild_id)


class AppClient(commands.Bot):
    """A client that holds the app: buttons find it there, and modules build their cogs with it."""

    app: App


def app_of(interaction: discord.Interaction) -> App:
    """Return the app of the client that an interaction came to."""
    client = interaction.client
    assert isinstance(client, AppClient), "buttons are added to a client that holds the app"
    return client.app


async def locale_for(interaction: discord.Interaction, *, private: bool) -> str:
    """Return the language of an answer to an interaction; `private` when who caused it alone sees it."""
    if private or interaction.guild_id is None:
        return str(interaction.locale)
    fixed = await _read_fixed_language(interaction.guild_id, app_of(interaction))
    return fixed or str(interaction.guild_locale or interaction.locale)


async def locale_for_guild(guild: discord.Guild | None, *, app: App) -> str:
    """Return the language of what everybody in a server reads; English without one, and in direct messages.

    Discord doesn't give the language of who wrote a direct message.
    """
    if guild is None:
        return str(discord.Locale.british_english)
    return await _read_fixed_language(guild.id, app) or str(guild.preferred_locale)


async def _read_fixed_language(guild_id: int, app: App) -> str | None:
    """Return the language that a server's admins fixed; None where they did not, and when the store fails."""
    try:
        rules = await app.guild_settings.rules(str(guild_id))
    except StoreError as error:
        log.warning("couldn't read a server's language: %s", error)
        return None
    return None if rules.interface_language == AUTO else rules.interface_language


async def set_command_locale(interaction: discord.Interaction) -> None:
    """Set the language of a command's answer: a command with the option `private` answers in public without it."""
    set_locale(await locale_for(interaction, private=not _in_public(interaction)))


def _in_public(interaction: discord.Interaction) -> bool:
    if interaction.type is discord.InteractionType.autocomplete:
        return False
    command = interaction.command
    if isinstance(command, app_commands.Command) and command.get_parameter(_PRIVATE_OPTION) is not None:
        return not getattr(interaction.namespace, _PRIVATE_OPTION, False)
    return command is not None and bool(command.extras.get(PUBLIC))


async def meanwhile_acknowledged(
    interaction: discord.Interaction, work: Coroutine[Any, Any, _T], *, private: bool
) -> _T:
    """Return what the work returns, and raise what it raises. A command whose work takes long is acknowledged.

    What is refused at once can then be reported to the user alone; a later refusal takes the command's place.
    """
    working = asyncio.create_task(work)
    try:
        await asyncio.wait({working}, timeout=ACKNOWLEDGED_WITHIN_S)
        if not working.done():
            await interaction.response.defer(thinking=True, ephemeral=private)
        return await working
    finally:
        working.cancel()


async def then_acknowledged(interaction: discord.Interaction, work: Coroutine[Any, Any, _T], *, private: bool) -> _T:
    """Do the work as `meanwhile_acknowledged` does, and acknowledge the command even where the work was quick."""
    done = await meanwhile_acknowledged(interaction, work, private=private)
    if not interaction.response.is_done():
        await interaction.response.defer(thinking=True, ephemeral=private)
    return done
