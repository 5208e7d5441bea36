"""Every command is acknowledged before Discord takes it for lost, however long the index takes to take in papers."""

import asyncio
from pathlib import Path

import pytest

from bot.search.engine.protocol import PaperIndex
from bot.search.searcher import Searcher
from tests.fakes.discord_server.interactions import FakeInteraction
from tests.frontends.discord.command_rows import ROWS
from tests.frontends.discord.sockets import connected, library_addresses

__all__ = ["library_addresses"]

pytestmark = [pytest.mark.usefixtures("library_addresses"), pytest.mark.slow]

QUIET_S = 0.05
"""How long nothing may come of a command that is acknowledged at once and then waits for the index."""


class Gate:
    """Holds the index back while it is shut."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open = asyncio.Event()
        self.open.set()
        index = Searcher.index

        async def slow(searcher: Searcher) -> PaperIndex:
            await self.open.wait()
            return await index(searcher)

        monkeypatch.setattr(Searcher, "index", slow)


async def acknowledged(command: FakeInteraction) -> None:
    async with asyncio.timeout(3):
        while command.acknowledged_after is None:  # noqa: ASYNC110 - Discord's fake tells nobody
            await asyncio.sleep(0.01)


async def test_each_command_is_acknowledged_while_the_index_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    async with connected(tmp_path) as discord:
        for name, row in ROWS.items():
            if row.first is not None and row.admin:
                await (await discord.slash(row.first[0], row.first[1])).settled()
            gate.open.clear()
            command = await discord.slash(name, row.options)
            try:
                await acknowledged(command)
            except TimeoutError:
                pytest.fail(f"/{name} was not acknowledged")
            gate.open.set()
            await command.settled()
