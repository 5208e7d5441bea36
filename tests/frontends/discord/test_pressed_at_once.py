"""Fifty presses at once, over sockets."""

import asyncio
from pathlib import Path

import pytest

from tests.fakes.discord_server import Json
from tests.fakes.model_manners import slow_tokens
from tests.frontends.discord.sockets import answering, connected, heading, is_done, library_addresses

__all__ = ["library_addresses"]

pytestmark = pytest.mark.usefixtures("library_addresses")

QUESTION = {"question": "what is Stormer?"}
MANY = 50
FIRST_MEMBER = 200_000_000_000_000_000


def button(message: Json, name: str) -> str:
    """Return the custom_id of a message's button."""
    found = [one["custom_id"] for row in message["components"] for one in row["components"]]
    return str(next(each for each in found if each.startswith(f"{name}:")))


@pytest.mark.slow
async def test_fifty_members_vote_at_once_and_each_is_told_and_counted(tmp_path: Path) -> None:
    async with connected(tmp_path) as discord:
        answer = await (await discord.slash("ask", QUESTION)).settled(predicate=lambda one: bool(one["components"]))
        good = button(answer, "good")
        presses = await asyncio.gather(
            *(discord.click(answer, good, user_id=FIRST_MEMBER + number) for number in range(MANY))
        )
        for press in presses:
            told = await press.settled(predicate=lambda one: "Thanks" in one["content"])
            assert told["flags"] & 64
            assert press.acknowledged_after is not None
            assert press.acknowledged_after < 3


@pytest.mark.slow
async def test_who_presses_regenerate_fifty_times_gets_one_answer(tmp_path: Path) -> None:
    async with answering(tmp_path, slow_tokens(0.02)) as (discord, model):
        await discord.slash("ask", QUESTION)
        answer = await discord.wait_for_message(is_done)
        before = len(model.answered)
        again = button(answer, "again")
        presses = await asyncio.gather(*(discord.click(answer, again) for _ in range(MANY)))
        refused = 0
        for press in presses:
            async with asyncio.timeout(10):
                while press.acknowledged_after is None:  # noqa: ASYNC110 - the fake tells nobody
                    await asyncio.sleep(0.01)
            refused += any(one["flags"] & 64 for one in press.followups) or press.ephemeral
        done = await discord.wait_for_message(lambda one: is_done(one) and button(one, "again") != again)
        assert refused == MANY - 1
        assert len(model.answered) == before + 1
        assert done["id"] == answer["id"]
        assert [heading(message) for message in discord.messages()] == ["Answer"]
