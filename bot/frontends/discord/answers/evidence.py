"""What an answer says, sentence by sentence, each with the sentence of an abstract that supports it."""

from collections.abc import Iterator
from dataclasses import dataclass

import discord

from bot.answers.answer import Answer, Evidence, Kind, Source, Statement
from bot.answers.wording import row_label
from bot.frontends.discord.answers.statements import of_several, prose
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, escape, split
from bot.frontends.discord.shared.sources import cited_title
from bot.i18n.translation import gettext
from bot.latex import readable
from bot.text import one_line


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement and the place in which it stands; prose has no place."""

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
    parts = [f"-# {head}", *(_part(said, sources) for said in _statements(answer))]
    embeds = [
        discord.Embed(description=piece, colour=discord.Colour.blurple())
        for piece in split("\n\n".join(parts), DESCRIPTION_LIMIT)
    ]
    embeds[0].title = gettext("Evidence")
    return embeds


def _statements(answer: Answer) -> Iterator[_Said]:
    """Yield what an answer says with a citation, in the order in which it is shown, each once."""
    said = [_Said(statement) for statement in answer.statements]
    names = [f" · {escape(readable(column.name))}" for column in answer.columns] if len(answer.columns) > 1 else [""]
    for row in answer.rows:
        label = "" if of_several(answer.columns) else f"**{escape(readable(row_label(row.label)))}**"
        for name, cell in zip(names, row.cells, strict=False):
            said += [_Said(statement, f"{label}{name}\n" if label else "") for statement in cell]
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for each in said:
        identity = each.statement.text, each.statement.citations
        if each.statement.citations and identity not in seen:
            seen.add(identity)
            yield each


def _part(said: _Said, sources: dict[int, Source]) -> str:
    statement = said.statement
    if not statement.evidence:
        said_above = gettext("appears word for word in the answer")
        own = [Evidence(number, statement.text) for number in statement.citations]
        lines = [_quotation(evidence, sources, note=f" · {said_above}") for evidence in own]
        return said.place + "\n".join(lines)
    lines = [_quotation(evidence, sources) for evidence in statement.evidence]
    return f"{said.place}{prose([statement])}\n" + "\n".join(lines)


def _quotation(evidence: Evidence, sources: dict[int, Source], *, note: str = "") -> str:
    source = sources.get(evidence.number)
    text = one_line(evidence.sentence)
    # What the store knows beside the text, such as a day, is told in its own words.
    verbatim = source is None or text in one_line(source.paper.abstract) or text == one_line(source.paper.title)
    shown = f"“{escape(readable(text))}”" if verbatim else escape(readable(text))
    return f"> {shown}\n-# [{evidence.number}] {cited_title(source.paper) if source else ''}{note}".rstrip()
