"""Feed clients whose waits move a clock instead of taking time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from bot.sources.fetching.client import FeedClient
from bot.sources.fetching.exchange import FetchMemory, Validators, next_start
from tests.clocks import FakeClock


class ProcessMemory:
    """A FetchMemory of this process alone."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}
        self._validators: dict[str, Validators] = {}

    async def reserve(self, gate: str, *, gap_s: float, now: float) -> float:
        """Take the next start through a gate; return how many seconds lie before it."""
        start = next_start(self._next.get(gate), gap_s=gap_s, now=now)
        self._next[gate] = start
        return start - now

    async def validators(self, address: str) -> Validators | None:
        """Return what was kept of an address."""
        return self._validators.get(address)

    async def keep_validators(self, address: str, validators: Validators, *, now: float) -> None:
        """Keep what a server gave."""
        self._validators[address] = validators


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
        memory = memory or ProcessMemory()
        yield FeedClient(session=session, memory=memory, clock=clock, sleep=sleep, random=lambda: 0.0)
