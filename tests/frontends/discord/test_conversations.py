"""Which conversation a message goes on with."""

from pathlib import Path

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.answers.request import Requester
from bot.app import App
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.fakes.model_server import FakeModel
from tests.frontends.discord.server import Server, running

FOLLOW_UP = "and what about its training cost?"
STORMER = "[1] **Scaling transformer neural networks"
TAKEN_UP = "-# Searched for:"
OVER = (
    "This conversation has ended: conversations last 24 hours after the last question. Ask again, "
    "naming the paper or topic."
)


def text_of(message: discord.Message | None) -> str:
    """Return what an answer says."""
    assert message is not None
    return message.embeds[0].description or ""


async def ask(server: Server, question: str) -> discord.Message:
    """Have ada mention the bot with a question; return the answer."""
    await server.ada.send(server.channel, f"{server.mention} {question}")
    return server.last


async def open_thread(server: Server, message: discord.Message) -> ChannelHandle:
    """Open a thread at a message."""
    channel = server.bot.get_channel(server.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await (await channel.fetch_message(message.id)).create_thread(name="More on this")
    await server.env.settle()
    [thread] = server.channel.threads
    return thread


async def questions_of_last(app: App, user: int, place: str) -> list[str]:
    """Return the questions that a user's latest conversation in a place remembers."""
    conversation = await app.conversations.latest(place, Requester(user=str(user)))
    assert conversation is not None
    turns, _ = await app.conversations.history(conversation)
    return [turn.content for turn in turns if turn.role == "user"]


async def test_a_reply_to_an_answer_goes_on_with_its_conversation(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        answer = await ask(server, "what is Stormer?")
        await server.ada.send(server.channel, FOLLOW_UP, reply_to=answer)
        second = server.last
        await server.ada.send(server.channel, "and how far ahead does it win?", reply_to=second)
        third = server.last
        remembered = await questions_of_last(app, server.ada.id, f"discord:{server.channel.id}")
    assert second.embeds[0].title == FOLLOW_UP
    for reply in (second, third):
        assert text_of(reply).startswith(TAKEN_UP)
        assert STORMER in text_of(reply)
    assert remembered == ["what is Stormer?", FOLLOW_UP, "and how far ahead does it win?"]


async def test_a_reply_to_the_answer_of_a_command_goes_on_when_it_mentions_the_bot(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "ask", question="what is Stormer?")
        assert result.response is not None
        await server.ada.send(server.channel, f"{server.mention} {FOLLOW_UP}", reply_to=result.response)
        assert text_of(server.last).startswith(TAKEN_UP)
        assert STORMER in text_of(server.last)
        await server.ada.send(server.channel, FOLLOW_UP, reply_to=result.response)
        unread = server.last
    assert unread.content == (
        "Discord only lets me read a reply to a command's answer if it mentions me. Reply again, starting with "
        "@\u200bTestBot."
    )


async def test_a_reply_to_any_message_of_a_long_answer_goes_on(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "summarise", subject="transformers")
        assert result.response is not None
        [second, *_] = result.followups
        for piece in (result.response, second):
            question = f"{server.mention} and what about their training cost?"
            await server.ada.send(server.channel, question, reply_to=piece)
            assert text_of(server.last).startswith(TAKEN_UP)


@pytest.mark.slow
async def test_somebody_elses_reply_knows_the_papers_and_none_of_the_words(tmp_path: Path) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}) as app, running(app) as server:
            answer = await ask(server, "what is Stormer, asks the KIWI club?")
            model.requests.clear()
            await server.bob.send(server.channel, FOLLOW_UP, reply_to=answer)
            reply = server.last
            bobs = await questions_of_last(app, server.bob.id, f"discord:{server.channel.id}")
            adas = await questions_of_last(app, server.ada.id, f"discord:{server.channel.id}")
    assert STORMER in text_of(reply)
    assert "KIWI" not in str(model.requests)
    assert bobs == [FOLLOW_UP]
    assert adas == ["what is Stormer, asks the KIWI club?"]


async def test_another_mention_in_a_channel_begins_anew(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        await ask(server, "what is Stormer?")
        again = await ask(server, FOLLOW_UP)
    assert not text_of(again).startswith(TAKEN_UP)


async def test_a_reply_to_a_message_without_an_answer_begins_anew(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        talk = await server.bob.send(server.channel, "has anybody read about GPipe?")
        await server.ada.send(server.channel, f"{server.mention} what is Stormer?", reply_to=talk)
        assert STORMER in text_of(server.last)


async def test_a_direct_message_goes_on_with_the_last_one(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        eve = server.env.create_user("eve")
        await eve.send_dm("what is Stormer?")
        await eve.send_dm(FOLLOW_UP)
        reply = eve.dm_channel.last_message
    assert text_of(reply).startswith(TAKEN_UP)
    assert STORMER in text_of(reply)


async def test_a_thread_goes_on_with_each_members_own_conversation(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        thread = await open_thread(server, await ask(server, "what is GPipe?"))
        await server.ada.send(thread, f"{server.mention} what is Stormer?")
        await server.ada.send(thread, f"{server.mention} {FOLLOW_UP}")
        adas = thread.last_message
        await server.bob.send(thread, f"{server.mention} {FOLLOW_UP}")
        bobs = thread.last_message
    assert text_of(adas).startswith(TAKEN_UP)
    assert STORMER in text_of(adas)
    assert not text_of(bobs).startswith(TAKEN_UP)


async def test_a_conversation_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        answer = await ask(server, "what is Stormer?")
        await server.env.restart_bot(server.another_bot())
        await server.ada.send(server.channel, FOLLOW_UP, reply_to=answer)
        assert text_of(server.last).startswith(TAKEN_UP)


async def test_a_follow_up_after_the_end_is_told_what_to_do(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, clock=clock) as app, running(app) as server:
        answer = await ask(server, "what is Stormer?")
        eve = server.env.create_user("eve")
        await eve.send_dm("what is Stormer?")
        clock.move(hours=25)
        await server.ada.send(server.channel, FOLLOW_UP, reply_to=answer)
        assert server.last.content == OVER
        await eve.send_dm(FOLLOW_UP)
        told = eve.dm_channel.last_message
    assert told is not None
    assert told.content == OVER


async def test_a_question_of_its_own_after_the_end_begins_anew(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, clock=clock) as app, running(app) as server:
        eve = server.env.create_user("eve")
        await eve.send_dm("what is Stormer?")
        clock.move(hours=25)
        await eve.send_dm("what is GPipe?")
        reply = eve.dm_channel.last_message
        remembered = await questions_of_last(app, eve.id, f"discord:{eve.dm_channel.id}")
    assert "[1] **GPipe" in text_of(reply)
    assert remembered == ["what is GPipe?"]
