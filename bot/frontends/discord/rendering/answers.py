"""An answer as embeds: one for each message, links in them are never previewed and mentions never ping."""

from collections.abc import Sequence

import discord

from bot.assistant.answer import Answer, Kind, Statement
from bot.frontends.discord.rendering import sources as source_lines
from bot.frontends.discord.rendering.markdown import escape, escape_within
from bot.frontends.discord.rendering.splitting import split
from bot.frontends.wording import HEADINGS, searched, searched_for, without_stop

DESCRIPTION_LIMIT = 4096
TITLE_LIMIT = 256

# The heading says the same in words: nothing depends on colour alone.
COLOURS = {
    Kind.ANSWER: discord.Colour.green(),
    Kind.EXTRACTS: discord.Colour.gold(),
    Kind.PAPERS: discord.Colour.blurple(),
    Kind.CLOSEST: discord.Colour.light_grey(),
    Kind.NOTHING: discord.Colour.light_grey(),
}

_SOURCES_HEADINGS = {Kind.CLOSEST: ["**Closest papers**"], Kind.PAPERS: []}


def writing_embed(question: str, statements: Sequence[Statement]) -> discord.Embed:
    """Return an answer that is still being written."""
    text = split(f"{_prose(statements)} …", DESCRIPTION_LIMIT)[-1]
    return _embed("Writing …", question, text, discord.Colour.blurple())


def answer_embeds(answer: Answer) -> list[discord.Embed]:
    """Return a finished answer, over as many messages as it needs; the last one tells what was searched."""
    body = _quotes(answer) if answer.kind is Kind.EXTRACTS else _prose(answer.statements)
    wording = searched_for(answer.wording)
    parts = [
        f"-# {escape(wording)}" if wording else "",
        body,
        f"-# {escape(answer.notice)}" if answer.notice else "",
        _sources(answer),
    ]
    pieces = split("\n\n".join(part for part in parts if part), DESCRIPTION_LIMIT)
    embeds = [_embed(HEADINGS[answer.kind], answer.question, piece, COLOURS[answer.kind]) for piece in pieces]
    for embed in embeds[1:]:
        embed.title = None
    embeds[-1].set_footer(text=searched(answer))
    return embeds


def _embed(heading: str, question: str, text: str, colour: discord.Colour) -> discord.Embed:
    embed = discord.Embed(title=escape_within(question, TITLE_LIMIT), description=text, colour=colour)
    return embed.set_author(name=heading)


def _prose(statements: Sequence[Statement]) -> str:
    return "".join(f"{s.lead}{_cited(s)}" for s in statements).strip()


def _cited(statement: Statement) -> str:
    text, stop = without_stop(statement.text)
    return f"{escape(text)} {_markers(statement)}{stop}"


def _quotes(answer: Answer) -> str:
    return "\n".join(f"> “{escape(s.text)}” {_markers(s)}" for s in answer.statements)


def _markers(statement: Statement) -> str:
    return "".join(f"[{number}]" for number in statement.citations)


def _sources(answer: Answer) -> str:
    if not answer.sources:
        return ""
    lines = [
        f"[{source.number}] {source_lines.title(source.paper)}\n-# {source_lines.details(source.paper)}"
        for source in answer.sources
    ]
    return "\n".join([*_SOURCES_HEADINGS.get(answer.kind, ["**Sources**"]), *lines])
