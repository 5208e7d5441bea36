"""Searching the store: the index as a snapshot, brought up to date off the event loop."""

import asyncio

from bot.errors import StoreEmpty
from bot.search.index import Bm25Index
from bot.search.protocol import PaperIndex
from bot.search.ranking import Query, SearchResult, search
from bot.store.protocol import PaperStore


class Searcher:
    """Holds the current snapshot of the index; replaces it whole when papers changed, also by another process."""

    def __init__(self, *, papers: PaperStore) -> None:
        self._papers = papers
        self._index = Bm25Index()
        self._revision = -1
        self._refreshing = asyncio.Lock()

    async def index(self) -> PaperIndex:
        """Return a snapshot that holds every paper stored so far. Raises StoreEmpty when there is none."""
        async with self._refreshing:
            revision = await self._papers.revision()
            if revision != self._revision:
                papers = await self._papers.all()
                replaced = self._index
                self._index = await asyncio.to_thread(replaced.updated, papers)
                self._revision = revision
                await asyncio.to_thread(replaced.forget)
        if not self._index.size:
            raise StoreEmpty
        return self._index

    async def search(self, query: Query, *, limit: int) -> SearchResult:
        """Return the best `limit` papers. Raises StoreEmpty."""
        index = await self.index()
        return await asyncio.to_thread(search, index, query, limit=limit)
