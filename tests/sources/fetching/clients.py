"""Feed clients whose waits move a clock instead of taking time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from bot.sources.fetching.client import FeedClient
from bot.sources.fetching.request import FetchMemory
from tests.clocks import FakeClock


@asynccontextmanager
async def quick_client(
    clock: FakeClock, *, memory: FetchMemory | None = None, request_seconds: float = 5, waits: list[float] | None = None
) -> AsyncIterator[FeedClient]:
    """Open a client on `clock`; `waits` gets the seconds of each wait."""

    async def sleep(seconds: float) -> None:
        clock.move(seconds=seconds)
        if waits is not None:
            waits.append(seconds)

    async with aiohttp.ClientSession(
        headers={"User-Agent": "paperbot/test", "Accept-Encoding": "gzip"},
        timeout=aiohttp.ClientTimeout(total=request_seconds),
        auto_decompress=False,
    ) as session:
        yield FeedClient(session=session, memory=memory, clock=clock, sleep=sleep, random=lambda: 0.0)
