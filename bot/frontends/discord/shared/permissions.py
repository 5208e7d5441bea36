"""Which of the permissions that the bot needs are missing, by the names that Discord shows to admins."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.i18n.translation import phrase


def is_member(interaction: discord.Interaction) -> bool:
    """Return whether the bot can write in the interaction's channel by itself, permissions aside.

    A server counts when Discord sent it at the start of the session: one may know the commands and not the bot.
    """
    if interaction.guild_id is not None:
        return interaction.client.get_guild(interaction.guild_id) is not None
    return isinstance(interaction.channel, discord.DMChannel) and not interaction.context.private_channel


def takes_threads(interaction: discord.Interaction) -> bool:
    """Return whether the bot can open a thread at a message of the interaction's channel, permissions aside."""
    return interaction.guild_id is not None and is_member(interaction) and _holds_threads(interaction.channel)


def message_takes_thread(message: discord.Message) -> bool:
    """Return the same for a message that the bot received."""
    return message.guild is not None and _holds_threads(message.channel)


def is_own_thread(channel: object, client: discord.Client) -> bool:
    """Return whether a channel is a thread that the bot opened, for the talk on an answer or a digest of its own."""
    return isinstance(channel, discord.Thread) and client.user is not None and channel.owner_id == client.user.id


def _holds_threads(channel: object) -> bool:
    return isinstance(channel, discord.TextChannel)


_NAMES = {
    "view_channel": phrase("View Channel"),
    "send_messages": phrase("Send Messages"),
    "send_messages_in_threads": phrase("Send Messages in Threads"),
    "embed_links": phrase("Embed Links"),
    "read_message_history": phrase("Read Message History"),
    "create_public_threads": phrase("Create Public Threads"),
    "attach_files": phrase("Attach Files"),
}
_FOR_ONE_THING = ("create_public_threads", "attach_files")


def missing(permissions: discord.Permissions, *, in_thread: bool) -> list[str]:
    """Return what the bot lacks in a channel.

    Discord denies what hangs on another permission along with it: nothing counts without View Channel, so that this
    alone is named, and neither links nor files are sent where nothing is. Create Public Threads and Attach Files are
    named when nothing else is missing: one button and one command need them.
    """
    if not permissions.view_channel:
        return [_NAMES["view_channel"]]
    sending = "send_messages_in_threads" if in_thread else "send_messages"
    other = "send_messages" if in_thread else "send_messages_in_threads"
    lacking = [name for name in _NAMES if name != other and not getattr(permissions, name)]
    if sending in lacking and "embed_links" in lacking:
        lacking.remove("embed_links")
    needed = [name for name in lacking if name not in _FOR_ONE_THING]
    return [_NAMES[name] for name in needed or lacking]


def missing_for_posting(
    permissions: discord.Permissions, *, in_thread: bool = False, with_thread: bool = False
) -> list[str]:
    """Return all that the bot lacks for posting by itself in a channel, or in a thread; `with_thread`: one at each."""
    if not permissions.view_channel:
        return [_NAMES["view_channel"]]
    needed = ["send_messages_in_threads" if in_thread else "send_messages", "embed_links", "read_message_history"]
    return _lacking(permissions, needed) + (missing_for_thread(permissions) if with_thread else [])


def missing_for_thread(permissions: discord.Permissions) -> list[str]:
    """Return what the bot lacks in a channel for opening a thread at a message, and writing there."""
    return _lacking(permissions, ["create_public_threads", "send_messages_in_threads"])


def missing_for(interaction: discord.Interaction) -> list[str]:
    """Return what the bot lacks where an interaction came from.

    Nothing in private, where there are no permissions, and where the bot is no member, which could be given none.
    """
    if interaction.guild_id is None or not is_member(interaction):
        return []
    return missing(interaction.app_permissions, in_thread=isinstance(interaction.channel, discord.Thread))


def missing_at(message: discord.Message) -> list[str]:
    """Return what the bot lacks in a message's channel; nothing where that can't be known."""
    channel = message.channel
    if message.guild is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return []
    try:
        permissions = channel.permissions_for(message.guild.me)
    except discord.ClientException:  # a thread whose channel is not known
        return []
    return missing(permissions, in_thread=isinstance(channel, discord.Thread))


def _lacking(permissions: discord.Permissions, names: Sequence[str]) -> list[str]:
    return [_NAMES[name] for name in names if not getattr(permissions, name)]


INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
"""What holds for every command that says nothing else."""


def keep_to_servers(command: app_commands.Command[Any, ..., Any] | app_commands.Group) -> None:
    """Offer a command only in servers that added the bot, when it is for admins or says that it is for servers.

    Discord.py fills what a command leaves open from the defaults above, so that `guild_only` by itself would leave
    direct messages open.
    """
    if command.guild_only or command.default_permissions is not None:
        command.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
        command.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
