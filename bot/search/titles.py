"""The store's titles in memory, brought up to date in the background."""

import asyncio
import logging
from contextlib import suppress

from bot.errors import StoreError
from bot.search.title_list import Titled, TitleList
from bot.store.protocol import PaperStore

PATIENCE_S = 0.05
"""How long a request waits for newer titles before it is served from those that are there."""

log = logging.getLogger(__name__)


class Titles:
    """Completes titles. What another process imported is offered a moment later."""

    def __init__(self, *, papers: PaperStore) -> None:
        self._papers = papers
        self._list = TitleList()
        self._revision: int | None = None
        self._refreshing: asyncio.Task[None] | None = None

    async def matching(self, text: str, *, limit: int) -> list[Titled]:
        """Return the best `limit` papers for what was typed so far, as TitleList tells; none while they are loaded."""
        titles = await self.current()
        return await asyncio.to_thread(titles.matching, text, limit=limit)

    async def current(self, *, patience_s: float = PATIENCE_S) -> TitleList:
        """Return the titles, as they are now if that takes no longer than `patience_s` to find out."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh())
        await asyncio.wait({self._refreshing}, timeout=patience_s)
        return self._list

    async def close(self) -> None:
        """Stop what is under way."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            with suppress(asyncio.CancelledError):
                await self._refreshing

    async def _refresh(self) -> None:
        try:
            revision = await self._papers.revision()
            if revision != self._revision:
                self._list = await asyncio.to_thread(TitleList, await self._papers.titles())
                self._revision = revision
        except StoreError as error:
            log.warning("titles could not be loaded: %s", error)
