"""Summaries of one paper, of several, or of what a topic has within a span: each paper exactly once."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from bot.answers.answer import Answer, AnswerDraft, Column, Kind, Row, Task
from bot.answers.answer_queue import AnswerQueue
from bot.answers.events import Event, RowReady, Searching
from bot.answers.extracts.rows import summary_rows
from bot.answers.generation import AnswerGenerator, WriterFailure, mostly_failed
from bot.answers.planning.plan import Plan
from bot.answers.request import RequestContext
from bot.answers.retrieval import Retrieved, retrieve
from bot.answers.subjects import Subject
from bot.answers.topic_summary import IN_SHORT, SeveralPapers, paper_gate, paper_rows
from bot.answers.wording import about_it, first_of, left_out, not_answered, nothing, quoted
from bot.answers.writing.writer import Writer
from bot.models import Paper
from bot.search.ranking.confidence import Confidence
from bot.search.ranking.query_terms import question_terms
from bot.search.searcher import Searcher
from bot.search.text.tokens import tokenize
from bot.text import shorten

LABELS = (IN_SHORT, "Problem", "Method", "Result", "Limits")
"""The rows of one paper."""

MOST_PAPERS = 12
"""How many papers a topic's summary covers."""

_RELEVANT_SHARE = 0.4
_TOPIC_SHARE = 0.8
"""The least share of the topic's weight (idf), of the best paper's, that a paper has that is about the topic.

Of two words about as rare as each other, one is not enough; of four, one may be missing.
"""

_NAME_CHARS = 80


class Summaries:
    """Summarises papers: rows with evidence for one; for several a line each (map) and an overview (reduce)."""

    def __init__(self, *, searcher: Searcher, generator: AnswerGenerator, answer_queue: AnswerQueue) -> None:
        self._searcher = searcher
        self._generator = generator
        self._queue = answer_queue

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

        def note(shown: int) -> str | None:
            # Of a span papers are left out for their number alone.
            return about_it(shown, len(found.hits)) if found.terms else first_of(shown, found)

        topic = plan.topic if found.terms else ""
        async with aclosing(self._summarised(draft, context, topic=topic, note=note)) as events:
            async for event in events:
                yield event

    def _summarised(
        self,
        draft: AnswerDraft,
        context: RequestContext,
        *,
        topic: str = "",
        note: Callable[[int], str | None] = lambda _shown: None,
    ) -> AsyncGenerator[Event]:
        several = len(draft.sources) > 1
        numbers = tuple(source.number for source in draft.sources)
        draft = replace(draft, columns=(Column("" if several else draft.sources[0].paper.title, numbers),))
        summary = SeveralPapers(draft, context, self._queue, topic=topic) if several else _OnePaper(draft, context)
        return self._generator.generate(
            draft,
            context,
            prompt="summary",
            variables={"topic": topic},
            write=summary.write,
            conclude=summary.conclude,
            extract=summary.extract,
            note=lambda: note(summary.shown),
        )


class _OnePaper:
    """The summary of one paper: a row for each of `LABELS`."""

    def __init__(self, draft: AnswerDraft, context: RequestContext) -> None:
        self._draft = draft
        self._context = context
        self._gate = paper_gate(LABELS, draft.sources, draft)
        self.shown = len(draft.sources)

    async def write(self, writer: Writer) -> AsyncGenerator[Event]:
        """Yield each row that is complete. Raises ModelError and BudgetUsed."""
        sources = self._draft.sources
        async with aclosing(paper_rows(writer, self._gate, LABELS, sources, self._draft, self._context)) as rows:
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


def paper_name(paper: Paper) -> str:
    """Return a paper's title as it appears in the question of a summary."""
    return shorten(paper.title, _NAME_CHARS)


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
