"""The store's titles in memory, brought up to date in the background."""

import asyncio

from bot.search.refreshed import PATIENCE_S, Refreshed
from bot.search.title_list import Titled, TitleList
from bot.store.protocol import PaperStore


class Titles:
    """Completes titles. What another process imported is offered a moment later."""

    def __init__(self, *, papers: PaperStore) -> None:
        self._papers = papers
        self._list = Refreshed(TitleList(), make=self._load, revision=papers.revision, what="titles")

    async def matching(self, text: str, *, limit: int) -> list[Titled]:
        """Return the best `limit` papers for what was typed so far, as TitleList tells; none while they are loaded."""
        titles = await self.current()
        return await asyncio.to_thread(titles.matching, text, limit=limit)

    async def current(self, *, patience_s: float = PATIENCE_S) -> TitleList:
        """Return the titles, as they are now if that takes no longer than `patience_s` to find out."""
        return await self._list.current(patience_s=patience_s)

    async def close(self) -> None:
        """Stop what is under way."""
        await self._list.close()

    async def _load(self) -> TitleList:
        return await asyncio.to_thread(TitleList, await self._papers.titles())
