"""Where a member may have things told: in private, or in a channel that they manage."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.assistant.subscriptions.subscription import in_channel, private
from bot.errors import FollowChannelUnfit, FollowElsewhere
from bot.frontends.discord.permissions import missing_for_posting

Channel = discord.TextChannel | discord.Thread


def destination_of(
    interaction: discord.Interaction[commands.Bot], channel: Channel | None, *, posting: bool = False
) -> str:
    """Return the destination of who asks: their direct messages, or a channel in which they have Manage Channels.

    With `posting` the bot must be able to write there. Raises MissingPermissions, FollowChannelUnfit, and
    FollowElsewhere for a channel of a server that the bot isn't in.
    """
    if channel is None:
        return private(str(interaction.user.id))
    member = interaction.user
    here = channel.guild.me
    if here is None or not isinstance(member, discord.Member) or member.guild.id != channel.guild.id:
        raise FollowElsewhere
    if not channel.permissions_for(member).manage_channels:
        raise app_commands.MissingPermissions(["manage_channels"])
    if posting:
        lacking = missing_for_posting(channel.permissions_for(here), in_thread=isinstance(channel, discord.Thread))
        if lacking:
            raise FollowChannelUnfit(channel=f"#{channel.name}", permissions=", ".join(lacking))
    return in_channel(channel.id)


def destination_of_id(interaction: discord.Interaction[commands.Bot], channel_id: int) -> str:
    """Return a destination as `destination_of` does; a channel_id of 0 means in private."""
    if channel_id == 0:
        return destination_of(interaction, None)
    channel = interaction.client.get_channel(channel_id)
    if not isinstance(channel, Channel):
        raise FollowElsewhere
    return destination_of(interaction, channel)
