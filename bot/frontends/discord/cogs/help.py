"""/help: what the bot can and can't do, and every command with a line."""

from collections.abc import Iterable, Sequence

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.rendering.help import CommandLine, help_embeds
from bot.frontends.discord.rendering.rules import told_rules
from bot.frontends.discord.translator import command_words
from bot.translation import gettext


class HelpCog(commands.Cog):
    """Help. The commands are those that the client has, so that none is forgotten."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app

    @app_commands.command(description="What I can and can't do, and every command.")
    async def help(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Show it to who asks alone."""
        guild = str(interaction.guild_id) if interaction.guild_id is not None else None
        rules = await self._app.house.rules(guild)
        first, *others = help_of(self._client, rules=[*told_rules(rules)] if guild else ())
        await interaction.response.send_message(embed=first, ephemeral=True)
        for embed in others:
            await interaction.followup.send(embed=embed, ephemeral=True)


def help_of(client: commands.Bot, *, rules: Sequence[str] = ()) -> list[discord.Embed]:
    """Return the help for what a client offers, with the `rules` of the server, each a sentence."""
    known = [command for command in client.tree.walk_commands() if isinstance(command, app_commands.Command)]
    menus = client.tree.get_commands(type=discord.AppCommandType.message)
    return help_embeds(
        _lines(command for command in known if not _restricted(command)),
        sorted(command_words(menu.name, Location.command_name) for menu in menus),
        _lines(command for command in known if _restricted(command)),
        rules=rules,
    )


def _lines(known: Iterable[app_commands.Command[commands.Cog, ..., None]]) -> Sequence[CommandLine]:
    return sorted(
        (CommandLine(_name(command), gettext(command.description)) for command in known), key=lambda line: line.name
    )


def _name(command: app_commands.Command[commands.Cog, ..., None]) -> str:
    """Return what a reader types, in their language, the names of groups before it."""
    return " ".join(command_words(part, Location.command_name) for part in command.qualified_name.split())


def _restricted(command: app_commands.Command[commands.Cog, ..., None]) -> bool:
    """Return whether Discord shows a command to some members only, such as those who manage the server."""
    return (command.root_parent or command).default_permissions is not None
