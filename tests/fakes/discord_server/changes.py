"""Waiting for the fake's state to become something, without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Whatever alters the fake's state calls `notify`; each waiter looks again after each call."""

    def __init__(self) -> None:
        """Start with nobody waiting."""
        self._next = asyncio.Event()

    def notify(self) -> None:
        """Let every waiter look again."""
        self._next.set()
        self._next = asyncio.Event()

    async def wait(self, look: Callable[[], T | None], timeout: float, complaint: Callable[[], str]) -> T:
        """Return what `look` returns once that is not None.

        Raises TimeoutError with the text of `complaint` after `timeout` seconds; `complaint` is called
        then, so it can tell the state at that time.
        """
        try:
            async with asyncio.timeout(timeout):
                # No await between the look and the wait, so no change can be missed.
                while (found := look()) is None:
                    await self._next.wait()
                return found
        except TimeoutError:
            raise TimeoutError(f"after {timeout:g} s: {complaint()}") from None
