"""Where commands can be used: in servers, by direct message, and, by who installed the bot for themselves, anywhere."""

from typing import Any

from discord import app_commands

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
