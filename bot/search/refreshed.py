"""A value made of the store's papers, held in memory and made anew in the background when they change."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, TypeVar

from bot.errors import StoreError

PATIENCE_S = 0.05
"""How long a request waits for a newer value before it is served from the one that is there."""

log = logging.getLogger(__name__)

_T = TypeVar("_T")


class Refreshed(Generic[_T]):
    """Holds `first` until `make` has given another; makes another whenever `revision` has another number.

    `what` names the value in the log. What another process imported is seen a moment later.
    """

    def __init__(
        self, first: _T, *, make: Callable[[], Awaitable[_T]], revision: Callable[[], Awaitable[int]], what: str
    ) -> None:
        self._value = first
        self._make = make
        self._now = revision
        self._what = what
        self._revision: int | None = None
        self._refreshing: asyncio.Task[None] | None = None

    async def current(self, *, patience_s: float = PATIENCE_S) -> _T:
        """Return the value, as it is now if that takes no longer than `patience_s` to find out."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh())
        await asyncio.wait({self._refreshing}, timeout=patience_s)
        return self._value

    async def close(self) -> None:
        """Stop what is under way."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            with suppress(asyncio.CancelledError):
                await self._refreshing

    async def _refresh(self) -> None:
        try:
            revision = await self._now()
            if revision != self._revision:
                self._value = await self._make()
                self._revision = revision
        except StoreError as error:
            log.warning("%s could not be loaded: %s", self._what, error)
