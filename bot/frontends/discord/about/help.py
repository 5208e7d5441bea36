"""/help: what the bot can and can't do, and every command with a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.shared.guild_rules import told_rules
from bot.frontends.discord.shared.interactions import AppClient
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, split
from bot.frontends.discord.shared.translator import command_words
from bot.i18n.translation import gettext, phrase

_CAN = phrase(
    "I answer questions about research papers, and summarise, compare and explain them. I've read **only their "
    "abstracts**, never the full papers: what an abstract doesn't say, I don't know."
)
_CONVERSATIONS = (
    phrase(
        "Instead of using a command, you can mention me or send me a direct message: “summarise …”, “compare A "
        "and B”, “explain …”, “save …” and “follow …” do what the commands do."
    ),
    phrase(
        "Reply to an answer to continue its conversation: “and what about its training cost?” Leave the "
        "reply's ping on, or Discord won't let me read it. In threads and direct messages, I know what you "
        "last asked there."
    ),
    phrase("Each member has their own conversations."),
)
_CHECKS = (
    phrase(
        "Code checks every sentence that a model writes: it cites a source, its figures and names appear "
        "there, and its quotations are verbatim. Sentences that fail aren't shown; if too little is left, you "
        "get **extracts**, word for word."
    ),
    phrase(
        "The checks don't catch a reversed negation or two swapped names. **Evidence**, below an answer, shows "
        "the sentences it's based on: read them before you rely on it."
    ),
    phrase("Titles and links come from my store, never from the model."),
)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command as it is listed: `/ask`, and what it does."""

    name: str
    description: str


def help_embeds(
    commands: Sequence[CommandLine],
    menus: Sequence[str],
    admins: Sequence[CommandLine],
    *,
    rules: Sequence[str] = (),
) -> list[discord.Embed]:
    """Return the help, one embed for each message. `menus` are the names under Apps in a message's menu."""
    parts = [
        _CAN.localized(),
        _section(gettext("On this server"), rules),
        _section(gettext("Commands"), [_line(command) for command in commands]),
        _section(gettext("In a message's menu, under Apps"), [f"**{name}**" for name in menus]),
        _section(gettext("For admins"), [_line(command) for command in admins]),
        _section(gettext("Conversations"), [line.localized() for line in _CONVERSATIONS]),
        _section(gettext("What is checked"), [line.localized() for line in _CHECKS]),
    ]
    text = "\n\n".join(part for part in parts if part)
    embeds = [
        discord.Embed(description=piece, colour=discord.Colour.blurple()) for piece in split(text, DESCRIPTION_LIMIT)
    ]
    embeds[0].title = gettext("Help")
    return embeds


def _section(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([f"**{heading}**", *(f"- {line}" for line in lines)]) if lines else ""


def _line(command: CommandLine) -> str:
    return f"`/{command.name}` {command.description}"


class HelpCog(commands.Cog):
    """Help. The commands are those that the client has, so that none is forgotten."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app

    @app_commands.command(description="What I can and can't do, and every command.")
    async def help(self, interaction: discord.Interaction) -> None:
        """Show the help to the user alone."""
        guild = str(interaction.guild_id) if interaction.guild_id is not None else None
        rules = await self._app.guild_settings.rules(guild)
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


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(HelpCog(client=client, app=client.app))
