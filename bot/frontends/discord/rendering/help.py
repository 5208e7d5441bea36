"""What the bot can and can't do, as embeds."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.frontends.discord.rendering.answers import DESCRIPTION_LIMIT
from bot.frontends.discord.rendering.splitting import split
from bot.translation import gettext, phrase

_CAN = phrase(
    "I answer questions about research papers, and summarise, compare and explain them. I have read their **abstracts "
    "only**, never the papers: what an abstract doesn't say, I don't know."
)
_CONVERSATIONS = (
    phrase(
        "Mention me, or write to me in private, instead of using a command: “summarise …”, “compare A and B” and "
        "“explain …” do what the commands do."
    ),
    phrase(
        "Reply to an answer to go on with its conversation: “and what about its training cost?” Leave the reply's ping "
        "on, or Discord doesn't let me read it. In a thread and in private I know what you asked there last."
    ),
    phrase("Each member has conversations of their own."),
)
_CHECKS = (
    phrase(
        "Code checks every sentence that a model writes: it cites a source, its figures and names stand there, its "
        "quotations are verbatim. What fails isn't shown; when too little is left, you get **extracts**, word for word."
    ),
    phrase(
        "The checks don't see a negation that was turned around, or two names exchanged. **Evidence**, below an "
        "answer, shows the sentences that it stands on: read them before you rely on it."
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
        _CAN.told(),
        _section(gettext("On this server"), rules),
        _section(gettext("Commands"), [_line(command) for command in commands]),
        _section(gettext("In a message's menu, under Apps"), [f"**{name}**" for name in menus]),
        _section(gettext("For admins"), [_line(command) for command in admins]),
        _section(gettext("Conversations"), [line.told() for line in _CONVERSATIONS]),
        _section(gettext("What is checked"), [line.told() for line in _CHECKS]),
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
