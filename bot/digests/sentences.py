"""The model's part in a digest: a checked sentence for each paper, and one over all of them."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import aclosing

from bot.answers.answer import Source, Statement, number_sources
from bot.answers.extracts.answers import summary_sentence
from bot.answers.grounding.check import Grounder
from bot.answers.request import Requester
from bot.answers.writing.release import SentenceGate
from bot.answers.writing.writer import Assignment, Writer
from bot.digests.digest import Headline
from bot.errors.services import BudgetUsed, ModelError
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex

BATCH = 5
"""How many papers stand in one prompt: with more, abstracts would be cut to fit."""

HEADLINE_SOURCES = 8
"""How many papers the model knows when it writes the headline: those at the top."""

_KEPT = 500


class DigestSentences:
    """Has the model write, and keeps its sentences for the other digests that tell of the same papers."""

    def __init__(self, *, writer: Writer) -> None:
        self._writer = writer
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def of(
        self, papers: Sequence[Paper], index: PaperIndex, *, requester: Requester
    ) -> tuple[dict[str, str], ModelError | BudgetUsed | None]:
        """Return checked sentences by paper key, and the failure that ended the work early, if any."""
        written = {
            paper.key: self._kept[kept] for paper in papers if (kept := (paper.key, paper.abstract)) in self._kept
        }
        left = [paper for paper in papers if paper.key not in written]
        for start in range(0, len(left), BATCH):
            batch = left[start : start + BATCH]
            statements, failure = await self._write("digest", "a line for each source", batch, index, requester)
            for statement in statements:
                if len(statement.citations) == 1:
                    self._keep(batch[statement.citations[0] - 1], statement.text, written)
            if failure:
                return written, failure
        return written, None

    async def headline(self, papers: Sequence[Paper], index: PaperIndex, *, requester: Requester) -> Headline | None:
        """Return a checked sentence about what stands out among papers, numbered from 1; None when there is none."""
        statements, _ = await self._write(
            "headline", "one sentence over all", papers[:HEADLINE_SOURCES], index, requester
        )
        return Headline(statements[0].text, statements[0].citations) if statements else None

    def _keep(self, paper: Paper, sentence: str, written: dict[str, str]) -> None:
        if paper.key not in written:
            written[paper.key] = self._kept[paper.key, paper.abstract] = sentence
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    async def _write(
        self, prompt: str, request: str, papers: Sequence[Paper], index: PaperIndex, requester: Requester
    ) -> tuple[Sequence[Statement], ModelError | BudgetUsed | None]:
        sources: Sequence[Source] = number_sources(papers)
        by_number = {source.number: source.paper for source in sources}
        gate = SentenceGate(sources, Grounder(by_number, weight=index.idf), keep_numbers=True)
        assignment = Assignment(prompt=prompt, sources=sources, variables={}, request=request, requester=requester)
        failure: ModelError | BudgetUsed | None = None
        try:
            async with aclosing(self._writer.write(assignment, gate)) as statements:
                async for _ in statements:
                    pass
        except (ModelError, BudgetUsed) as error:
            failure = error
        return gate.released, failure


async def extracted(papers: Sequence[Paper], index: PaperIndex) -> dict[str, str]:
    """Return a verbatim sentence for each paper, by its key."""
    return await asyncio.to_thread(lambda: {paper.key: summary_sentence(paper, index) for paper in papers})
