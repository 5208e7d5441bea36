"""In which language the bot answers in Discord: the reader's in private, the server's in public.

The server's is the one that its admins fixed with /setup, else the one that it has in Discord.
"""

import logging
from typing import Any

import discord
from discord import app_commands

from bot.app import App
from bot.assistant.house.languages import AUTO
from bot.errors import StoreError
from bot.frontends.discord.buttons.holder import app_of
from bot.translation import speak

log = logging.getLogger(__name__)

PRIVATE_OPTION = "private"
PUBLIC = "public"
"""In the `extras` of a command: it answers in public though it has no option `private`."""


async def locale_for(interaction: discord.Interaction[Any], *, private: bool) -> str:
    """Return the language of an answer to an interaction; `private` when who caused it alone sees it."""
    if private or interaction.guild_id is None:
        return str(interaction.locale)
    fixed = await _fixed(interaction.guild_id, app_of(interaction))
    return fixed or str(interaction.guild_locale or interaction.locale)


async def locale_for_guild(guild: discord.Guild | None, *, app: App) -> str:
    """Return the language of what is said in a server to all; English where it is not known."""
    if guild is None:
        return str(discord.Locale.british_english)
    return await _fixed(guild.id, app) or str(guild.preferred_locale)


async def locale_for_message(message: discord.Message, *, app: App) -> str:
    """Return the language of a reply. Discord doesn't tell the language of who wrote in private."""
    return await locale_for_guild(message.guild, app=app)


async def _fixed(guild_id: int, app: App) -> str | None:
    """Return the language that a server's admins fixed; None where they did not, and when the store fails."""
    try:
        rules = await app.house.rules(str(guild_id))
    except StoreError as error:
        log.warning("the language of a server could not be read: %s", error)
        return None
    return None if rules.interface_language == AUTO else rules.interface_language


async def speak_for_command(interaction: discord.Interaction[Any]) -> None:
    """Speak the language of a command's answer: a command with the option `private` answers in public without it."""
    await _speak(interaction, private=not _in_public(interaction))


def _in_public(interaction: discord.Interaction[Any]) -> bool:
    if interaction.type is discord.InteractionType.autocomplete:
        return False
    command = interaction.command
    if isinstance(command, app_commands.Command) and command.get_parameter(PRIVATE_OPTION) is not None:
        return not getattr(interaction.namespace, PRIVATE_OPTION, False)
    return command is not None and bool(command.extras.get(PUBLIC))


class SpeaksToReader:
    """What members press and fill in: it speaks the language of who did it, as they alone see what comes.

    With `in_public` the message with the button is changed or answered: in public it speaks the server's language.
    """

    in_public = False

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Set the language, which discord.py leaves time for here; allow everything."""
        seen_by_one = interaction.message is not None and interaction.message.flags.ephemeral
        await _speak(interaction, private=seen_by_one or not self.in_public)
        return True


async def _speak(interaction: discord.Interaction[Any], *, private: bool) -> None:
    speak(await locale_for(interaction, private=private))
