"""Who asks in Discord, as the rules of the house need to know it."""

import discord

from bot.assistant.house.admission import Visit


def visit_of(interaction: discord.Interaction) -> Visit:
    """Return who gives a command, uses a message's menu or presses a button."""
    if interaction.guild_id is None:
        return Visit(user=str(interaction.user.id))
    return Visit(
        user=str(interaction.user.id),
        guild=str(interaction.guild_id),
        channel=_channel(interaction.channel, interaction.channel_id),
        roles=_roles(interaction.user),
        admin=interaction.permissions.manage_guild,
    )


def visit_by_message(message: discord.Message) -> Visit:
    """Return who asks by message."""
    author = message.author
    if message.guild is None:
        return Visit(user=str(author.id))
    return Visit(
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
