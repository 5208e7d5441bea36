"""Questions without a mention, in threads that the bot opened, where it may read all messages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from simcord.builders import ChannelHandle

from tests.apps import sample_app
from tests.frontends.discord.server import Server, running


@asynccontextmanager
async def opened(folder: Path, *, content: bool = True) -> AsyncIterator[tuple[Server, ChannelHandle]]:
    """Have a question answered and its talk moved into a thread."""
    async with sample_app(folder, discord={"message_content": content}) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "ask", question="what is Stormer?")
        assert result.response is not None
        await server.ada.click(result.response, label="Thread")
        [thread] = server.channel.threads
        yield server, thread


def answers(channel: ChannelHandle) -> int:
    return sum(bool(message.embeds) for message in channel.history())


async def test_a_message_in_its_thread_goes_on_without_a_mention(tmp_path: Path) -> None:
    async with opened(tmp_path) as (server, thread):
        assert "no mention needed" in thread.history()[-1].content
        await server.ada.send(thread, "what is GPipe?")
        assert answers(thread) == 1
        assert "GPipe" in str(thread.history()[-1].embeds[0].to_dict())


async def test_what_is_for_somebody_else_or_elsewhere_is_left_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as (server, thread):
        said = await server.bob.send(thread, f"{server.ada.mention} what is GPipe?")
        await server.ada.send(thread, "it is about pipelines", reply_to=said)
        await server.ada.send(server.channel, "what is GPipe?")
        assert answers(thread) == 0
        assert answers(server.channel) == 1


async def test_without_the_intent_a_mention_is_needed(tmp_path: Path) -> None:
    async with opened(tmp_path, content=False) as (server, thread):
        assert "mention me with your next question" in thread.history()[-1].content
        await server.ada.send(thread, "what is GPipe?")
        assert answers(thread) == 0
        await server.ada.send(thread, f"{server.mention} what is GPipe?")
        assert answers(thread) == 1
