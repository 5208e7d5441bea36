"""The real bot in a process of its own, which tells how long its event loop was blocked and how much memory it holds.

The fakes keep every message and work on each request, so that in one process they would be measured with the bot.
"""

import asyncio
import logging
import multiprocessing
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from bench.memory import resident_mb
from bot.app import open_app
from bot.config import Settings
from bot.frontends.discord.run import run_bot
from bot.sources.files import read_sample

_TICK_S = 0.005
_EXIT_S = 15.0
_BLOCKED, _MEMORY = "blocked", "memory"

Groups = dict[str, dict[str, Any]]
"""Settings by group, as Settings takes them."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The longest time for which the loop was late, in milliseconds, and how much the process worked within one.

    `worked_ms` is less where other processes had the processor meanwhile.
    """

    waited_ms: float
    worked_ms: float


class BotProcess:
    """The bot's process, as the bench sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def blocked(self) -> Blocked:
        """Return how long the loop was blocked since this was asked last, or since the start."""
        return Blocked(*await self._told(_BLOCKED))

    async def memory_mb(self) -> float:
        """Return the resident memory in megabytes. The loop is blocked for that, which isn't counted."""
        return float(await self._told(_MEMORY))

    async def _told(self, what: str) -> Any:
        self._connection.send(what)
        return await asyncio.to_thread(self._connection.recv)


@asynccontextmanager
async def bot_process(groups: Groups) -> AsyncIterator[BotProcess]:
    """Run the bot with the bundled papers and these settings; it is stopped as a service would be."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_main, args=(groups, theirs), daemon=True)
    process.start()
    try:
        yield BotProcess(ours)
    finally:
        process.terminate()
        await asyncio.to_thread(process.join, _EXIT_S)
        if process.is_alive():
            process.kill()


def _main(groups: Groups, connection: Connection) -> None:
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(_serve(Settings.model_validate(groups), connection))


async def _serve(settings: Settings, connection: Connection) -> None:
    watchdog = _Watchdog()
    loop = asyncio.get_running_loop()

    def tell() -> None:
        if connection.recv() == _BLOCKED:
            connection.send(watchdog.take())
        else:
            connection.send(resident_mb())
            watchdog.forgive()

    async with open_app(settings) as app:
        await app.papers.upsert(read_sample(), now=app.clock().timestamp())
        loop.add_reader(connection.fileno(), tell)
        watching = asyncio.create_task(watchdog.watch())
        try:
            await run_bot(app)
        finally:
            watching.cancel()
            loop.remove_reader(connection.fileno())


class _Watchdog:
    """Sleeps for 5 ms again and again, and notes how much later than that it wakes up."""

    def __init__(self) -> None:
        self._longest = (0.0, 0.0)
        self._forgiven = False

    async def watch(self) -> None:
        """Go on until cancelled."""
        while True:
            began, worked = time.perf_counter(), time.process_time()
            await asyncio.sleep(_TICK_S)
            late = 1000 * (time.perf_counter() - began - _TICK_S)
            work = min(1000 * (time.process_time() - worked), late)
            if not self._forgiven:
                self._longest = max(self._longest[0], late), max(self._longest[1], work)
            self._forgiven = False

    def take(self) -> tuple[float, float]:
        """Return the longest wait and the most work within one, in milliseconds, and begin anew."""
        longest, self._longest = self._longest, (0.0, 0.0)
        return longest

    def forgive(self) -> None:
        """Leave the present wait out."""
        self._forgiven = True
