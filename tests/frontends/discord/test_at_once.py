"""Several members at once, an answer that is stopped, and commands that take longer than Discord waits."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.discord_server import FakeDiscord, Json
from tests.fakes.model_manners import slow_tokens
from tests.frontends.discord.sockets import answering, heading, is_being_written, is_done, library_addresses

__all__ = ["library_addresses"]

pytestmark = pytest.mark.usefixtures("library_addresses")

QUESTION = {"question": "what is Stormer?"}
OTHER = 200_000_000_000_000_000


def button(message: Json, label: str) -> str:
    """Return the custom_id of a message's button."""
    rows = message["components"]
    return str(next(one["custom_id"] for row in rows for one in row["components"] if one.get("label") == label))


def is_about(name: str, message: Json) -> bool:
    return is_done(message) and name in message["embeds"][0]["title"]


def is_waiting(message: Json) -> bool:
    return heading(message) == "Waiting…"


async def test_the_asker_stops_an_answer_while_it_is_written_and_asks_again_at_once(tmp_path: Path) -> None:
    async with answering(tmp_path) as (discord, model):
        await discord.slash("ask", QUESTION)
        written = await discord.wait_for_message(is_being_written)
        await discord.click(written, button(written, "Cancel"))
        stopped = await discord.wait_for_message(lambda message: heading(message) == "Cancelled")
        assert stopped["id"] == written["id"]
        assert "Cancelled by the user who asked. Everything above was checked." in stopped["embeds"][0]["description"]
        assert stopped["components"] == []
        async with asyncio.timeout(5):
            await model.left.wait()
        await discord.slash("ask", {"question": "what is GPipe?"})
        await discord.wait_for_message(is_done)


@pytest.mark.slow
async def test_a_member_in_the_queue_sees_its_place_and_is_answered_in_turn(tmp_path: Path) -> None:
    async with answering(tmp_path, slow_tokens(0.05), limits={"concurrent": 1}) as (discord, _):
        first = await discord.slash("ask", QUESTION)
        await discord.wait_for_message(is_being_written)
        second = await discord.slash("ask", {"question": "what is GPipe?"}, user_id=OTHER)
        waiting = await discord.wait_for_message(is_waiting)
        assert "This one is number 1 in the queue." in waiting["embeds"][0]["description"]
        await discord.wait_for_message(lambda message: is_done(message) and message["id"] == waiting["id"])
        shown = {message["id"]: heading(message) for message in discord.messages()}
        assert list(shown.values()) == ["Answer", "Answer"]
        assert first.acknowledged_after is not None
        assert second.acknowledged_after is not None


async def test_two_members_are_answered_at_once_each_with_its_own(tmp_path: Path) -> None:
    async with answering(tmp_path, slow_tokens(0.02)) as (discord, _):
        await asyncio.gather(
            discord.slash("ask", QUESTION), discord.slash("ask", {"question": "what is GPipe?"}, user_id=OTHER)
        )
        for name in ("Stormer", "GPipe"):
            await discord.wait_for_message(partial(is_about, name))
        assert len(discord.messages()) == 2


async def test_a_command_that_outlives_its_token_is_ended_in_a_plain_message(tmp_path: Path) -> None:
    async with answering(tmp_path) as (discord, _):
        asked = await discord.slash("ask", QUESTION)
        begun = await discord.wait_for_message(is_being_written)
        asked.expire()
        done = await discord.wait_for_message(is_done)
        assert done["id"] != begun["id"]
        assert "**Sources**" in done["embeds"][0]["description"]
        assert [label(one) for row in done["components"] for one in row["components"]][:2] == ["Evidence", "Follow up"]


async def test_a_private_command_that_outlives_its_token_is_ended_by_direct_message(tmp_path: Path) -> None:
    async with answering(tmp_path) as (discord, _):
        asked = await discord.slash("ask", {**QUESTION, "private": True}, user_id=OTHER)
        await _is_written(discord)
        asked.expire()
        done = await discord.wait_for_message(is_done, channel_id=discord.direct_channel(OTHER))
        assert "**Sources**" in done["embeds"][0]["description"]
        assert discord.messages() == []  # nothing of it stands where others read


def label(component: Json) -> str:
    return str(component.get("label") or component.get("emoji", {}).get("name"))


async def _is_written(discord: FakeDiscord) -> None:
    """Wait until an answer that only its asker sees is edited."""
    async with asyncio.timeout(10):
        while not discord.edits:  # noqa: ASYNC110 - nobody else sees it
            await asyncio.sleep(0.01)
