"""Searching the store: the index as a snapshot, brought up to date off the event loop."""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.errors.operation import StoreEmpty
from bot.models import Paper
from bot.search.engine.forward import PaperTerms, is_whole
from bot.search.engine.index import FORM, Bm25Index, DocumentBatch, encode, merge_bytes, paper_terms
from bot.search.engine.protocol import Hit, Match, PaperIndex
from bot.search.engine.scoring import lucene_idf
from bot.search.query.filters import Filters
from bot.search.ranking.second_stage import Query, SearchResult, first_stage, rank_again, second_stage
from bot.store.documents import Changes, Position, SqliteDocuments
from bot.store.protocol import PaperStore

TERMS = 30
"""How many of a paper's terms are searched for, the most telling ones by tf-idf, as Lucene's MoreLikeThis does."""


def telling_terms(paper: Paper, index: PaperIndex) -> list[str]:
    """Return a paper's most telling terms. Those that stand in no other paper say nothing of others."""
    counts = Counter(paper_terms(paper))
    alone = lucene_idf(index.size, 1)
    shared = [term for term in counts if index.idf(term) < alone]
    return sorted(shared, key=lambda term: -counts[term] * index.idf(term))[:TERMS]


BATCH = 2_000
"""How many papers one transaction indexes: about half a second, for which another process's writes wait."""

DEAD_SHARE = 0.3
"""Once so much of the index is of papers that changed or went, it is rebuilt."""

_log = logging.getLogger(__name__)


class Searcher:
    """Holds the current snapshot of the index; replaces it whole when papers changed, also by another process."""

    def __init__(self, *, papers: PaperStore, documents: SqliteDocuments) -> None:
        self._papers = papers
        self._documents = documents
        self._index = Bm25Index()
        self._position = Position()
        self._refreshing = asyncio.Lock()

    async def index(self) -> PaperIndex:
        """Return a snapshot that holds every paper stored so far. Raises StoreEmpty when there is none."""
        async with self._refreshing:
            if await self._documents.revision() != self._position.revision:
                await self._refresh()
        if not self._index.size:
            raise StoreEmpty
        return self._index

    async def resolved(self, filters: Filters) -> Filters:
        """Return filters whose bounds, which the index doesn't know, are among their keys. Raises StoreError."""
        if not filters.bounds:
            return filters
        return filters.narrowed_by(Filters(keys=frozenset(await self._papers.within(filters.bounds))))

    async def search(self, query: Query, *, limit: int) -> SearchResult:
        """Return the best `limit` papers. Raises StoreEmpty."""
        query = replace(query, filters=await self.resolved(query.filters))
        index = await self.index()
        generation = self._position.generation  # that of `index`, for nothing was awaited since
        candidates = await asyncio.to_thread(first_stage, index, query, limit=limit)
        terms = await self._terms(candidates.matches, generation)
        ranking = await asyncio.to_thread(rank_again, index, query, candidates, terms)
        wanted = ranking.keys(query, candidates, limit=limit)
        papers = await self._papers.wanted(keys=wanted, slugs=candidates.slugs)
        return await asyncio.to_thread(second_stage, index, query, candidates, ranking, papers, limit=limit)

    async def similar(self, paper: Paper, *, limit: int) -> tuple[Hit, ...]:
        """Return the papers that are most like one, best first, without itself. Raises StoreEmpty."""
        index = await self.index()
        terms = await asyncio.to_thread(telling_terms, paper, index)
        matches = await asyncio.to_thread(index.search, terms, limit=limit + 1)
        papers = {found.key: found for found in await self._papers.wanted(keys=[match.key for match in matches])}
        hits = (Hit(papers[match.key], match.score) for match in matches if match.key in papers)
        return tuple(hit for hit in hits if hit.paper.key != paper.key)[:limit]

    async def _terms(self, matches: Sequence[Match], generation: int) -> dict[int, bytes]:
        """Return the terms of the papers that match, by number: as they are stored, else from the text.

        From the text, where the paper has changed or all was numbered anew since the snapshot was made.
        """
        stored = await self._documents.terms([match.document for match in matches], generation=generation)
        whole = {number: data for number, data in stored.items() if is_whole(data)}
        missing = {match.key: match.document for match in matches if match.document not in whole}
        if missing:
            papers = await self._papers.wanted(keys=missing)
            whole |= await asyncio.to_thread(
                lambda: {missing[paper.key]: PaperTerms.of(paper).to_bytes() for paper in papers}
            )
        return whole

    async def _refresh(self) -> None:
        await self._store_waiting()
        changes = await self._documents.changes(self._position)
        try:
            updated = await asyncio.to_thread(_apply_changes, self._index, changes)
        except ValueError as error:  # a damaged segment; the papers are whole, and it is made of them
            _log.warning("the stored index is damaged (%s), so it is being rebuilt from the papers", error)
            await self._documents.reset()
            await self._store_waiting()
            changes = await self._documents.changes(Position())
            updated = await asyncio.to_thread(_apply_changes, self._index, changes)
        replaced, self._index, self._position = self._index, updated, changes.position
        await asyncio.to_thread(replaced.forget)

    async def _store_waiting(self) -> None:
        """Index the papers that wait, a batch after the other, and keep the segments few."""
        if self._index.dead > DEAD_SHARE * (self._index.size + self._index.dead):
            await self._documents.reset()
        while await self._documents.index_waiting(form=FORM, encode=encode, limit=BATCH):
            pass
        while await self._documents.merge(merge_bytes):
            pass


def _apply_changes(index: Bm25Index, changes: Changes) -> Bm25Index:
    known = {} if changes.from_scratch else dict(index.placed_batches())
    batches = [
        known[row.first, row.count] if row.data is None else DocumentBatch.from_bytes(row.data)
        for row in changes.segments
    ]
    documents = [(number, key, date.fromisoformat(day) if day else None) for number, key, day in changes.documents]
    return Bm25Index.of(batches, documents, dead=changes.dead, after=None if changes.from_scratch else index)
