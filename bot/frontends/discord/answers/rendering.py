"""An answer as embeds: one for each message, links in them are never previewed and mentions never ping."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import discord

from bot.answers.answer import Answer, Column, Kind, Row, Source, Statement
from bot.answers.wording import count, heading, searched, searched_for
from bot.frontends.discord.answers.statements import markers, of_several, prose, quotes, rows_text, source_of
from bot.frontends.discord.shared import sources as source_lines
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, TITLE_LIMIT, escape, escape_within, split
from bot.i18n.translation import gettext, phrase
from bot.latex import readable
from bot.text import shorten

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
class PartialAnswer:
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
    embeds[-1].set_footer(
        text=f"{footer} · {gettext('reused from an earlier, identical question')}" if answer.cached else footer
    )
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


_STOPPED = phrase("Cancelled by the user who asked. Everything above was checked.")
_STOPPED_EMPTY = phrase("Cancelled by the user who asked, before anything was written.")
_BROKEN_OFF = phrase("I'm restarting. Everything above was checked; ask again in a minute for the rest.")
_BROKEN_OFF_EMPTY = phrase("I'm restarting. Ask again in a minute.")


def waiting_embed(partial: PartialAnswer, place: int) -> discord.Embed:
    """Return an answer that waits at a place, from 1, in the queue."""
    said = gettext("There are a lot of questions right now. This one is number {place} in the queue.")
    text = said.format(place=place)
    return embed_of(gettext("Waiting…"), title_of(partial.question, ()), text, discord.Colour.light_grey())


def reading_embed(partial: PartialAnswer) -> discord.Embed:
    """Return an answer that a model is at work on and of which nothing is written."""
    text = gettext("{abstracts} found.").format(abstracts=count(len(partial.sources), "abstract"))
    return embed_of(gettext("Reading…"), title_of(partial.question, partial.columns), text, discord.Colour.blurple())


def writing_embed(partial: PartialAnswer) -> discord.Embed:
    """Return an answer that is still being written; of a long one its end."""
    text = split(f"{_body(partial)} …", DESCRIPTION_LIMIT)[-1]
    return embed_of(gettext("Writing…"), title_of(partial.question, partial.columns), text, discord.Colour.blurple())


def stopped_embeds(partial: PartialAnswer, *, interrupted: bool = False) -> list[discord.Embed]:
    """Return what was checked before an answer was stopped, with what it cites, over as many messages as it needs.

    It was stopped by its asker or, when it was `broken_off`, by the bot's own end.
    """
    why, why_empty = (_BROKEN_OFF, _BROKEN_OFF_EMPTY) if interrupted else (_STOPPED, _STOPPED_EMPTY)
    body = _body(partial)
    cells = [cell for row in partial.rows for cell in row.cells]
    cited = {number for group in (partial.statements, *cells) for statement in group for number in statement.citations}
    lines = source_list([source for source in partial.sources if source.number in cited])
    parts = [why_empty.localized()]
    if body:
        cited_ones = [f"**{gettext('Sources')}**", *lines] if lines else []
        parts = [body, f"-# {why.localized()}", "\n".join(cited_ones)]
    pieces = split("\n\n".join(part for part in parts if part), DESCRIPTION_LIMIT)
    title = title_of(partial.question, partial.columns)
    heading = gettext("Interrupted") if interrupted else gettext("Cancelled")
    embeds = [embed_of(heading, title, piece, discord.Colour.light_grey()) for piece in pieces]
    for embed in embeds[1:]:
        embed.title = None
    return embeds


def _body(partial: PartialAnswer) -> str:
    parts = (prose(partial.statements), rows_text(partial.columns, partial.rows, partial.sources))
    return "\n\n".join(part for part in parts if part)
