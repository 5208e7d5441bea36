"""How long an event loop is kept waiting while threads search, add and maintain an index."""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

_TICK_S = 0.001
_SEARCHERS = 3


async def longest_wait_ms(search: Callable[[Any], object], queries: Sequence[Any], work: Callable[[], object]) -> float:
    """Return the longest delay of a loop that should wake up every millisecond.

    Meanwhile three tasks search one query after the other in threads, and another thread does `work`; all go on until
    the work is done and a second has passed.
    """
    done = threading.Event()
    waits: list[float] = []

    async def watch() -> None:
        while not done.is_set():
            start = time.perf_counter()
            await asyncio.sleep(_TICK_S)
            waits.append(time.perf_counter() - start - _TICK_S)

    async def keep_searching(offset: int) -> None:
        number = offset
        while not done.is_set():
            await asyncio.to_thread(search, queries[number % len(queries)])
            number += _SEARCHERS

    async def keep_working() -> None:
        await asyncio.gather(asyncio.to_thread(work), asyncio.sleep(1))
        done.set()

    await asyncio.gather(watch(), keep_working(), *(keep_searching(offset) for offset in range(_SEARCHERS)))
    return 1000 * max(waits)
