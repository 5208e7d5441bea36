"""The real bot in a process of its own, which kills itself at a given step of a given digest.

Processes are forked from one that has loaded everything, as starting Python takes most of a start's time.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing.process import BaseProcess
from typing import Any, cast

from bot import jobs
from bot.app import App, open_app
from bot.config import Settings
from bot.digests import attempts as watch
from bot.digests.writer import DigestWriter
from bot.frontends.discord import run
from bot.frontends.discord.client import PaperbotClient
from bot.frontends.discord.digests.outlet import DiscordDigestOutlet
from bot.store.digest_ledger import DigestLedger

Groups = dict[str, dict[str, Any]]
"""Settings by group, as Settings takes them."""

_INTERVAL_S = 0.1


@dataclass(frozen=True)
class Doom:
    """Where a process dies: before or after a part's method has done its work for a digest."""

    part: str
    method: str
    after: bool
    digest: str

    def __str__(self) -> str:
        return f"{'after' if self.after else 'before'} {self.part}.{self.method}"

    async def calling(self, method: Any, *args: Any, **more: Any) -> Any:
        """Call the method, or die."""
        if _digest(args) != self.digest:
            return await method(*args, **more)
        if self.after:
            await method(*args, **more)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("SIGKILL can't be survived")


def _digest(args: tuple[Any, ...]) -> str:
    first = args[0]
    return str(getattr(first, "key", None) or getattr(first, "digest", None) or first)


class Doomed:
    """A part whose method is deadly."""

    def __init__(self, part: Any, doom: Doom) -> None:
        self._part, self._doom = part, doom

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._part, name)
        if name != self._doom.method:
            return method
        return lambda *args, **more: self._doom.calling(method, *args, **more)


class QuickClient(PaperbotClient):
    """The client, without the 2 s that discord.py waits for further servers."""

    def __init__(self, *, app: Any) -> None:
        super().__init__(app=app)
        self._connection.guild_ready_timeout = 0.05


def start(groups: Groups, doom: Doom | None = None) -> BaseProcess:
    """Start a process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.frontends.discord.doomed"])
    process = context.Process(target=_main, args=(groups, doom), daemon=True)
    process.start()
    return process


async def ended(process: BaseProcess) -> int | None:
    """Wait for a process to end, and return its exit code; it is ended by force when it does not."""
    await asyncio.to_thread(process.join, 40)
    if process.is_alive():
        process.kill()
        await asyncio.to_thread(process.join)
        return None
    return process.exitcode


@asynccontextmanager
async def living(groups: Groups) -> AsyncIterator[None]:
    """Run a process that lives until the body ends, and is then told to stop."""
    process = start(groups)
    try:
        yield
    finally:
        process.terminate()
        await ended(process)


def _main(groups: Groups, doom: Doom | None) -> None:
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(_serve(Settings.model_validate(groups), doom))


async def _serve(settings: Settings, doom: Doom | None) -> None:
    # Nothing here waits for minutes.
    jobs.INTERVAL_S = _INTERVAL_S
    watch.LATE_EVERY = timedelta(seconds=_INTERVAL_S)
    vars(run)["PaperbotClient"] = QuickClient
    async with open_app(settings) as app:
        await run.run_bot(_doomed(app, doom) if doom else app)


def _doomed(app: App, doom: Doom) -> App:
    """Return the app with the deadly part in its place."""
    if doom.part == "ledger":
        app.digest_ledger = cast("DigestLedger", Doomed(app.digest_ledger, doom))
        return app
    if doom.part == "writer":
        app.digest_writer = cast("DigestWriter", Doomed(app.digest_writer, doom))
        return app
    method = getattr(DiscordDigestOutlet, doom.method)

    async def deadly(self: DiscordDigestOutlet, *args: Any, **more: Any) -> Any:
        return await doom.calling(partial(method, self), *args, **more)

    setattr(DiscordDigestOutlet, doom.method, deadly)
    return app
