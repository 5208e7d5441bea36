"""The summary of several papers: a line for each, written a few papers a call, then an overview of these lines."""

import asyncio
import re
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from bot.answers.answer import Answer, AnswerDraft, Column, Evidence, Kind, Row, Source, Statement
from bot.answers.answer_queue import AnswerQueue
from bot.answers.citations import with_numbers
from bot.answers.events import Event, RowReady, SentenceReady
from bot.answers.extracts.rows import topic_rows
from bot.answers.generation import WriterFailure, assignment, grounder
from bot.answers.request import RequestContext
from bot.answers.wording import left_out, quoted
from bot.answers.writing.claims import Claim, Failure, Verdict
from bot.answers.writing.row_gate import RowGate
from bot.answers.writing.sentence_gate import SentenceGate
from bot.answers.writing.writer import TextGate, Writer
from bot.errors.services import BudgetUsed, ModelError
from bot.models import Paper

IN_SHORT = "In short"
MAPPED = (IN_SHORT, "Result")
"""What is asked of each of several papers."""

BATCH = 4
"""How many papers one prompt contains: with more, abstracts would be cut."""

_NO_TOPIC = "none, every source is wanted"
_BAR = re.compile(r"\s*\|\s*")
_OFF_TOPIC = re.compile(r"^\W*off[- ]?topic\b[\W\d]*$", re.IGNORECASE)


class SeveralPapers:
    """A row for each paper, and an overview of those that have one.

    Of papers on a `topic` the model may leave out those that aren't about it; `shown` is how many are left. Parts are
    asked for side by side as far as the queue has places that nobody needs.
    """

    def __init__(self, draft: AnswerDraft, context: RequestContext, queue: AnswerQueue, *, topic: str) -> None:
        self._draft = draft
        self._context = context
        self._queue = queue
        self._topic = topic
        self._rows: dict[int, Row] = {}
        self._off_topic: set[int] = set()
        self._overview: list[Statement] = []
        self._failures: list[Failure] = []
        self._read_twice = True
        self.shown = len(draft.sources)

    async def write(self, writer: Writer) -> AsyncGenerator[Event]:
        """Yield each paper's row in order, then the overview's sentences. Raises ModelError and BudgetUsed.

        A part that fails costs the others nothing; its error is raised once theirs are written.
        """
        sources = self._draft.sources
        batches = [sources[start : start + BATCH] for start in range(0, len(sources), BATCH)]
        failure: WriterFailure | None = None
        with self._queue.spare(len(batches) - 1) as more:
            at_once = asyncio.Semaphore(1 + more)
            parts = [asyncio.create_task(self._write_part(writer, batch, at_once)) for batch in batches]
            try:
                for batch, part in zip(batches, parts, strict=True):
                    failure = await part or failure
                    for source in batch:
                        if source.number in self._rows:
                            yield RowReady(self._rows[source.number], self._draft.columns)
            finally:
                for part in parts:
                    part.cancel()
                await asyncio.gather(*parts, return_exceptions=True)
        if failure is not None:
            raise failure
        if len(self._rows) > 1:
            async with aclosing(self._write_overview(writer)) as statements:
                async for statement in statements:
                    yield SentenceReady(statement)

    async def _write_part(
        self, writer: Writer, batch: Sequence[Source], at_once: asyncio.Semaphore
    ) -> WriterFailure | None:
        """Write some papers' rows, and return what went wrong."""
        gate = paper_gate(MAPPED, batch, self._draft)
        on_topic = _TopicGate(gate, {source.number for source in batch} if self._topic else set())
        failure: WriterFailure | None = None
        async with at_once:
            try:
                rows = paper_rows(writer, on_topic, MAPPED, batch, self._draft, self._context, topic=self._topic)
                async with aclosing(rows):
                    async for _ in rows:
                        pass
            except (ModelError, BudgetUsed) as error:
                failure = error
            finally:
                self._note(gate)
                for at, source in enumerate(batch):
                    if passed := tuple(statement for row in gate.rows for statement in row.cells[at]):
                        self._rows[source.number] = Row(source.paper.title, (passed,))
                self._off_topic |= on_topic.left_out - self._rows.keys()
        return failure

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
        """Return the overview and a row for each paper, verbatim for one whose row failed; None where all failed.

        Where no paper is about the topic there is no answer.
        """
        if len(self._off_topic) == len(self._draft.sources):
            self.shown = 0
            return self._draft.answer(Kind.CLOSEST)
        if not self._rows:
            return None
        verbatim = dict(enumerate(self._verbatim(), start=1))
        kept = [source for source in self._draft.sources if source.number not in self._off_topic]
        shown = {source.number: number for number, source in enumerate(kept, start=1)}
        rows = [_renumbered_row(self._rows.get(s.number) or verbatim[s.number], shown) for s in kept]
        self.shown = len(kept)
        draft = replace(
            self._draft,
            sources=tuple(Source(shown[source.number], source.paper) for source in kept),
            columns=tuple(
                Column(it.name, tuple(shown[n] for n in it.numbers if n in shown)) for it in self._draft.columns
            ),
        )
        overview = [_renumbered(statement, shown) for statement in self._overview]
        notice = quoted(rows, failure) or left_out(self._failures, read=self._read_twice)
        answer = draft.answer(Kind.ANSWER, statements=overview, rows=rows, notice=notice)
        return replace(answer, read_twice=self._read_twice)

    def extract(self) -> Answer:
        """Return a row of one verbatim sentence for each paper."""
        return self._draft.answer(Kind.EXTRACTS, rows=self._verbatim())

    def _verbatim(self) -> tuple[Row, ...]:
        return topic_rows(self._draft.sources, self._draft.index)


class _TopicGate:
    """Keeps lines such as "Result | 3 | off topic" from the `rows`; `left_out` are the numbers in them."""

    def __init__(self, rows: RowGate, numbers: set[int]) -> None:
        self._rows = rows
        self._numbers = numbers
        self._pending = ""
        self.left_out: set[int] = set()

    @property
    def passed(self) -> int:
        """How many sentences have passed."""
        return self._rows.passed

    @property
    def failures(self) -> list[Failure]:
        """The sentences that failed and were not fixed."""
        return self._rows.failures

    @property
    def unread(self) -> list[Claim]:
        """The sentences that a second reading should look at."""
        return self._rows.unread

    @property
    def papers(self) -> Mapping[int, Paper]:
        """The papers that sentences are checked against, by number."""
        return self._rows.papers

    headless = False
    """No row answers for all."""

    def feed(self, piece: str) -> Iterator[Row]:
        """Add a piece; yield the rows that are complete now."""
        *lines, self._pending = (self._pending + piece).split("\n")
        for line in lines:
            if not self._is_left_out(line):
                yield from self._rows.feed(f"{line}\n")

    def finish(self) -> Iterator[Row]:
        """Take the last line of a finished stream; yield the rows that have something and were not."""
        line, self._pending = self._pending, ""
        if not self._is_left_out(line):
            yield from self._rows.feed(line)
        yield from self._rows.finish()

    def settle(self, verdicts: Mapping[Claim, Verdict]) -> Iterator[Row]:
        """Take in what the second reading says; yield the rows that changed."""
        yield from self._rows.settle(verdicts)

    def fix(self, text: str) -> Iterator[Row]:
        """Put fixed sentences into the cells of those that failed; yield the rows that changed."""
        yield from self._rows.fix(text)

    def _is_left_out(self, line: str) -> bool:
        parts = _BAR.split(line.strip(" |"))
        if len(parts) < 2 or not _OFF_TOPIC.match(parts[-1]):
            return False
        self.left_out |= {
            int(it) for part in parts[:-1] for it in re.findall(r"^\W*(\d{1,3})\W*$", part)
        } & self._numbers
        return True


def paper_rows(
    writer: Writer,
    gate: TextGate[Row],
    labels: Sequence[str],
    sources: Sequence[Source],
    draft: AnswerDraft,
    context: RequestContext,
    *,
    topic: str = "",
) -> AsyncGenerator[Row]:
    """Return the rows with `labels` that a model writes of some of a draft's sources, as they pass the gate."""
    variables = {
        "rows": "; ".join(labels),
        "columns": "; ".join(str(source.number) for source in sources),
        "topic": topic or _NO_TOPIC,
    }
    request = f"a summary of {draft.question}"
    return writer.write(assignment(draft, context, "summary", variables, sources=sources, request=request), gate)


def paper_gate(labels: Sequence[str], sources: Sequence[Source], draft: AnswerDraft) -> RowGate:
    """Return the gate of rows with `labels` that have a column for each of the sources."""
    columns = [Column(str(source.number), (source.number,)) for source in sources]
    return RowGate(labels, columns, grounder(draft, sources), numbered=True, own_words=[IN_SHORT])


def _with_row(paper: Paper, row: Row) -> Paper:
    return replace(paper, abstract=" ".join(statement.text for cell in row.cells for statement in cell))


def _renumbered_row(row: Row, shown: dict[int, int]) -> Row:
    return replace(row, cells=tuple(tuple(_renumbered(statement, shown) for statement in cell) for cell in row.cells))


def _renumbered(statement: Statement, shown: dict[int, int]) -> Statement:
    return replace(
        statement,
        text=with_numbers(statement.text, shown),
        citations=tuple(shown[number] for number in statement.citations),
        evidence=tuple(Evidence(shown[item.number], item.sentence) for item in statement.evidence),
    )
