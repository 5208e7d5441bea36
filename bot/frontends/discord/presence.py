"""Whether the bot itself is where an interaction came from.

Who installed it for themselves uses it in servers that never added it, and in private chats with others: it can answer
there for as long as the interaction's token holds, and nothing else. It receives no messages from there either.
"""

import discord


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
