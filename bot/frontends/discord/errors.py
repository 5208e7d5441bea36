"""The one ladder for errors: a sentence for the user, the details in the log under a reference."""

import logging
import secrets
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands

from bot.errors import PaperbotError
from bot.frontends.discord.rendering.markdown import escape

log = logging.getLogger(__name__)


def sentence_for(error: BaseException) -> str:
    """Return what the user is told. What isn't meant for users is logged under a short reference."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, PaperbotError):
        return escape(str(error))
    if isinstance(error, discord.Forbidden):
        return (
            "I may not do that here. Please ask an admin to give me View Channel, Send Messages, Embed Links and Read "
            "Message History in this channel."
        )
    reference = secrets.token_hex(3)
    log.error("reference %s", reference, exc_info=error)
    return f"Something went wrong, and it was not your question. Try again; if it stays, tell an admin: `{reference}`."


async def tell(error: BaseException, interaction: discord.Interaction) -> None:
    """Answer an interaction whose command failed, by whichever way is still open."""
    text = sentence_for(error)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as failure:
        log.warning("an error could not be told to its user: %s", failure)


async def tell_by(error: BaseException, send: Callable[[str], Awaitable[object]]) -> None:
    """Answer a plain message whose handling failed."""
    try:
        await send(sentence_for(error))
    except discord.HTTPException as failure:
        log.warning("an error could not be told to its user: %s", failure)
