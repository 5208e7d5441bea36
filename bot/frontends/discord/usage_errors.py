"""Sentences for what discord.py itself refuses: cooldowns, checks, arguments, commands that have changed."""

import math
from collections.abc import Sequence

import discord
from discord import app_commands

from bot.frontends.discord.rendering.markdown import escape, escape_within
from bot.frontends.wording import count
from bot.translation import gettext, phrase

_VALUE_LIMIT = 100
_SPECIAL_NAMES = {"manage_guild": phrase("Manage Server"), "moderate_members": phrase("Time Out Members")}


def usage_sentence(error: app_commands.AppCommandError) -> str | None:
    """Return what the user is told, or None when it is no such error."""
    match error:
        case app_commands.CommandOnCooldown(retry_after=seconds):
            wait = count(max(1, math.ceil(seconds)), "second")
            return gettext("Not so fast: use this again in {seconds}.").format(seconds=wait)
        case app_commands.MissingPermissions(missing_permissions=names):
            return gettext("You need {permissions} for this. Ask an admin to do it.").format(permissions=_named(names))
        case app_commands.BotMissingPermissions(missing_permissions=names):
            said = gettext("I may not do that here. Please ask an admin to give me {permissions} in this channel.")
            return said.format(permissions=_named(names))
        case app_commands.NoPrivateMessage():
            return gettext("This works in a server only. Use it there.")
        case app_commands.MissingRole(missing_role=role):
            return gettext("You need the role {role} for this. Ask an admin for it.").format(role=_role(role))
        case app_commands.MissingAnyRole(missing_roles=roles):
            said = gettext("You need one of these roles for this: {roles}. Ask an admin for one.")
            return said.format(roles=", ".join(map(_role, roles)))
        case app_commands.CheckFailure():
            return gettext("You may not use this here. Ask an admin where and by whom it may be used.")
        case app_commands.TransformerError():
            return _unusable(error)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return gettext(
                "This command has changed since Discord loaded it. Wait a minute, restart Discord, and try again."
            )
        case _:
            return None


def _unusable(error: app_commands.TransformerError) -> str:
    if error.type is discord.AppCommandOptionType.channel:
        return gettext("I can't see that channel: I am not in its server, or it is hidden from me. Choose another.")
    said = gettext("I can't use “{value}” here. Pick one of the suggestions instead.")
    return said.format(value=escape_within(str(error.value), _VALUE_LIMIT))


def permission_name(name: str) -> str:
    """Return a permission's name as Discord shows it to admins, in English where we don't know theirs."""
    return gettext(_SPECIAL_NAMES.get(name) or name.replace("_", " ").title().replace(" In ", " in "))


def _named(names: Sequence[str]) -> str:
    return ", ".join(map(permission_name, names))


def _role(role: str | int) -> str:
    """Return a role by its name, or by a mention, which Discord shows as its name and which pings nobody here."""
    return f"<@&{role}>" if isinstance(role, int) else escape(role)
