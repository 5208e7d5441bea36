"""How errors are reported: a sentence for the user, the details in the log under a reference."""

import logging
import math
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.answers.wording import count
from bot.errors import PaperbotError
from bot.errors import requests as refusals
from bot.errors.operation import StoreError
from bot.frontends.discord.shared.guild_rules import mentioned_channels, mentioned_roles
from bot.frontends.discord.shared.interactions import locale_for
from bot.frontends.discord.shared.markdown import escape, escape_within
from bot.frontends.discord.shared.permissions import missing_for
from bot.i18n.translation import gettext, ngettext, number, phrase, use_locale

_VALUE_LIMIT = 100
_SPECIAL_NAMES = {"manage_guild": phrase("Manage Server"), "moderate_members": phrase("Time Out Members")}


def usage_sentence(error: app_commands.AppCommandError) -> str | None:
    """Return the sentence for an error of discord.py's commands, None for any other."""
    match error:
        case app_commands.CommandOnCooldown(retry_after=seconds):
            wait = count(max(1, math.ceil(seconds)), "second")
            return gettext("You've reached the rate limit. Try again in {seconds}.").format(seconds=wait)
        case app_commands.MissingPermissions(missing_permissions=names):
            return gettext("You need {permissions} for this. Ask an admin to do it.").format(
                permissions=_permission_names(names)
            )
        case app_commands.BotMissingPermissions(missing_permissions=names):
            text = gettext("I can't do that here. Ask an admin to give me {permissions} in this channel.")
            return text.format(permissions=_permission_names(names))
        case app_commands.NoPrivateMessage():
            return gettext("This only works in a server. Use it there.")
        case app_commands.MissingRole(missing_role=role):
            return gettext("You need the {role} role for this. Ask an admin for it.").format(role=_role(role))
        case app_commands.MissingAnyRole(missing_roles=roles):
            text = gettext("You need one of these roles for this: {roles}. Ask an admin for one.")
            return text.format(roles=", ".join(map(_role, roles)))
        case app_commands.CheckFailure():
            return gettext("You can't use this here. Ask an admin who can use it, and where.")
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
        return gettext("I can't see that channel: I'm not in its server, or it's hidden from me. Choose another.")
    text = gettext("I can't use “{value}” here. Choose one of the suggestions instead.")
    return text.format(value=escape_within(str(error.value), _VALUE_LIMIT))


def permission_name(name: str) -> str:
    """Return a permission's name as Discord shows it to admins, in English where we don't know theirs."""
    return gettext(_SPECIAL_NAMES.get(name) or name.replace("_", " ").title().replace(" In ", " in "))


def _permission_names(names: Sequence[str]) -> str:
    return ", ".join(map(permission_name, names))


def _role(role: str | int) -> str:
    """Return a role by its name, or by a mention, which Discord shows as its name and which pings nobody here."""
    return f"<@&{role}>" if isinstance(role, int) else escape(role)


def refusal_sentence(error: refusals.AccessRefused) -> str:
    """Return the sentence, in Discord's markdown; what it mentions pings nobody."""
    facts: dict[str, Any] = error.facts
    match error:
        case refusals.ChannelRefused():
            return gettext("I don't answer in this channel. Ask in {channels}.").format(
                channels=mentioned_channels(facts["channels"])
            )
        case refusals.RoleRefused():
            return gettext("You need one of these roles to ask on this server: {roles}. Ask an admin for one.").format(
                roles=mentioned_roles(facts["roles"])
            )
        case refusals.AskedTooSoon():
            return gettext("There's a wait between answers; you can ask again {when}.").format(
                when=discord.utils.format_dt(facts["again_at"], "R")
            )
        case refusals.UserAnswersUsed():
            return ngettext(
                "You've used today's answer ({limit}); the count resets at 00:00 UTC.",
                "You've used today's answers ({limit}); the count resets at 00:00 UTC.",
                facts["limit"],
            ).format(limit=number(facts["limit"]))
        case refusals.GuildAnswersUsed():
            return ngettext(
                "This server has used today's answer ({limit}); the count resets at 00:00 UTC.",
                "This server has used today's answers ({limit}); the count resets at 00:00 UTC.",
                facts["limit"],
            ).format(limit=number(facts["limit"]))
        case _:
            return escape(error.localized())


log = logging.getLogger(__name__)

_CANNOT_SEND_EMPTY = 50006  # what is left of an embed where links may not be embedded


def sentence_for(error: BaseException, *, lacking: Sequence[str] = ()) -> str:
    """Return the sentence for the user. What isn't meant for users is logged under a short reference.

    `lacking` names the permissions that the bot lacks where the error came up.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, app_commands.TransformerError) and isinstance(error.__cause__, PaperbotError):
        error = error.__cause__
    if isinstance(error, refusals.AccessRefused):
        return refusal_sentence(error)
    if isinstance(error, StoreError) and "path" in error.facts:  # which says where on the operator's disk
        reference = secrets.token_hex(3)
        log.error("reference %s: %s", reference, error)
        return gettext(
            "My store of papers and answers isn't working right now. Try again in a few minutes; if it keeps "
            "happening, give an admin this reference: `{reference}`."
        ).format(reference=reference)
    if isinstance(error, PaperbotError):
        return escape(error.localized())
    if isinstance(error, app_commands.AppCommandError) and (sentence := usage_sentence(error)):
        return sentence
    reference = secrets.token_hex(3)
    if _forbidden(error):
        log.warning("reference %s: %s; missing permissions: %s", reference, error, ", ".join(lacking) or "none known")
        return _not_allowed(lacking, reference)
    log.error("reference %s", reference, exc_info=error)
    text = gettext(
        "Something went wrong, but your question wasn't the cause. Try again; if it keeps happening, give an "
        "admin this reference: {reference}."
    )
    return text.format(reference=f"`{reference}`")


async def report_error(error: BaseException, interaction: discord.Interaction) -> None:
    """Answer an interaction whose command failed, by whichever way is still open."""
    with use_locale(await locale_for(interaction, private=True)):
        text = sentence_for(error, lacking=missing_for(interaction))
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as failure:
        log.warning("couldn't show an error to the user: %s", failure)


async def report_error_by(
    error: BaseException, send: Callable[[str], Awaitable[object]], *, lacking: Sequence[str] = ()
) -> None:
    """Answer a plain message whose handling failed; `lacking` as for `sentence_for`."""
    try:
        await send(sentence_for(error, lacking=lacking))
    except discord.HTTPException as failure:
        log.warning("couldn't show an error to the user: %s", failure)


def _forbidden(error: BaseException) -> bool:
    return isinstance(error, discord.Forbidden) or (
        isinstance(error, discord.HTTPException) and error.code == _CANNOT_SEND_EMPTY
    )


def _not_allowed(lacking: Sequence[str], reference: str) -> str:
    if not lacking:
        text = gettext(
            "Discord won't let me do that here, although I have every permission I know I need. The thread may "
            "be locked, or the channel private. Ask an admin; the log has more under {reference}."
        )
        return text.format(reference=f"`{reference}`")
    translated = [gettext(name) for name in lacking]
    names = gettext(" and ").join(filter(None, [", ".join(translated[:-1]), translated[-1]]))
    text = gettext("I can't do that here. Ask an admin to give me {permissions} in this channel.")
    return text.format(permissions=escape_within(names, 300))
