"""Who may see and change a guild's rules."""

import discord
from discord import app_commands


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
