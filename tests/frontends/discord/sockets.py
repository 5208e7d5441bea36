"""The real client on a Discord over sockets, in one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import discord as library
import pytest

from bot.answers.sentences import split_sentences
from bot.frontends.discord.client import PaperbotClient, configure_library
from tests.apps import sample_app
from tests.fakes.discord_server import FakeDiscord, Json
from tests.fakes.model_server import Behaviour, FakeModel, Reply, sources_of
from tests.fakes.model_writing import cited


@pytest.fixture
def library_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give discord.py its own addresses back in the end."""
    for holder, name in ((library.http.Route, "BASE"), (library.gateway.DiscordWebSocket, "DEFAULT_GATEWAY")):
        monkeypatch.setattr(holder, name, getattr(holder, name))


class EagerClient(PaperbotClient):
    """The client without the 5 s that discord.py waits before it identifies again."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Skip the wait before identifying."""


@asynccontextmanager
async def connected(folder: Path, **more: Any) -> AsyncIterator[FakeDiscord]:
    """Run the bot against a Discord on sockets; without a model, unless `more`, given as to sample_app, names one."""
    async with FakeDiscord() as discord:
        settings = {"token": discord.token, "api_url": discord.api_url, "gateway_url": discord.gateway_url}
        async with sample_app(folder, discord=settings, **more) as app:
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


def at_length(request: Json) -> Reply:
    """Write all sentences of all sources, ten a second, for several seconds."""
    sentences = [
        (number, text) for number, abstract in sources_of(request).items() for text in split_sentences(abstract)
    ]
    return Reply(tuple(f"{cited(text, number)}\n" for number, text in sentences), delay_s=0.1)


@asynccontextmanager
async def answering(
    folder: Path, behaviour: Behaviour = at_length, **groups: dict[str, Any]
) -> AsyncIterator[tuple[FakeDiscord, FakeModel]]:
    """Run the bot with a model that behaves so, first of all."""
    async with FakeModel() as model:
        model.script(behaviour)
        openai = {"base_url": model.base_url, "api_key": "fake-key"}
        async with connected(folder, openai=openai, **groups) as discord:
            yield discord, model


def heading(message: Json) -> str:
    """Return what a message says it is."""
    return str(message["embeds"][0]["author"]["name"]) if message["embeds"] else ""


def is_being_written(message: Json) -> bool:
    """Whether a message holds an unfinished answer."""
    return heading(message) == "Writing…"


def is_done(message: Json) -> bool:
    """Whether a message holds a whole answer of a model."""
    return heading(message) == "Answer"
