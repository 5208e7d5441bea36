"""The daily summary: the papers that came since the last one, each with one sentence."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date

from bot.assistant.answer import number_sources
from bot.assistant.asker import NOBODY
from bot.assistant.extracts.answers import summary_sentence
from bot.assistant.grounding.check import Grounder
from bot.assistant.writing.release import SentenceGate
from bot.assistant.writing.writer import Assignment, Writer
from bot.errors import BudgetUsed, ModelError, StoreEmpty
from bot.models import Paper
from bot.search.protocol import PaperIndex
from bot.search.searcher import Searcher
from bot.store.protocol import PaperStore
from bot.translation import gettext, phrase

BATCH = 5
"""How many papers stand in one prompt: with more, abstracts would be cut to fit."""

ORDER = phrase("most upvotes first, then most comments, then newest")
"""The order of a digest's papers, in words."""


@dataclass(frozen=True, slots=True)
class DigestItem:
    """A paper and its sentence; `verbatim` when it is taken word for word from the abstract.

    The sentence is empty where none of the abstract may be quoted.
    """

    paper: Paper
    sentence: str
    verbatim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one day's post says. `total` is how many papers came; `items` are the first of them in `ORDER`.

    `notice` tells why there are no papers, or why sentences are verbatim though a model is set up.
    """

    day: date
    items: tuple[DigestItem, ...]
    total: int
    notice: str | None = None


class DigestWriter:
    """Writes digests: one model call for five papers, extracts for every sentence that fails its checks."""

    def __init__(
        self,
        *,
        papers: PaperStore,
        searcher: Searcher,
        writer: Writer | None,
        limit: int,
    ) -> None:
        self._papers = papers
        self._searcher = searcher
        self._writer = writer
        self._limit = limit

    async def write(self, day: date, *, after: float, until: float) -> Digest:
        """Return the digest of the papers that arrived in (after, until], Unix seconds."""
        arrived = await self._papers.arrived(after=after, until=until)
        if not arrived:
            return Digest(day=day, items=(), total=0, notice=await self._why_empty())
        chosen = sorted(arrived, key=_rank)[: self._limit]
        written, failure = await self._by_model(chosen)
        index = await self._searcher.index()
        items = await asyncio.to_thread(_items, chosen, written, index)
        notice = _why_quoted(failure) if failure else None
        return Digest(day=day, items=items, total=len(arrived), notice=notice)

    async def _why_empty(self) -> str:
        try:
            await self._searcher.index()
        except StoreEmpty as error:
            return error.told()
        return gettext("No papers have come since the last summary. Papers come with `paperbot import`.")

    async def _by_model(self, papers: Sequence[Paper]) -> tuple[dict[str, str], ModelError | BudgetUsed | None]:
        """Return checked sentences by paper key, and the failure that ended the work early, if any."""
        written: dict[str, str] = {}
        if self._writer is None:
            return written, None
        index = await self._searcher.index()
        for start in range(0, len(papers), BATCH):
            sources = number_sources(papers[start : start + BATCH])
            by_number = {source.number: source.paper for source in sources}
            gate = SentenceGate(sources, Grounder(by_number, weight=index.idf), keep_numbers=True)
            assignment = Assignment(
                prompt="digest", sources=sources, variables={}, request="a line for each source", asker=NOBODY
            )
            failure: ModelError | BudgetUsed | None = None
            try:
                async with aclosing(self._writer.write(assignment, gate)) as statements:
                    async for _ in statements:
                        pass
            except (ModelError, BudgetUsed) as error:
                failure = error
            for statement in gate.released:
                if len(statement.citations) == 1:
                    written.setdefault(by_number[statement.citations[0]].key, statement.text)
            if failure:
                return written, failure
        return written, None


def _why_quoted(failure: ModelError | BudgetUsed) -> str:
    said = gettext("Quoted sentences are taken word for word from abstracts: {reason}.")
    return said.format(reason=failure.reason.told())


def _rank(paper: Paper) -> tuple[int, int, int]:
    newest = paper.published.toordinal() if paper.published else 0
    return -(paper.upvotes or 0), -(paper.comments or 0), -newest


def _items(papers: Sequence[Paper], written: dict[str, str], index: PaperIndex) -> tuple[DigestItem, ...]:
    return tuple(
        DigestItem(paper, written[paper.key], verbatim=False)
        if paper.key in written
        else DigestItem(paper, summary_sentence(paper, index), verbatim=True)
        for paper in papers
    )
