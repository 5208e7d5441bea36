"""In which language the bot answers in Discord: the reader's in private, the server's in public."""

from typing import Any

import discord
from discord import app_commands

from bot.translation import speak

PRIVATE_OPTION = "private"
PUBLIC = "public"
"""In the `extras` of a command: it answers in public though it has no option `private`."""


async def locale_for(interaction: discord.Interaction[Any], *, private: bool) -> str:
    """Return the language of an answer to an interaction; `private` when who caused it alone sees it."""
    public = None if private else interaction.guild_locale
    return str(public or interaction.locale)


async def locale_for_guild(guild: discord.Guild | None) -> str:
    """Return the language of what is said in a server to all; English where it is not known."""
    return str(guild.preferred_locale if guild else discord.Locale.british_english)


async def locale_for_message(message: discord.Message) -> str:
    """Return the language of a reply. Discord doesn't tell the language of who wrote in private."""
    return await locale_for_guild(message.guild)


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
