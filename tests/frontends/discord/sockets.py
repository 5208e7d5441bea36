"""The real client on a Discord over sockets, in one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import discord as library
import pytest

from bot.frontends.discord.client import PaperbotClient, configure_library
from tests.apps import sample_app
from tests.fakes.discord_server import FakeDiscord, Json


@pytest.fixture
def library_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give discord.py its own addresses back in the end."""
    for holder, name in ((library.http.Route, "BASE"), (library.gateway.DiscordWebSocket, "DEFAULT_GATEWAY")):
        monkeypatch.setattr(holder, name, getattr(holder, name))


class EagerClient(PaperbotClient):
    """The client without the 5 s that discord.py waits before it identifies anew."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing."""


@asynccontextmanager
async def connected(folder: Path, **groups: dict[str, Any]) -> AsyncIterator[FakeDiscord]:
    """Run the bot against a Discord on sockets; without a model, unless `groups` of settings name one."""
    async with FakeDiscord() as discord:
        settings = {"token": discord.token, "api_url": discord.api_url, "gateway_url": discord.gateway_url}
        async with sample_app(folder, discord=settings, **groups) as app:
            configure_library(app.settings.discord)
            async with EagerClient(app=app) as client:
                running = asyncio.create_task(client.start(discord.token))
                try:
                    await discord.ready()
                    yield discord
                finally:
                    running.cancel()
                    with suppress(asyncio.CancelledError):
                        await running
        assert discord.unhandled == []


def answered(message: Json) -> str | None:
    """Return the id of the message that this one replies to."""
    return (message.get("message_reference") or {}).get("message_id")
