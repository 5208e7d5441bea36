"""Real `paperbot` processes."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.discord_server import FakeDiscord
from tests.fakes.model_server import FakeModel

_INHERITED = {"PATH", "HOME", "LANG", "SYSTEMROOT", "SSL_CERT_FILE"}
_EXIT_S = 15.0
_LOG_S = 30.0


@dataclass(frozen=True)
class Finished:
    """A command that has ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


def environment(**settings: str) -> dict[str, str]:
    """Return the environment of a process with just these settings. Warnings of our own code end it."""
    inherited = {name: value for name, value in os.environ.items() if name in _INHERITED}
    return {**inherited, "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "100", **settings}


def pointed_at(discord: FakeDiscord, model: FakeModel | None, store: Path, **more: str) -> dict[str, str]:
    """Return the environment of a bot that talks to the fakes."""
    settings = {
        "DISCORD_TOKEN": discord.token,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "STORE_PATH": str(store),
    }
    if model:
        settings |= {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": model.key, "OPENAI_MODEL": "test-model"}
    return environment(**settings, **more)


async def paperbot(*arguments: str, env: Mapping[str, str], cwd: Path, stdin: str | None = None) -> Finished:
    """Run a command to its end."""
    process = await _start(*arguments, env=env, cwd=cwd)
    out, err = await asyncio.wait_for(process.communicate(stdin.encode() if stdin else None), 60)
    assert process.returncode is not None
    return Finished(process.returncode, out.decode(), err.decode())


class Bot:
    """A running `paperbot run`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lines: list[str] = []
        self._changed = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @property
    def running(self) -> bool:
        return self._process.returncode is None

    @property
    def log(self) -> str:
        """What was logged so far."""
        return "".join(self._lines)

    async def kill(self) -> None:
        """End the process at once, as the kernel does when memory is short."""
        self._process.kill()
        await self._ended()

    async def stop(self) -> tuple[int, float]:
        """Ask the process to stop; return its exit code and the seconds that it took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        self._process.send_signal(signal.SIGTERM)
        await self._ended()
        assert self._process.returncode is not None
        return self._process.returncode, loop.time() - began

    async def logged(self, words: str) -> None:
        """Wait until the log holds these words. Raises TimeoutError with the log."""
        try:
            async with asyncio.timeout(_LOG_S):
                while words not in self.log:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise TimeoutError(f"{words!r} is not in the log:\n{self.log}") from None

    async def _ended(self) -> None:
        await asyncio.wait_for(self._process.wait(), _EXIT_S)
        await self._reading

    async def _read(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self._lines.append(line.decode())
            self._changed.set()


@asynccontextmanager
async def running_bot(env: Mapping[str, str], cwd: Path) -> AsyncIterator[Bot]:
    """Start `paperbot run`; what is left of it is killed at the end."""
    bot = Bot(await _start("run", env=env, cwd=cwd))
    try:
        yield bot
    finally:
        if bot.running:
            await bot.kill()
        print(bot.log)  # noqa: T201 - pytest shows it when the test fails


async def _start(*arguments: str, env: Mapping[str, str], cwd: Path) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, env=dict(env), cwd=cwd, stdin=pipe, stdout=pipe, stderr=pipe
    )
