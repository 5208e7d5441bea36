"""Which of the permissions that the bot needs are missing, by the names that Discord shows to admins."""

import discord

from bot.translation import phrase

_NAMES = {
    "view_channel": phrase("View Channel"),
    "send_messages": phrase("Send Messages"),
    "send_messages_in_threads": phrase("Send Messages in Threads"),
    "embed_links": phrase("Embed Links"),
    "read_message_history": phrase("Read Message History"),
    "create_public_threads": phrase("Create Public Threads"),
}
_FOR_THREADS_ALONE = "create_public_threads"


def missing(permissions: discord.Permissions, *, in_thread: bool) -> list[str]:
    """Return what the bot lacks in a channel.

    Discord denies what hangs on another permission along with it: nothing counts without View Channel, so that this
    alone is told, and no links are embedded where nothing can be sent. Create Public Threads is told when nothing
    else is missing: only one button needs it.
    """
    if not permissions.view_channel:
        return [_NAMES["view_channel"]]
    sending = "send_messages_in_threads" if in_thread else "send_messages"
    other = "send_messages" if in_thread else "send_messages_in_threads"
    lacking = [name for name in _NAMES if name != other and not getattr(permissions, name)]
    if sending in lacking and "embed_links" in lacking:
        lacking.remove("embed_links")
    if len(lacking) > 1 and _FOR_THREADS_ALONE in lacking:
        lacking.remove(_FOR_THREADS_ALONE)
    return [_NAMES[name] for name in lacking]


def missing_for(interaction: discord.Interaction) -> list[str]:
    """Return what the bot lacks where an interaction came from; nothing in private, where there are no permissions."""
    if interaction.guild_id is None:
        return []
    return missing(interaction.app_permissions, in_thread=isinstance(interaction.channel, discord.Thread))


def missing_at(message: discord.Message) -> list[str]:
    """Return what the bot lacks where a message stands; nothing where that can't be told."""
    channel = message.channel
    if message.guild is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return []
    try:
        permissions = channel.permissions_for(message.guild.me)
    except discord.ClientException:  # a thread whose channel is not known
        return []
    return missing(permissions, in_thread=isinstance(channel, discord.Thread))
