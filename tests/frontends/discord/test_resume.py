"""The connection breaks while members ask: over real sockets, each mention is answered once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import discord as library
import pytest

from bot.frontends.discord.client import PaperbotClient, configure_library
from tests.apps import sample_app
from tests.fakes.discord_server import FakeDiscord, Json

MEMBERS = 200_000_000_000_000_000  # from here on, ids of members
QUESTIONS = ("what is GPipe?", "what is Stormer?", "which papers are about spiking transformers?")


@pytest.fixture(autouse=True)
def library_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give discord.py its own addresses back in the end."""
    for holder, name in ((library.http.Route, "BASE"), (library.gateway.DiscordWebSocket, "DEFAULT_GATEWAY")):
        monkeypatch.setattr(holder, name, getattr(holder, name))


class EagerClient(PaperbotClient):
    """The client without the 5 s that discord.py waits before it identifies anew."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing."""


@asynccontextmanager
async def connected(folder: Path) -> AsyncIterator[FakeDiscord]:
    """Run the bot, without a model, against a Discord on sockets."""
    async with FakeDiscord() as discord:
        settings = {"token": discord.token, "api_url": discord.api_url, "gateway_url": discord.gateway_url}
        async with sample_app(folder, discord=settings) as app:
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


async def ask(discord: FakeDiscord, *questions: str, first: int = 0) -> list[str]:
    """Let a member of its own mention the bot with each question; return the ids of what they wrote."""
    return [
        str(await discord.mention(question, user_id=MEMBERS + first + number))
        for number, question in enumerate(questions)
    ]


async def answers(discord: FakeDiscord, asked: list[str]) -> Counter[str]:
    """Wait until each of these messages is answered, and return how often, by id, any message is."""
    for one in asked:
        await discord.wait_for_message(partial(is_answer, to=one))
    # What would be answered twice has begun before this command, and shows.
    found = await discord.slash("search", {"query": "GPipe"})
    await found.settled()
    return Counter(of for message in discord.messages() if (of := answered(message)))


def answered(message: Json) -> str | None:
    return (message.get("message_reference") or {}).get("message_id")


def is_answer(message: Json, *, to: str) -> bool:
    embeds = message["embeds"]
    return answered(message) == to and bool(embeds) and embeds[0]["author"]["name"] == "Extracts"


async def test_mentions_around_a_broken_connection_are_answered_once(tmp_path: Path) -> None:
    async with connected(tmp_path) as discord:
        before = await ask(discord, QUESTIONS[0])
        async with discord.away(4000):
            during = await ask(discord, *QUESTIONS[1:], first=1)
        after = await ask(discord, QUESTIONS[0], first=3)
        asked = [*before, *during, *after]
        assert await answers(discord, asked) == Counter(asked)
        assert (discord.connections, discord.resumes) == (1, 1)


async def test_a_connection_that_breaks_twice_repeats_no_answer(tmp_path: Path) -> None:
    async with connected(tmp_path) as discord:
        asked = await ask(discord, QUESTIONS[0])
        await answers(discord, asked)
        for number, question in enumerate(QUESTIONS[1:], start=1):
            async with discord.away(4000):
                asked += await ask(discord, question, first=number)
            await answers(discord, asked)
        assert await answers(discord, asked) == Counter(asked)
        assert (discord.connections, discord.resumes) == (1, 2)


async def test_an_invalid_session_begins_a_new_one_that_answers_nothing_again(tmp_path: Path) -> None:
    async with connected(tmp_path) as discord:
        before = await ask(discord, *QUESTIONS[:2])
        await answers(discord, before)
        await discord.invalidate_session()
        await discord.ready()
        after = await ask(discord, QUESTIONS[2], first=2)
        assert await answers(discord, [*before, *after]) == Counter([*before, *after])
        assert (discord.connections, discord.resumes) == (2, 0)
        assert discord.syncs == 1
