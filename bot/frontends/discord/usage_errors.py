"""Sentences for what discord.py itself refuses: cooldowns, checks, arguments, commands that have changed."""

import math
from collections.abc import Sequence

import discord
from discord import app_commands

from bot.frontends.discord.rendering.markdown import escape, escape_within
from bot.frontends.wording import count
from bot.translation import gettext

_VALUE_LIMIT = 100
_SPECIAL_NAMES = {"manage_guild": "Manage Server", "moderate_members": "Time Out Members"}


def usage_sentence(error: app_commands.AppCommandError) -> str | None:
    """Return what the user is told, or None when it is no such error."""
    match error:
        case app_commands.CommandOnCooldown(retry_after=seconds):
            return f"Not so fast: use this again in {count(max(1, math.ceil(seconds)), 'second')}."
        case app_commands.MissingPermissions(missing_permissions=names):
            return f"You need {_named(names)} for this. Ask an admin to do it."
        case app_commands.BotMissingPermissions(missing_permissions=names):
            return f"I may not do that here. Please ask an admin to give me {_named(names)} in this channel."
        case app_commands.NoPrivateMessage():
            return "This works in a server only. Use it there."
        case app_commands.MissingRole(missing_role=role):
            return f"You need the role {_role(role)} for this. Ask an admin for it."
        case app_commands.MissingAnyRole(missing_roles=roles):
            return f"You need one of these roles for this: {', '.join(map(_role, roles))}. Ask an admin for one."
        case app_commands.CheckFailure():
            return "You may not use this here. Ask an admin where and by whom it may be used."
        case app_commands.TransformerError():
            return _unusable(error)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return "This command has changed since Discord loaded it. Wait a minute, restart Discord, and try again."
        case _:
            return None


def _unusable(error: app_commands.TransformerError) -> str:
    if error.type is discord.AppCommandOptionType.channel:
        return gettext("I can't see that channel: I am not in its server, or it is hidden from me. Choose another.")
    said = gettext("I can't use “{value}” here. Pick one of the suggestions instead.")
    return said.format(value=escape_within(str(error.value), _VALUE_LIMIT))


def permission_name(name: str) -> str:
    """Return a permission's name as Discord shows it to admins."""
    return _SPECIAL_NAMES.get(name) or name.replace("_", " ").title().replace(" In ", " in ")


def _named(names: Sequence[str]) -> str:
    return ", ".join(map(permission_name, names))


def _role(role: str | int) -> str:
    """Return a role by its name, or by a mention, which Discord shows as its name and which pings nobody here."""
    return f"<@&{role}>" if isinstance(role, int) else escape(role)
