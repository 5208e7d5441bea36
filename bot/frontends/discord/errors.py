"""The one ladder for errors: a sentence for the user, the details in the log under a reference."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence

import discord
from discord import app_commands

from bot.errors import HouseRefusal, PaperbotError, StoreError
from bot.frontends.discord.permissions import missing_for
from bot.frontends.discord.rendering.markdown import escape, escape_within
from bot.frontends.discord.rendering.refusals import refusal_sentence
from bot.frontends.discord.speaking import locale_for
from bot.frontends.discord.usage_errors import usage_sentence
from bot.translation import gettext, speaking

log = logging.getLogger(__name__)

_CANNOT_SEND_EMPTY = 50006  # what is left of an embed where links may not be embedded


def sentence_for(error: BaseException, *, lacking: Sequence[str] = ()) -> str:
    """Return what the user is told. What isn't meant for users is logged under a short reference.

    `lacking` names the permissions that the bot lacks where the error came up.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, app_commands.TransformerError) and isinstance(error.__cause__, PaperbotError):
        error = error.__cause__
    if isinstance(error, HouseRefusal):
        return refusal_sentence(error)
    if isinstance(error, StoreError) and "path" in error.facts:  # which says where on the operator's disk
        reference = secrets.token_hex(3)
        log.error("reference %s: %s", reference, error)
        return gettext(
            "My store of papers and answers fails just now. Try again in a few minutes; if it stays, tell an admin: "
            "`{reference}`."
        ).format(reference=reference)
    if isinstance(error, PaperbotError):
        return escape(error.told())
    if isinstance(error, app_commands.AppCommandError) and (sentence := usage_sentence(error)):
        return sentence
    reference = secrets.token_hex(3)
    if _forbidden(error):
        log.warning("reference %s: %s; missing here: %s", reference, error, ", ".join(lacking) or "nothing known")
        return _not_allowed(lacking, reference)
    log.error("reference %s", reference, exc_info=error)
    said = gettext(
        "Something went wrong, and it was not your question. Try again; if it stays, tell an admin: {reference}."
    )
    return said.format(reference=f"`{reference}`")


async def tell(error: BaseException, interaction: discord.Interaction) -> None:
    """Answer an interaction whose command failed, by whichever way is still open."""
    with speaking(await locale_for(interaction, private=True)):
        text = sentence_for(error, lacking=missing_for(interaction))
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as failure:
        log.warning("an error could not be told to its user: %s", failure)


async def tell_by(
    error: BaseException, send: Callable[[str], Awaitable[object]], *, lacking: Sequence[str] = ()
) -> None:
    """Answer a plain message whose handling failed; `lacking` as for `sentence_for`."""
    try:
        await send(sentence_for(error, lacking=lacking))
    except discord.HTTPException as failure:
        log.warning("an error could not be told to its user: %s", failure)


def _forbidden(error: BaseException) -> bool:
    return isinstance(error, discord.Forbidden) or (
        isinstance(error, discord.HTTPException) and error.code == _CANNOT_SEND_EMPTY
    )


def _not_allowed(lacking: Sequence[str], reference: str) -> str:
    if not lacking:
        said = gettext(
            "Discord does not let me do that here, though I have the permissions that I know of. The thread may be "
            "locked, or the channel private; ask an admin, who finds more in the log: {reference}."
        )
        return said.format(reference=f"`{reference}`")
    told_names = [gettext(name) for name in lacking]
    names = gettext(" and ").join(filter(None, [", ".join(told_names[:-1]), told_names[-1]]))
    said = gettext("I may not do that here. Please ask an admin to give me {permissions} in this channel.")
    return said.format(permissions=escape_within(names, 300))
