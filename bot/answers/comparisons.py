"""Comparisons of two to five papers or topics, aspect by aspect."""

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from itertools import chain
from string import ascii_uppercase

from bot.answers.answer import Answer, AnswerDraft, Column, Evidence, Kind, Row, Source, Statement, Task
from bot.answers.events import Done, Event, RowReady, Searching, SentenceReady
from bot.answers.extracts.rows import comparison_rows, row_fit, topic_rows
from bot.answers.generation import AnswerGenerator, WriterFailure, assignment, grounder, mostly_failed
from bot.answers.grounding.source_text import SourceText
from bot.answers.planning.sides import MAX_SIDES, shared_context
from bot.answers.request import RequestContext
from bot.answers.retrieval import is_missing
from bot.answers.subjects import Subject, Subjects
from bot.answers.wording import left_out, none_about, quoted
from bot.answers.writing.closing import ClosingGate
from bot.answers.writing.row_gate import RowGate
from bot.answers.writing.writer import Writer
from bot.errors.requests import SidesWrong
from bot.i18n.translation import phrase, phrases
from bot.models import Paper
from bot.search.query.filters import Filters
from bot.search.ranking.confidence import Confidence
from bot.search.ranking.second_stage import Query
from bot.search.searcher import Searcher
from bot.search.text.tokens import tokenize
from bot.text import one_line, shorten

LABELS = ("Problem", "Method", "Data", "Result", "Cost")
CODE = "Code"
"""The rows of every comparison; the row on code comes from the store."""

CODE_IS_PUBLIC = phrase("The code is public; see the link.")
"""The one sentence of an answer that is no model's and no abstract's."""

MAX_ASPECTS = 4
_SOURCES = 6
_PAPERS_A_SIDE = 3
_RELEVANT_SHARE = 0.6
_NAME_CHARS = 80


class Comparisons:
    """Compares papers and topics; each side is searched by itself, and each cell cites its own side only."""

    def __init__(self, *, searcher: Searcher, subjects: Subjects, generator: AnswerGenerator) -> None:
        self._searcher = searcher
        self._subjects = subjects
        self._generator = generator

    async def compare(
        self, texts: Sequence[str], *, aspects: Sequence[str], setting: str = "", context: RequestContext
    ) -> AsyncGenerator[Event]:
        """Yield what happens, Done last. Raises QuestionError and StoreEmpty before the first event.

        `setting` is what topics are compared for; the last of `texts` may say it for all, as in "B for EEG decoding".
        """
        sides, setting = _with_setting(await self._subjects.resolve(texts), setting)
        _check_sides(sides)
        index = await self._searcher.index()
        question = " ; ".join(_name(side) for side in sides)
        yield Searching(question)
        found = [await self._papers_of(side, setting, context.filters) for side in sides]
        papers = list(dict.fromkeys(paper for papers in found for paper in papers))
        draft = AnswerDraft.of_papers(Task.COMPARISON, question, papers, index, context)
        numbers = {source.paper.key: source.number for source in draft.sources}
        columns = tuple(
            Column(_name(side), tuple(numbers[paper.key] for paper in own))
            for side, own in zip(sides, found, strict=True)
        )
        known = tuple(column for column in columns if column.numbers)
        missing = [column.name for column in columns if not column.numbers]
        draft = replace(draft, columns=known, keywords=(setting,) if setting else ())
        if len(known) < 2:
            said = await asyncio.to_thread(_in_short, draft) if papers else ()
            yield Done(
                draft.answer(Kind.CLOSEST if papers else Kind.NOTHING, statements=said, notice=none_about(missing))
            )
            return
        _check_distinct(known)
        labels = [*LABELS, *_own_aspects(aspects)]
        note = none_about(missing) if missing else None
        async with aclosing(self._written(draft, labels, context, note=note)) as events:
            async for event in events:
                yield event

    async def _papers_of(self, side: Subject, setting: str, filters: Filters) -> list[Paper]:
        """Return the paper that a side names, or those that are about it as well as the best one, at most three.

        Within what the sides are compared for those are meant that have all words of the side; where there are none,
        those that are about the side alone.
        """
        if side.paper is not None:
            return [side.paper]
        result = await self._searcher.search(Query(question=side.text, filters=filters), limit=_SOURCES)
        if setting and not result.named:
            query = Query(question=f"{side.text} {setting}", filters=filters)
            within = await self._searcher.search(query, limit=_SOURCES)
            terms = set(tokenize(side.text))
            hits = tuple(
                hit for hit in within.hits if terms <= set(tokenize(f"{hit.paper.title}\n{hit.paper.abstract}"))
            )
            if within.confidence is Confidence.ANSWER and hits:
                result = replace(within, hits=hits)
        if result.confidence is not Confidence.ANSWER or not result.hits or is_missing(side.text, result):
            return []
        best = max(hit.score for hit in result.hits)
        return [hit.paper for hit in result.hits if hit.score >= _RELEVANT_SHARE * best][:_PAPERS_A_SIDE]

    def _written(
        self, draft: AnswerDraft, labels: Sequence[str], context: RequestContext, *, note: str | None
    ) -> AsyncGenerator[Event]:
        """Return what happens while the rows with these labels are written, Done last."""
        variables = {
            "rows": "; ".join(labels),
            "columns": "; ".join(
                f"{letter} = {column.name}: {' '.join(f'[{number}]' for number in column.numbers)}"
                for letter, column in zip(ascii_uppercase, draft.columns, strict=False)
            ),
            "question": " for ".join(filter(None, (draft.question, *draft.keywords))),
        }
        checks = grounder(draft)
        gate = RowGate(labels, draft.columns, checks)
        whole = ClosingGate(gate, checks)

        async def write(writer: Writer) -> AsyncGenerator[Event]:
            async with aclosing(writer.write(assignment(draft, context, "comparison", variables), whole)) as passed:
                async for item in passed:
                    yield RowReady(item, draft.columns) if isinstance(item, Row) else SentenceReady(item)

        def verbatim() -> tuple[Row, ...]:
            return comparison_rows(draft.columns, draft.sources, labels, draft.index)

        def conclude(failure: WriterFailure | None) -> Answer | None:
            if mostly_failed(gate):
                return None
            rows = _once_each([*gate.filled(verbatim()), _code_row(draft)])
            notice = quoted(rows[:-1], failure) or left_out(gate.failures, read=gate.read_twice)
            answer = draft.answer(Kind.ANSWER, statements=whole.closing, rows=rows, notice=notice)
            return replace(answer, read_twice=whole.read_twice)

        return self._generator.generate(
            draft,
            context,
            prompt="comparison",
            variables=variables,
            write=write,
            conclude=conclude,
            extract=lambda: draft.answer(Kind.EXTRACTS, rows=_once_each([*verbatim(), _code_row(draft)])),
            note=lambda: note,
        )


def _with_setting(sides: Sequence[Subject], setting: str) -> tuple[list[Subject], str]:
    """Return the sides without what all are compared for, and that: only the last one may say it, as in "B for C"."""
    own = [_setting_of(side) for side in sides]
    if setting or not sides or not own[-1] or any(own[:-1]):
        return list(sides), setting
    return [*sides[:-1], replace(sides[-1], text=_FOR.sub("", sides[-1].text).strip())], own[-1]


_FOR = re.compile(r"\s+(?:for|für|pour)\s+(?P<setting>\S.*)$", re.IGNORECASE)


def _setting_of(side: Subject) -> str:
    match = _FOR.search(side.text) if side.paper is None else None
    return shared_context(side.text, [_FOR.sub("", side.text)]) if match else ""


def _in_short(draft: AnswerDraft) -> tuple[Statement, ...]:
    """Return a sentence of each paper, word for word: what is known of the one side that any paper is about."""
    return tuple(chain.from_iterable(cell for row in topic_rows(draft.sources, draft.index) for cell in row.cells))


def _check_sides(sides: Sequence[Subject]) -> None:
    if not 2 <= len(sides) <= MAX_SIDES:
        several = phrases(
            "{number} paper or topic isn't enough to compare.",
            "{number} papers or topics are too many to compare.",
            len(sides),
        )
        raise SidesWrong(reason=several if sides else phrase("No papers or topics were named."))
    names = [side.paper.key if side.paper else side.text.casefold() for side in sides]
    if len(set(names)) < len(names):
        raise SidesWrong(reason=phrase("Two of the items are the same."))


def _check_distinct(columns: Sequence[Column]) -> None:
    """Refuse sides that are named differently and led to the very same papers."""
    if len({column.numbers for column in columns}) < len(columns):
        raise SidesWrong(reason=phrase("Two of the items lead to the same papers."))


def _own_aspects(aspects: Sequence[str]) -> list[str]:
    fixed = {label.casefold() for label in (*LABELS, CODE)}
    cleaned = (shorten(one_line(aspect.replace("|", " ")), _NAME_CHARS) for aspect in aspects)
    own = dict.fromkeys(aspect[:1].upper() + aspect[1:] for aspect in cleaned if aspect.casefold() not in fixed)
    return [aspect for aspect in own if any(char.isalnum() for char in aspect)][:MAX_ASPECTS]


def _name(side: Subject) -> str:
    return shorten((side.paper.title if side.paper else side.text).replace("|", " "), _NAME_CHARS)


def _code_row(draft: AnswerDraft) -> Row:
    """Return what the store knows of code; the links themselves are with the sources."""
    sources = {source.number: source for source in draft.sources}
    [extracted] = comparison_rows(draft.columns, draft.sources, [CODE], draft.index)
    cells: list[tuple[Statement, ...]] = []
    for column, cell in zip(draft.columns, extracted.cells, strict=True):
        linked = [sources[number] for number in column.numbers if sources[number].paper.code_url]
        cells.append(tuple(map(_linked, linked)) or cell)
    return replace(extracted, cells=tuple(cells))


def _once_each(rows: Sequence[Row]) -> list[Row]:
    """Leave a sentence that stands in several rows of a column only in the one that it fits best, the first of equals.

    What is left without a sentence isn't stated in the abstract: the same one again would be no answer to it.
    """
    places: dict[tuple[int, str], list[int]] = {}
    for at, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            for statement in cell:
                places.setdefault((column, statement.text), []).append(at)
    own = {
        said: max(found, key=lambda at: row_fit(rows[at].label, said[1])) if len(found) > 1 else found[0]
        for said, found in places.items()
    }
    return [
        replace(
            row,
            cells=tuple(
                tuple(statement for statement in cell if own[column, statement.text] == at)
                for column, cell in enumerate(row.cells)
            ),
        )
        for at, row in enumerate(rows)
    ]


def _linked(source: Source) -> Statement:
    record = Evidence(source.number, SourceText(source.paper).record)
    return Statement(CODE_IS_PUBLIC, (source.number,), evidence=(record,))
