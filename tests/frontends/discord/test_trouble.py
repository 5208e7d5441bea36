"""What goes wrong at Discord's end while an answer is written, over real sockets."""

import asyncio
import logging
from pathlib import Path

import pytest

from tests.fakes.model_manners import slow_tokens
from tests.fakes.model_server import FakeModel, faithful
from tests.frontends.discord.sockets import answered, answering, heading, is_being_written, is_done, library_addresses

__all__ = ["library_addresses"]

QUESTION = "what is Stormer?"
OTHER = 200_000_000_000_000_000


pytestmark = pytest.mark.usefixtures("library_addresses")


async def logged(caplog: pytest.LogCaptureFixture, text: str) -> None:
    """Wait until the log says so."""
    async with asyncio.timeout(10):
        while text not in caplog.text:  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.01)


async def given_up(caplog: pytest.LogCaptureFixture, model: FakeModel) -> None:
    """Wait until the answer is given up, and the model's server sees that nobody reads on."""
    await logged(caplog, "stopped an answer: ")
    async with asyncio.timeout(5):
        await model.left.wait()


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.slow
async def test_edits_beyond_discords_limit_are_held_back_and_the_end_is_whole(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with answering(tmp_path) as (discord, _):
        discord.limit_edits(1, 0.3)
        asked = await discord.mention(QUESTION)
        done = await discord.wait_for_message(is_done)
        assert answered(done) == str(asked)
        assert "**Sources**" in done["embeds"][0]["description"]
        assert discord.limited == 0
        assert len(discord.messages()) == 1
    assert errors(caplog) == []


@pytest.mark.slow
@pytest.mark.parametrize("by", ["mention", "command"])
async def test_edits_that_discord_refuses_as_too_many_are_sent_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, by: str
) -> None:
    async with answering(tmp_path) as (discord, _):
        discord.fail_next("PATCH", "/messages/", 429, times=4, body={"retry_after": 0.2})
        if by == "mention":
            await discord.mention(QUESTION)
        else:
            await discord.slash("ask", {"question": QUESTION})
        done = await discord.wait_for_message(is_done)
        assert "**Sources**" in done["embeds"][0]["description"]
        assert len(discord.messages()) == 1
        refused = [one for one in discord.requests if one[0] == "PATCH"]
        assert len(refused) == len(discord.edits) + 4
    assert errors(caplog) == []


@pytest.mark.parametrize("by", ["mention", "command"])
async def test_an_answer_that_is_deleted_while_it_is_written_is_given_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, by: str
) -> None:
    caplog.set_level(logging.INFO)
    async with answering(tmp_path) as (discord, model):
        if by == "mention":
            await discord.mention(QUESTION)
        else:
            await discord.slash("ask", {"question": QUESTION})
        written = await discord.wait_for_message(is_being_written)
        await discord.delete_message(int(written["id"]))
        await given_up(caplog, model)
        assert discord.messages() == []
        await discord.mention("what is GPipe?")  # it goes on with what is asked next
        await discord.wait_for_message(is_done)
    assert errors(caplog) == []


async def test_a_question_that_is_deleted_before_its_answer_begins_gets_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with answering(tmp_path) as (discord, model):
        await discord.delete_message(await discord.mention(QUESTION))
        await given_up(caplog, model)
        assert discord.messages() == []
    assert errors(caplog) == []


async def test_a_channel_that_is_deleted_takes_its_answer_with_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with answering(tmp_path) as (discord, model):
        await discord.mention(QUESTION, channel_id=discord.second_channel_id)
        await discord.wait_for_message(is_being_written, channel_id=discord.second_channel_id)
        await discord.delete_channel(discord.second_channel_id)
        await given_up(caplog, model)
        await discord.mention("what is GPipe?")
        await discord.wait_for_message(is_done)
    assert errors(caplog) == []


@pytest.mark.slow
async def test_a_bot_that_is_kicked_while_it_writes_stays_quiet_and_serves_on_in_private(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with answering(tmp_path, slow_tokens(0.05)) as (discord, _):
        await discord.mention(QUESTION)
        await discord.wait_for_message(is_being_written)
        await discord.kick()
        private = discord.direct_channel(OTHER)
        await discord.say("what is GPipe?", channel_id=private, user_id=OTHER)
        await discord.wait_for_message(is_done, channel_id=private)
        await logged(caplog, "show an error to the user")
    assert errors(caplog) == []


async def test_sending_that_is_forbidden_meanwhile_is_named_in_the_log_and_works_again_afterwards(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with answering(tmp_path, faithful) as (discord, _):
        discord.deny(discord.channel_id)
        asked = await discord.mention(QUESTION)
        await logged(caplog, "show an error to the user")
        assert discord.messages() == []
        discord.give_back(discord.channel_id)
        again = await discord.mention("what is GPipe?", user_id=OTHER)
        done = await discord.wait_for_message(is_done)
        assert answered(done) == str(again) != str(asked)
    assert errors(caplog) == []
    assert "Missing Permissions" in caplog.text


@pytest.mark.slow
async def test_a_channel_hidden_while_a_command_is_answered_still_gets_the_answer(tmp_path: Path) -> None:
    async with answering(tmp_path, slow_tokens(0.02)) as (discord, _):
        asked = await discord.slash("ask", {"question": QUESTION})
        await discord.wait_for_message(is_being_written)
        discord.deny(discord.channel_id, "view_channel", "send_messages")
        await discord.wait_for_message(is_done)  # the command's own token serves, whatever the bot may do there
        assert asked.acknowledged_after is not None


async def test_an_answer_that_is_written_when_the_bot_stops_says_so_with_what_was_checked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with answering(tmp_path) as (discord, _):
        await discord.mention(QUESTION)
        await discord.wait_for_message(is_being_written)
    (left,) = discord.messages()
    assert heading(left) == "Interrupted"
    assert "I'm restarting. Everything above was checked; ask again" in left["embeds"][0]["description"]
    assert errors(caplog) == []
