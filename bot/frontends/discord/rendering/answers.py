"""An answer as embeds: one for each message, links in them are never previewed and mentions never ping."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import discord

from bot.assistant.answer import Answer, Column, Kind, Row, Source, Statement
from bot.frontends.discord.rendering import sources as source_lines
from bot.frontends.discord.rendering.markdown import escape, escape_within
from bot.frontends.discord.rendering.rows import of_several, rows_text, source_of
from bot.frontends.discord.rendering.splitting import split
from bot.frontends.discord.rendering.statements import markers, prose, quotes
from bot.frontends.latex import readable
from bot.frontends.wording import heading, searched, searched_for
from bot.text import shorten
from bot.translation import gettext

DESCRIPTION_LIMIT = 4096
TITLE_LIMIT = 256
_SIDE_LIMIT = 45  # five of them fit a title

# The heading says the same in words: nothing depends on colour alone.
COLOURS = {
    Kind.ANSWER: discord.Colour.green(),
    Kind.EXTRACTS: discord.Colour.gold(),
    Kind.PAPERS: discord.Colour.blurple(),
    Kind.CLOSEST: discord.Colour.light_grey(),
    Kind.NOTHING: discord.Colour.light_grey(),
}


@dataclass(slots=True)
class Draft:
    """What has passed the checks so far."""

    question: str = ""
    sources: Sequence[Source] = ()
    columns: Sequence[Column] = ()
    rows: list[Row] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


def answer_embeds(answer: Answer) -> list[discord.Embed]:
    """Return a finished answer, over as many messages as it needs; the last one tells what was searched."""
    wording = searched_for(answer.wording)
    parts = [
        f"-# {escape(wording)}" if wording else "",
        quotes(answer.statements) if answer.kind is Kind.EXTRACTS else prose(answer.statements),
        rows_text(answer.columns, answer.rows, answer.sources),
        _notice(answer),
        _sources(answer),
    ]
    pieces = split("\n\n".join(part for part in parts if part), DESCRIPTION_LIMIT)
    title = title_of(answer.question, answer.columns)
    embeds = [embed_of(heading(answer), title, piece, COLOURS[answer.kind]) for piece in pieces]
    for embed in embeds[1:]:
        embed.title = None
    footer = searched(answer)
    embeds[-1].set_footer(text=f"{footer} · {gettext('kept from an equal question')}" if answer.cached else footer)
    return embeds


def title_of(question: str, columns: Sequence[Column]) -> str:
    """Return the question, the sides of a comparison, or the whole title of the one paper that is summarised."""
    if len(columns) > 1:
        return " vs. ".join(shorten(column.name, _SIDE_LIMIT) for column in columns)
    return (columns[0].name if columns else "") or question


def embed_of(heading: str, title: str, text: str, colour: discord.Colour) -> discord.Embed:
    """Return an embed with the heading that tells what it is."""
    embed = discord.Embed(title=escape_within(readable(title), TITLE_LIMIT), description=text, colour=colour)
    return embed.set_author(name=heading)


def source_list(sources: Sequence[Source]) -> list[str]:
    """Return numbered papers with their links and facts."""
    return [
        f"{markers([source.number])} {source_lines.title(source.paper)}\n-# {source_lines.details(source.paper)}"
        for source in sources
    ]


def _notice(answer: Answer) -> str:
    """Return what is to be said beside an answer, in small print; without one it is what is read."""
    notice = escape(answer.notice or "")
    return f"-# {notice}" if notice and answer.kind is not Kind.NOTHING else notice


def _sources(answer: Answer) -> str:
    """Return the papers with their links, but for those that a summary's rows show with them already."""
    shown = [source_of(row, answer.sources) for row in answer.rows] if of_several(answer.columns) else []
    lines = source_list([source for source in answer.sources if source not in shown])
    if not lines or answer.kind is Kind.PAPERS:
        return "\n".join(lines)
    name = gettext("Closest papers") if answer.kind is Kind.CLOSEST else gettext("Sources")
    return "\n".join([f"**{name}**", *lines])
