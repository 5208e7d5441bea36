"""Summaries of one paper, of several, or of what a topic has within a span: each paper exactly once."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from bot.answers.answer import Answer, AnswerDraft, Column, Kind, Row, Source, Statement, Task, number_sources
from bot.answers.events import Done, Event, RowReady, Searching, SentenceReady, SourcesFound
from bot.answers.extracts.rows import summary_rows, topic_rows
from bot.answers.grounding.check import Grounder
from bot.answers.history.cache import AnswerCache
from bot.answers.planning.plan import Plan
from bot.answers.request import RequestContext
from bot.answers.retrieval import Retrieved, retrieve
from bot.answers.subjects import Subject
from bot.answers.wording import FAILED_CHECKS, extracts_because, first_of, not_answered, nothing, quoted
from bot.answers.writing.release import RowGate, SentenceGate
from bot.answers.writing.writer import Assignment, Writer
from bot.errors.services import BudgetUsed, ModelError
from bot.models import Paper
from bot.search.ranking.confidence import Confidence
from bot.search.searcher import Searcher
from bot.text import shorten

IN_SHORT = "In short"
LABELS = (IN_SHORT, "Problem", "Method", "Result", "Limits")
MAPPED = (IN_SHORT, "Result")
"""The rows of one paper, and what is asked of each of several."""

MOST_PAPERS = 12
BATCH = 4
"""How many papers a topic's summary tells of, and how many stand in one prompt: with more, abstracts would be cut."""

_RELEVANT_SHARE = 0.4
_NAME_CHARS = 80


@dataclass(slots=True)
class _Progress:
    """What has been written of a summary of several papers."""

    rows: dict[int, Row] = field(default_factory=dict)
    overview: list[Statement] = field(default_factory=list)
    failure: ModelError | BudgetUsed | None = None


class Summaries:
    """Summarises papers: rows with evidence for one; for several a line each (map) and an overview (reduce)."""

    def __init__(
        self, *, searcher: Searcher, writer: Writer | None, why_no_model: str, answer_cache: AnswerCache
    ) -> None:
        self._searcher = searcher
        self._writer = writer
        self._why_no_model = why_no_model
        self._answer_cache = answer_cache

    async def of_papers(self, subjects: Sequence[Subject], *, context: RequestContext) -> AsyncGenerator[Event]:
        """Yield what happens while the papers that `subjects` name are summarised, Done last."""
        papers = list({subject.paper.key: subject.paper for subject in subjects if subject.paper}.values())
        index = await self._searcher.index()
        question = "; ".join(paper_name(paper) for paper in papers)
        yield Searching(question)
        searched, span = index.span(context.filters)
        draft = AnswerDraft(
            task=Task.SUMMARY,
            question=question,
            sources=number_sources(papers),
            index=index,
            searched=searched,
            span=span,
            language=context.language,
        )
        async with aclosing(self._summarised(draft, context)) as events:
            async for event in events:
                yield event

    async def of_topic(self, plan: Plan, *, context: RequestContext) -> AsyncGenerator[Event]:
        """Yield what happens while the papers on a topic, or of a span of time, are summarised, Done last."""
        yield Searching(plan.question)
        found = await retrieve(self._searcher, plan, filters=context.filters, limit=MOST_PAPERS)
        draft = AnswerDraft(
            task=Task.SUMMARY,
            question=plan.question,
            sources=number_sources(found.papers if _is_loose(found) else _about(found)),
            index=found.index,
            searched=found.searched,
            span=found.span,
            wording=plan.wording,
            keywords=plan.keywords,
            language=context.language,
        )
        if not draft.sources:
            answer = draft.answer(Kind.NOTHING, notice=nothing(found))
            yield Done(await self._answer_cache.keep(answer, context))
            return
        if _is_loose(found):
            yield Done(await self._answer_cache.keep(draft.answer(Kind.CLOSEST, notice=not_answered(found)), context))
            return
        # Of a topic the other papers are less about it; of a span they are left out for their number alone.
        note = None if found.terms else first_of(len(draft.sources), found)
        async with aclosing(self._summarised(draft, context, note=note)) as events:
            async for event in events:
                yield event

    async def _summarised(
        self, draft: AnswerDraft, context: RequestContext, *, note: str | None = None
    ) -> AsyncGenerator[Event]:
        several = len(draft.sources) > 1
        numbers = tuple(source.number for source in draft.sources)
        draft = replace(draft, columns=(Column("" if several else draft.sources[0].paper.title, numbers),))
        if self._writer is None:
            answer = await asyncio.to_thread(_extracted, draft, self._why_no_model)
            yield Done(await self._answer_cache.keep(_noted(answer, note), context))
            return
        yield SourcesFound(draft.sources)
        key = self._answer_cache.key(draft, "summary", {}, self._writer)
        if reused := await self._answer_cache.reuse(key, draft, context):
            for statement in reused.statements:
                yield SentenceReady(statement)
            for row in reused.rows:
                yield RowReady(row, reused.columns)
            yield Done(reused)
            return
        progress = _Progress()
        written = self._several(draft, context, progress) if several else self._one(draft, context, progress)
        try:
            async with aclosing(written) as events:
                async for event in events:
                    yield event
        except (ModelError, BudgetUsed) as error:
            progress.failure = error
        answer = _noted(await asyncio.to_thread(self._concluded, draft, progress), note)
        reusable = answer.kind is Kind.ANSWER and progress.failure is None
        yield Done(await self._answer_cache.keep(answer, context, key=key if reusable else None))

    async def _one(self, draft: AnswerDraft, context: RequestContext, progress: _Progress) -> AsyncGenerator[Event]:
        """Write the rows of one paper."""
        gate = _gate(LABELS, draft.sources, draft)
        try:
            async with aclosing(self._rows(gate, LABELS, draft.sources, draft, context)) as rows:
                async for row in rows:
                    yield RowReady(row, draft.columns)
        finally:
            if gate.passed and len(gate.failures) <= gate.passed:
                # A sentence of the abstract is no summary of it: where the model only copied one there is none.
                verbatim = [row for row in summary_rows(draft.sources[0], draft.index) if row.label != IN_SHORT]
                filled = gate.filled(verbatim)
                progress.rows = dict(enumerate(row for row in filled if row.label != IN_SHORT or any(row.cells)))

    async def _several(self, draft: AnswerDraft, context: RequestContext, progress: _Progress) -> AsyncGenerator[Event]:
        """Write a line for each paper, some papers a call, then the overview of these lines."""
        for start in range(0, len(draft.sources), BATCH):
            batch = draft.sources[start : start + BATCH]
            gate = _gate(MAPPED, batch, draft)
            try:
                async with aclosing(self._rows(gate, MAPPED, batch, draft, context)) as rows:
                    async for _ in rows:
                        pass
            finally:
                for at, source in enumerate(batch):
                    said = tuple(statement for row in gate.rows for statement in row.cells[at])
                    if said:
                        progress.rows[source.number] = Row(source.paper.title, (said,))
            for source in batch:
                if source.number in progress.rows:
                    yield RowReady(progress.rows[source.number], draft.columns)
        lined = [source for source in draft.sources if source.number in progress.rows]
        if len(lined) > 1:
            async with aclosing(self._overview(lined, draft, context, progress)) as statements:
                async for statement in statements:
                    yield SentenceReady(statement)

    async def _rows(
        self,
        gate: RowGate,
        labels: Sequence[str],
        sources: Sequence[Source],
        draft: AnswerDraft,
        context: RequestContext,
    ) -> AsyncGenerator[Row]:
        assert self._writer is not None
        variables = {"rows": "; ".join(labels), "columns": "; ".join(str(source.number) for source in sources)}
        assignment = Assignment(
            prompt="summary",
            sources=sources,
            variables=variables,
            request=f"a summary of {draft.question}",
            requester=context.requester,
            zone=context.zone,
            language=draft.language,
        )
        async with aclosing(self._writer.write(assignment, gate)) as rows:
            async for row in rows:
                yield row

    async def _overview(
        self, sources: Sequence[Source], draft: AnswerDraft, context: RequestContext, progress: _Progress
    ) -> AsyncGenerator[Statement]:
        """Write the overview from the lines; its sentences are checked against the abstracts."""
        assert self._writer is not None
        papers = {source.number: source.paper for source in sources}
        grounder = Grounder(papers, weight=draft.index.idf, request=draft.question, language=draft.language)
        gate = SentenceGate(sources, grounder, keep_numbers=True)
        assignment = Assignment(
            prompt="overview",
            sources=[Source(s.number, _with_lines(s.paper, progress.rows[s.number])) for s in sources],
            variables={"topic": draft.question},
            request=f"an overview of papers on {draft.question}",
            requester=context.requester,
            zone=context.zone,
            language=draft.language,
        )
        try:
            async with aclosing(self._writer.write(assignment, gate)) as statements:
                async for statement in statements:
                    yield statement
        finally:
            progress.overview = gate.released

    def _concluded(self, draft: AnswerDraft, progress: _Progress) -> Answer:
        assert self._writer is not None
        failure = progress.failure
        if not progress.rows:
            return _extracted(draft, failure.reason if failure else FAILED_CHECKS, failure)
        rows = list(progress.rows.values())
        if len(draft.sources) > 1:
            # A paper whose line failed still stands there, with a sentence of its own.
            verbatim = dict(enumerate(topic_rows(draft.sources, draft.index), start=1))
            rows = [progress.rows.get(source.number) or verbatim[source.number] for source in draft.sources]
        return draft.answer(
            Kind.ANSWER,
            statements=progress.overview,
            rows=rows,
            notice=quoted(rows, failure),
            failure=failure,
            model=self._writer.name,
            prompts_hash=self._writer.prompts_hash,
        )


def paper_name(paper: Paper) -> str:
    """Return a paper's title as it stands in the question of a summary."""
    return shorten(paper.title, _NAME_CHARS)


def _noted(answer: Answer, note: str | None) -> Answer:
    return replace(answer, notice=" ".join(filter(None, (note, answer.notice))) or None)


def _gate(labels: Sequence[str], sources: Sequence[Source], draft: AnswerDraft) -> RowGate:
    papers = {source.number: source.paper for source in sources}
    grounder = Grounder(papers, weight=draft.index.idf, request=draft.question, language=draft.language)
    columns = [Column(str(source.number), (source.number,)) for source in sources]
    return RowGate(labels, columns, grounder, numbered=True, own_words=[IN_SHORT])


def _is_loose(found: Retrieved) -> bool:
    """Whether papers come close to a topic and none is about it."""
    return bool(found.terms) and found.confidence is Confidence.CLOSEST


def _about(found: Retrieved) -> list[Paper]:
    """Return the papers that are about the topic, by their scores; all of a span where no topic is asked for."""
    if not found.terms:
        return list(found.papers)
    if found.confidence is Confidence.NOTHING or not found.hits:
        return []
    best = max(hit.score for hit in found.hits)
    return [hit.paper for hit in found.hits if hit.score >= _RELEVANT_SHARE * best]


def _with_lines(paper: Paper, row: Row) -> Paper:
    return replace(paper, abstract=" ".join(statement.text for cell in row.cells for statement in cell))


def _extracted(draft: AnswerDraft, reason: str, failure: ModelError | BudgetUsed | None = None) -> Answer:
    several = len(draft.sources) > 1
    rows = topic_rows(draft.sources, draft.index) if several else summary_rows(draft.sources[0], draft.index)
    return draft.answer(Kind.EXTRACTS, rows=rows, notice=extracts_because(reason), failure=failure)
