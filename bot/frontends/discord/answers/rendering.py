"""An answer as embeds, one for each message, and the evidence for it. In embeds no link is previewed, nobody pinged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

import discord

from bot.answers.answer import Answer, Column, Evidence, Kind, Row, Source, Statement, Task, closes
from bot.answers.comparisons import CODE_IS_PUBLIC
from bot.answers.topic_summary import IN_SHORT
from bot.answers.wording import NOT_STATED, count, heading, row_label, searched, searched_for, without_stop
from bot.frontends.discord.shared import sources as source_lines
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, TITLE_LIMIT, escape, escape_within, split
from bot.i18n.translation import gettext, phrase
from bot.latex import readable
from bot.text import one_line, shorten

_SIDE_LIMIT = 45  # five of them fit a title

# The heading says the same in words: nothing depends on colour alone.
COLOURS = {
    Kind.ANSWER: discord.Colour.green(),
    Kind.EXTRACTS: discord.Colour.gold(),
    Kind.PAPERS: discord.Colour.blurple(),
    Kind.CLOSEST: discord.Colour.light_grey(),
    Kind.NOTHING: discord.Colour.light_grey(),
}


_VERBATIM = frozenset({Kind.EXTRACTS, Kind.CLOSEST})
"""Whose sentences are no model's, but abstracts' own."""


@dataclass(slots=True)
class PartialAnswer:
    """What has passed the checks so far."""

    question: str = ""
    sources: Sequence[Source] = ()
    columns: Sequence[Column] = ()
    rows: list[Row] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


def answer_embeds(answer: Answer) -> list[discord.Embed]:
    """Return a finished answer, over as many messages as it needs; the last one contains what was searched."""
    if answer.task is Task.TALK:
        return [discord.Embed(description=escape(answer.notice or ""), colour=discord.Colour.blurple())]
    wording = searched_for(answer.wording)
    said = quotes(answer.statements) if answer.kind in _VERBATIM else prose(answer.statements)
    body = _in_order(said, rows_text(answer.columns, answer.rows, answer.sources), answer.columns)
    # Of the closest papers it says what their sentences don't answer.
    noticed = [_notice(answer), *body] if answer.kind is Kind.CLOSEST else [*body, _notice(answer)]
    parts = [
        f"-# {escape(wording)}" if wording else "",
        *noticed,
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
    """Return an embed whose heading names the kind of answer."""
    embed = discord.Embed(title=escape_within(readable(title), TITLE_LIMIT), description=text, colour=colour)
    return embed.set_author(name=heading)


def source_list(sources: Sequence[Source]) -> list[str]:
    """Return numbered papers with their links and facts."""
    return [
        f"{markers([source.number])} {source_lines.title(source.paper)}\n-# {source_lines.details(source.paper)}"
        for source in sources
    ]


def _notice(answer: Answer) -> str:
    """Return an answer's notice, in small print; in full size where there is no answer, or where it is one itself."""
    notice = escape(answer.notice or "")
    return f"-# {notice}" if notice and answer.kind not in {Kind.NOTHING, Kind.PAPERS} else notice


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
    text = gettext("There are a lot of questions right now. This one is number {place} in the queue.")
    text = text.format(place=place)
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

    It was stopped by its user or, when it was `interrupted`, because the bot stops.
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
    rows = rows_text(partial.columns, partial.rows, partial.sources)
    return "\n\n".join(filter(None, _in_order(prose(partial.statements), rows, partial.columns)))


def _in_order(said: str, rows: str, columns: Sequence[Column]) -> tuple[str, str]:
    return (rows, said) if closes(columns) else (said, rows)


def prose(statements: Sequence[Statement]) -> str:
    """Return sentences one after the other, each with what leads it."""
    return "".join(f"{statement.lead}{_with_citations(statement)}" for statement in statements).strip()


def quotes(statements: Sequence[Statement]) -> str:
    """Return verbatim sentences, each as a quotation of its own."""
    return "\n\n".join(f"> {quoted(statement)}" for statement in statements)


def quoted(statement: Statement) -> str:
    """Return a verbatim sentence in quotation marks, with its citations after them."""
    return f"“{escape(readable(statement.text))}” {markers(statement.citations)}".rstrip()


def markers(numbers: Sequence[int]) -> str:
    """Return citations as in [1][3]."""
    return "".join(f"[{number}]" for number in numbers)


def _with_citations(statement: Statement) -> str:
    own = CODE_IS_PUBLIC.localized() if statement.text == CODE_IS_PUBLIC else statement.text
    text, stop = without_stop(readable(own))
    cited = markers(statement.closing)
    return f"{escape(text)} {cited}{stop}" if cited else escape(f"{text}{stop}")


def rows_text(columns: Sequence[Column], rows: Sequence[Row], sources: Sequence[Source] = ()) -> str:
    """Return a comparison (several columns), a line for each paper (a column of several), or one paper's summary.

    A sentence without evidence of its own is its source's, word for word, and is put in quotation marks.
    """
    if not rows or not columns:
        return ""
    if len(columns) > 1:
        return "\n\n".join([_legend(columns), *(_comparison_lines(row) for row in rows)])
    if of_several(columns):
        return "\n\n".join(_of_paper(row, sources) for row in rows)
    return "\n\n".join(filter(None, map(_aspect, rows)))


def of_several(columns: Sequence[Column]) -> bool:
    """Return whether each row is about a paper of its own."""
    return len(columns) == 1 and len(columns[0].numbers) > 1


def source_of(row: Row, sources: Sequence[Source]) -> Source | None:
    """Return the paper that a row of a summary of several is about: the one cited, or one with this title."""
    cited = {number for cell in row.cells for statement in cell for number in statement.citations}
    by_number = next((source for source in sources if source.number in cited), None)
    return by_number or next((source for source in sources if source.paper.title == row.label), None)


def _legend(columns: Sequence[Column]) -> str:
    lines = (
        f"**{letter}** · {escape(readable(column.name))} {markers(column.numbers)}"
        for letter, column in zip(ascii_uppercase, columns, strict=False)
    )
    return "\n".join(line.rstrip() for line in lines)


def _comparison_lines(row: Row) -> str:
    """Return a heading, a line for each side, and one for all sides for which the row is empty."""
    lines = [
        f"**{letter}** · {_cell_text(cell)}" for letter, cell in zip(ascii_uppercase, row.cells, strict=False) if cell
    ]
    silent = [letter for letter, cell in zip(ascii_uppercase, row.cells, strict=False) if not cell]
    if silent:
        lines.append(f"**{', '.join(silent)}** · {_empty()}")
    return "\n".join([f"**{escape(readable(row_label(row.label)))}**", *lines])


def _of_paper(row: Row, sources: Sequence[Source]) -> str:
    source = source_of(row, sources)
    text = " ".join(_cell_text(cell) for cell in row.cells if cell)
    if source is None:
        return f"**{escape(readable(row_label(row.label)))}**\n{text}".rstrip()
    head = f"{markers([source.number])} {source_lines.title(source.paper)}"
    return "\n".join(filter(None, [head, text, f"-# {source_lines.details(source.paper)}"]))


def _aspect(row: Row) -> str:
    text = " ".join(_cell_text(cell) for cell in row.cells if cell)
    if not text and row.label == IN_SHORT:  # no abstract "states" it: there is just none
        return ""
    return f"**{escape(readable(row_label(row.label)))}** {text or _empty()}"


def _empty() -> str:
    return f"*{NOT_STATED.localized()}*"


def _cell_text(cell: Sequence[Statement]) -> str:
    return " ".join(prose([statement]) if statement.evidence else quoted(statement) for statement in cell)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A statement and the heading of its place in a table; prose has none."""

    statement: Statement
    place: str = ""


def has_evidence(answer: Answer) -> bool:
    """Return whether an answer says anything in other words than its sources, so that these can be shown."""
    if answer.kind is Kind.EXTRACTS:
        return False
    cells = (cell for row in answer.rows for cell in row.cells)
    return any(statement.evidence for group in (answer.statements, *cells) for statement in group)


def evidence_embeds(answer: Answer) -> list[discord.Embed]:
    """Return the evidence as embeds, one for each message."""
    sources = {source.number: source for source in answer.sources}
    head = gettext("What the answer says, with its sources quoted word for word below.")
    parts = [f"-# {head}", *(_part(each, sources) for each in _statements(answer))]
    embeds = [
        discord.Embed(description=piece, colour=discord.Colour.blurple())
        for piece in split("\n\n".join(parts), DESCRIPTION_LIMIT)
    ]
    embeds[0].title = gettext("Evidence")
    return embeds


def _statements(answer: Answer) -> Iterator[_Placed]:
    """Yield what an answer says with a citation, in the order in which it is shown, each once."""
    prosaic = [_Placed(statement) for statement in answer.statements]
    placed = [] if closes(answer.columns) else list(prosaic)
    names = [f" · {escape(readable(column.name))}" for column in answer.columns] if len(answer.columns) > 1 else [""]
    for row in answer.rows:
        label = "" if of_several(answer.columns) else f"**{escape(readable(row_label(row.label)))}**"
        for name, cell in zip(names, row.cells, strict=False):
            placed += [_Placed(statement, f"{label}{name}\n" if label else "") for statement in cell]
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for each in [*placed, *prosaic]:
        identity = each.statement.text, each.statement.citations
        if each.statement.citations and identity not in seen:
            seen.add(identity)
            yield each


def _part(placed: _Placed, sources: dict[int, Source]) -> str:
    statement = placed.statement
    if not statement.evidence:
        note = gettext("appears word for word in the answer")
        own = [Evidence(number, statement.text) for number in statement.citations]
        lines = [_quotation(evidence, sources, note=f" · {note}") for evidence in own]
        return placed.place + "\n".join(lines)
    lines = [_quotation(evidence, sources) for evidence in statement.evidence]
    return f"{placed.place}{prose([statement])}\n" + "\n".join(lines)


def _quotation(evidence: Evidence, sources: dict[int, Source], *, note: str = "") -> str:
    source = sources.get(evidence.number)
    text = one_line(evidence.sentence)
    # What the store knows beside the text, such as a date, is in the store's own words.
    verbatim = source is None or text in one_line(source.paper.abstract) or text == one_line(source.paper.title)
    shown = f"“{escape(readable(text))}”" if verbatim else escape(readable(text))
    return (
        f"> {shown}\n-# [{evidence.number}] {source_lines.cited_title(source.paper) if source else ''}{note}".rstrip()
    )
