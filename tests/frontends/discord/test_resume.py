"""The connection breaks while members ask: over real sockets, each mention is answered once."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.discord_server import FakeDiscord, Json
from tests.frontends.discord.sockets import answered, connected, library_addresses

__all__ = ["library_addresses"]

pytestmark = pytest.mark.usefixtures("library_addresses")

MEMBERS = 200_000_000_000_000_000  # from here on, ids of members
QUESTIONS = ("what is GPipe?", "what is Stormer?", "which papers are about spiking transformers?")


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
