"""Summaries of one paper, of several, or of what a topic has within a span: each paper exactly once."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from bot.answers.answer import Answer, AnswerDraft, Column, Kind, Row, Source, Statement, Task
from bot.answers.events import Event, RowReady, Searching, SentenceReady
from bot.answers.extracts.rows import summary_rows, topic_rows
from bot.answers.generation import AnswerGenerator, WriterFailure, assignment, grounder, mostly_failed
from bot.answers.planning.plan import Plan
from bot.answers.request import RequestContext
from bot.answers.retrieval import Retrieved, retrieve
from bot.answers.subjects import Subject
from bot.answers.wording import about_it, first_of, left_out, not_answered, nothing, quoted
from bot.answers.writing.claims import Failure
from bot.answers.writing.row_gate import RowGate
from bot.answers.writing.sentence_gate import SentenceGate
from bot.answers.writing.writer import Writer
from bot.models import Paper
from bot.search.ranking.confidence import Confidence
from bot.search.ranking.query_terms import question_terms
from bot.search.searcher import Searcher
from bot.search.text.tokens import tokenize
from bot.text import shorten

IN_SHORT = "In short"
LABELS = (IN_SHORT, "Problem", "Method", "Result", "Limits")
MAPPED = (IN_SHORT, "Result")
"""The rows of one paper, and what is asked of each of several."""

MOST_PAPERS = 12
BATCH = 4
"""How many papers a topic's summary covers, and how many one prompt contains: with more, abstracts would be cut."""

_RELEVANT_SHARE = 0.4
_TOPIC_SHARE = 0.8
"""The least share of the topic's weight (idf), of the best paper's, that a paper has that is about the topic.

Of two words about as rare as each other, one is not enough; of four, one may be missing.
"""

_NAME_CHARS = 80


class Summaries:
    """Summarises papers: rows with evidence for one; for several a line each (map) and an overview (reduce)."""

    def __init__(self, *, searcher: Searcher, generator: AnswerGenerator) -> None:
        self._searcher = searcher
        self._generator = generator

    async def of_papers(self, subjects: Sequence[Subject], *, context: RequestContext) -> AsyncGenerator[Event]:
        """Yield what happens while the papers that `subjects` name are summarised, Done last."""
        papers = list({subject.paper.key: subject.paper for subject in subjects if subject.paper}.values())
        index = await self._searcher.index()
        question = "; ".join(paper_name(paper) for paper in papers)
        yield Searching(question)
        draft = AnswerDraft.of_papers(Task.SUMMARY, question, papers, index, context)
        async with aclosing(self._summarised(draft, context)) as events:
            async for event in events:
                yield event

    async def of_topic(self, plan: Plan, *, context: RequestContext) -> AsyncGenerator[Event]:
        """Yield what happens while the papers on a topic, or of a span of time, are summarised, Done last."""
        yield Searching(plan.question)
        found = await retrieve(self._searcher, plan, filters=context.filters, limit=MOST_PAPERS)
        loose = bool(found.terms) and found.confidence is Confidence.CLOSEST  # none is about the topic itself
        papers = found.papers if loose else _about(found)
        draft = found.draft(Task.SUMMARY, plan.question, context, papers=papers)
        if loose or not papers:
            kind, notice = (Kind.CLOSEST, not_answered(found)) if papers else (Kind.NOTHING, nothing(found))
            yield await self._generator.keep(draft.answer(kind, notice=notice), context)
            return
        # Of a span papers are left out for their number alone.
        note = about_it(len(papers), len(found.hits)) if found.terms else first_of(len(papers), found)
        async with aclosing(self._summarised(draft, context, note=note)) as events:
            async for event in events:
                yield event

    def _summarised(
        self, draft: AnswerDraft, context: RequestContext, *, note: str | None = None
    ) -> AsyncGenerator[Event]:
        several = len(draft.sources) > 1
        numbers = tuple(source.number for source in draft.sources)
        draft = replace(draft, columns=(Column("" if several else draft.sources[0].paper.title, numbers),))
        summary = _SeveralPapers(draft, context) if several else _OnePaper(draft, context)
        return self._generator.generate(
            draft,
            context,
            prompt="summary",
            variables={},
            write=summary.write,
            conclude=summary.conclude,
            extract=summary.extract,
            note=note,
        )


class _OnePaper:
    """The summary of one paper: a row for each of `LABELS`."""

    def __init__(self, draft: AnswerDraft, context: RequestContext) -> None:
        self._draft = draft
        self._context = context
        self._gate = _gate(LABELS, draft.sources, draft)

    async def write(self, writer: Writer) -> AsyncGenerator[Event]:
        """Yield each row that is complete. Raises ModelError and BudgetUsed."""
        async with aclosing(_rows(writer, self._gate, LABELS, self._draft.sources, self._draft, self._context)) as rows:
            async for row in rows:
                yield RowReady(row, self._draft.columns)

    def conclude(self, failure: WriterFailure | None) -> Answer | None:
        """Return the answer from the rows that passed, with verbatim ones for those that did not; None for too few."""
        if mostly_failed(self._gate):
            return None
        # A sentence of the abstract is no summary of it: where the model only copied one there is none.
        verbatim = [row for row in self._verbatim() if row.label != IN_SHORT]
        rows = [row for row in self._gate.filled(verbatim) if row.label != IN_SHORT or any(row.cells)]
        read = self._gate.read_twice
        notice = quoted(rows, failure) or left_out(self._gate.failures, read=read)
        return replace(self._draft.answer(Kind.ANSWER, rows=rows, notice=notice), read_twice=read)

    def extract(self) -> Answer:
        """Return rows of verbatim sentences."""
        return self._draft.answer(Kind.EXTRACTS, rows=self._verbatim())

    def _verbatim(self) -> tuple[Row, ...]:
        return summary_rows(self._draft.sources[0], self._draft.index)


class _SeveralPapers:
    """The summary of several papers: a row for each, written a few papers a call, then an overview of these rows."""

    def __init__(self, draft: AnswerDraft, context: RequestContext) -> None:
        self._draft = draft
        self._context = context
        self._rows: dict[int, Row] = {}
        self._overview: list[Statement] = []
        self._failures: list[Failure] = []
        self._read_twice = True

    async def write(self, writer: Writer) -> AsyncGenerator[Event]:
        """Yield each paper's row, then the overview's sentences. Raises ModelError and BudgetUsed."""
        sources = self._draft.sources
        for start in range(0, len(sources), BATCH):
            batch = sources[start : start + BATCH]
            gate = _gate(MAPPED, batch, self._draft)
            try:
                async with aclosing(_rows(writer, gate, MAPPED, batch, self._draft, self._context)) as rows:
                    async for _ in rows:
                        pass
            finally:
                self._note(gate)
                for at, source in enumerate(batch):
                    if passed := tuple(statement for row in gate.rows for statement in row.cells[at]):
                        self._rows[source.number] = Row(source.paper.title, (passed,))
            for source in batch:
                if source.number in self._rows:
                    yield RowReady(self._rows[source.number], self._draft.columns)
        if len(self._rows) > 1:
            async with aclosing(self._write_overview(writer)) as statements:
                async for statement in statements:
                    yield SentenceReady(statement)

    async def _write_overview(self, writer: Writer) -> AsyncGenerator[Statement]:
        """Write the overview from the rows; its sentences are checked against the abstracts."""
        sources = [source for source in self._draft.sources if source.number in self._rows]
        gate = SentenceGate(sources, grounder(self._draft, sources), keep_numbers=True)
        overview = assignment(
            self._draft,
            self._context,
            "overview",
            {"topic": self._draft.question},
            sources=[Source(s.number, _with_row(s.paper, self._rows[s.number])) for s in sources],
            request=f"an overview of papers on {self._draft.question}",
        )
        try:
            async with aclosing(writer.write(overview, gate)) as statements:
                async for statement in statements:
                    yield statement
        finally:
            self._note(gate)
            self._overview = gate.released

    def _note(self, gate: RowGate | SentenceGate) -> None:
        """Keep what a part left out, and whether it was read twice."""
        self._failures += gate.failures
        self._read_twice = self._read_twice and gate.read_twice

    def conclude(self, failure: WriterFailure | None) -> Answer | None:
        """Return the overview and a row for each paper, verbatim for one whose row failed; None where all failed."""
        if not self._rows:
            return None
        verbatim = dict(enumerate(self._verbatim(), start=1))
        rows = [self._rows.get(source.number) or verbatim[source.number] for source in self._draft.sources]
        notice = quoted(rows, failure) or left_out(self._failures, read=self._read_twice)
        answer = self._draft.answer(Kind.ANSWER, statements=self._overview, rows=rows, notice=notice)
        return replace(answer, read_twice=self._read_twice)

    def extract(self) -> Answer:
        """Return a row of one verbatim sentence for each paper."""
        return self._draft.answer(Kind.EXTRACTS, rows=self._verbatim())

    def _verbatim(self) -> tuple[Row, ...]:
        return topic_rows(self._draft.sources, self._draft.index)


def _rows(
    writer: Writer,
    gate: RowGate,
    labels: Sequence[str],
    sources: Sequence[Source],
    draft: AnswerDraft,
    context: RequestContext,
) -> AsyncGenerator[Row]:
    variables = {"rows": "; ".join(labels), "columns": "; ".join(str(source.number) for source in sources)}
    request = f"a summary of {draft.question}"
    return writer.write(assignment(draft, context, "summary", variables, sources=sources, request=request), gate)


def paper_name(paper: Paper) -> str:
    """Return a paper's title as it appears in the question of a summary."""
    return shorten(paper.title, _NAME_CHARS)


def _gate(labels: Sequence[str], sources: Sequence[Source], draft: AnswerDraft) -> RowGate:
    columns = [Column(str(source.number), (source.number,)) for source in sources]
    return RowGate(labels, columns, grounder(draft, sources), numbered=True, own_words=[IN_SHORT])


def _about(found: Retrieved) -> list[Paper]:
    """Return the papers that are about the topic; all of a span where no topic is asked for.

    All of the topic's words count: of "spiking transformers" a paper on other spiking networks has most of the weight,
    and isn't about it. Where no paper has all of them, as with a topic in everyday words, the best one says how many.
    """
    if not found.terms:
        return list(found.papers)
    if found.confidence is Confidence.NOTHING or not found.hits:
        return []
    weights = {term: found.index.idf(term) for term in question_terms(found.plan.topic)}
    shares = [_share(weights, hit.paper) for hit in found.hits]
    best, most = max(hit.score for hit in found.hits), max(shares)
    return [
        hit.paper
        for hit, share in zip(found.hits, shares, strict=True)
        if hit.score >= _RELEVANT_SHARE * best and (share >= _TOPIC_SHARE * most or hit.paper.key in found.named)
    ]


def _share(weights: Mapping[str, float], paper: Paper) -> float:
    held = set(tokenize(f"{paper.title}\n{paper.abstract}"))
    return sum(weight for term, weight in weights.items() if term in held) / (sum(weights.values()) or 1.0)


def _with_row(paper: Paper, row: Row) -> Paper:
    return replace(paper, abstract=" ".join(statement.text for cell in row.cells for statement in cell))
