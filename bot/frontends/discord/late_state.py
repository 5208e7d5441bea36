"""A state that is shown only when the next one takes long."""

import asyncio
from collections.abc import Awaitable, Callable

SHOWN_AFTER_S = 1.5
"""A state that is shown keeps the next one waiting for EDIT_INTERVAL_S, so a quick answer goes without."""


class LateState:
    """Shows something once, SHOWN_AFTER_S after it was begun, unless it was ended before."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self._showing = False

    def begin(self, show: Callable[[], Awaitable[None]]) -> None:
        """Let `show` be called later."""
        self._task = asyncio.create_task(self._later(show))

    async def end(self) -> None:
        """Don't show it any more; where that is just being done, return when it is."""
        if self._task is None:
            return
        if not self._showing:  # a request to Discord is never torn off: what it did would not be known
            self._task.cancel()
        task, self._task = self._task, None
        await asyncio.gather(task, return_exceptions=True)

    async def _later(self, show: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(SHOWN_AFTER_S)
        self._showing = True
        await show()
