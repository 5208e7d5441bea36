"""What members see of the channel memory, in a server that has turned it on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.errors.operation import StoreError
from bot.models import Paper
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_papers
from tests.frontends.discord.server import Server, running

WAVES = make_papers("Alpha Waves", "Beta Waves", "Gamma Waves", "Delta Waves")
ALPHA, BETA = "https://arxiv.org/abs/2401.00001v2", "https://huggingface.co/papers/2401.00002"


@asynccontextmanager
async def remembering(
    folder: Path, *, papers: list[Paper] = WAVES, on: bool = True, content: bool = True, clock: FakeClock | None = None
) -> AsyncIterator[Server]:
    """Run the bot in a server; `content`: it may read all messages."""
    clock = clock or FakeClock()
    settings = {"message_content": content}
    async with sample_app(folder, papers=papers, clock=clock, discord=settings) as app, running(app) as server:
        if on:
            await turn_on(server)
        yield server


async def turn_on(server: Server) -> None:
    await server.app.guild_settings.change(str(server.guild.id), channel_memory=True)


def quiet(channel: ChannelHandle) -> list[discord.Message]:
    """Return what the bot said of earlier discussions in a channel."""
    return [message for message in channel.history() if message.content.startswith("-# `")]


async def test_a_link_that_comes_again_gets_the_day_and_a_jump_link(tmp_path: Path) -> None:
    clock = FakeClock()
    async with remembering(tmp_path, clock=clock) as server:
        first = await server.ada.send(server.channel, f"look at {ALPHA}")
        assert quiet(server.channel) == []
        clock.move(days=3)
        again = await server.bob.send(server.channel, "https://www.alphaxiv.org/abs/2401.00001 is new!")
        [line] = quiet(server.channel)
    day = f"<t:{int(FakeClock().now.timestamp())}:D>"
    link = f"https://discord.com/channels/{server.guild.id}/{server.channel.id}/{first.id}"
    assert line.content == f"-# `2401.00001` was discussed on {day}: {link}"
    assert line.reference is not None
    assert line.reference.message_id == again.id
    assert line.flags.suppress_notifications
    assert line.flags.suppress_embeds
    assert line.mentions == []


async def test_a_channel_is_told_of_a_paper_once_a_day(tmp_path: Path) -> None:
    clock = FakeClock()
    async with remembering(tmp_path, clock=clock) as server:
        for hours, lines in ((0, 0), (1, 0), (24, 1), (1, 1), (22, 1), (2, 2)):
            clock.move(hours=hours)
            await server.ada.send(server.channel, ALPHA)
            assert len(quiet(server.channel)) == lines


async def test_another_channel_is_told_at_once_and_once_for_several_papers(tmp_path: Path) -> None:
    async with remembering(tmp_path) as server:
        other = server.guild.create_text_channel("other")
        for paper in WAVES:
            await server.ada.send(server.channel, paper.url)
        await server.bob.send(other, " ".join(paper.url for paper in WAVES))
        [line] = quiet(other)
        assert line.content.count("was discussed on") == 3
        await server.bob.send(other, ALPHA)
        assert len(quiet(other)) == 1


async def test_what_was_discussed_out_of_sight_is_not_told(tmp_path: Path) -> None:
    async with remembering(tmp_path) as server:
        overwrites: dict[Any, discord.PermissionOverwrite] = {
            server.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            server.ada: discord.PermissionOverwrite(view_channel=True),
            server.guild.me: discord.PermissionOverwrite(view_channel=True),
        }
        board = server.guild.create_text_channel("board", overwrites=overwrites)
        await server.ada.send(board, ALPHA)
        await server.bob.send(server.channel, ALPHA)
        assert quiet(server.channel) == []
        other = server.guild.create_text_channel("other")
        await server.bob.send(other, ALPHA)
        [line] = quiet(other)
    assert f"/{server.channel.id}/" in line.content


async def test_nothing_is_noted_or_told_where_it_is_not_turned_on(tmp_path: Path) -> None:
    async with remembering(tmp_path, on=False) as server:
        other = server.guild.create_text_channel("other")
        await server.ada.send(server.channel, ALPHA)
        await turn_on(server)
        await server.ada.send(other, ALPHA)
        assert quiet(other) == []


async def test_without_the_intent_it_reads_what_mentions_it_alone(tmp_path: Path) -> None:
    async with remembering(tmp_path, content=False) as server:
        other = server.guild.create_text_channel("other")
        await server.ada.send(server.channel, f"{server.mention} what is {ALPHA}?")
        await server.ada.send(other, ALPHA)
        assert quiet(other) == []
        await server.ada.send(other, f"{server.mention} what is {ALPHA}?")
        assert len(quiet(other)) == 1


@pytest.mark.slow
async def test_an_answer_of_the_bot_is_a_discussion_unless_it_is_private(tmp_path: Path) -> None:
    async with remembering(tmp_path) as server:
        private = await server.ada.slash(server.channel, "summarise", subject="2401.00002", private=True)
        answer = await server.ada.slash(server.channel, "summarise", subject="2401.00001")
        assert answer.response is not None
        assert private.ephemeral
        other = server.guild.create_text_channel("other")
        await server.bob.send(other, f"{ALPHA} {BETA}")
        [line] = quiet(other)
    assert line.content.endswith(f"/{server.channel.id}/{answer.response.id}")
    assert "2401.00002" not in line.content


async def test_what_it_posts_by_itself_is_a_discussion(tmp_path: Path) -> None:
    async with remembering(tmp_path) as server:
        channel = server.bot.get_channel(server.channel.id)
        assert isinstance(channel, discord.TextChannel)
        digest = await channel.send(embed=discord.Embed(description=f"1. [Alpha Waves]({ALPHA})"))
        await server.ada.slash(server.channel, "search", query="beta waves")  # a list that was asked for
        thread = await digest.create_thread(name="Today's papers")
        assert thread.owner == server.guild.me
        [within] = server.channel.threads
        await server.bob.send(within, ALPHA)
        assert quiet(within) == []
        other = server.guild.create_text_channel("other")
        await server.bob.send(other, f"{ALPHA} {BETA}")
        [line] = quiet(other)
    assert line.content.endswith(f"/{server.channel.id}/{digest.id}")
    assert "2401.00002" not in line.content


async def test_a_message_menu_tells_who_uses_it_alone(tmp_path: Path) -> None:
    async with remembering(tmp_path) as server:
        other = server.guild.create_text_channel("other")
        await server.ada.send(server.channel, ALPHA)
        message = await server.bob.send(other, ALPHA)
        result = await server.ada.context_menu(other, "Explain these papers", message)
        assert result.followups[-1].ephemeral
        assert "`2401.00001` was discussed on" in result.followups[-1].content
        own = await server.ada.context_menu(server.channel, "Save these papers", server.channel.history()[0])
        assert own.response is not None
        assert "was discussed on" not in own.response.content


@pytest.mark.parametrize("text", ["2401.00001", "see 2401.00001 there", "https://example.org/nothing", "no link"])
async def test_what_is_no_link_to_a_paper_is_left_alone(tmp_path: Path, text: str) -> None:
    async with remembering(tmp_path) as server:
        await server.ada.send(server.channel, ALPHA)
        other = server.guild.create_text_channel("other")
        await server.ada.send(other, text)
        assert quiet(other) == []


async def test_what_is_deleted_is_forgotten(tmp_path: Path) -> None:
    async with remembering(tmp_path) as server:
        message = await server.ada.send(server.channel, ALPHA)
        await server.ada.delete(message)
        other = server.guild.create_text_channel("other")
        await server.ada.send(other, ALPHA)
        assert quiet(other) == []


async def test_it_forgets_after_400_days(tmp_path: Path) -> None:
    clock = FakeClock()
    async with remembering(tmp_path, clock=clock) as server:
        await server.ada.send(server.channel, ALPHA)
        clock.move(days=401)
        await server.ada.send(server.channel, ALPHA)
        assert quiet(server.channel) == []
        clock.move(days=2)
        await server.ada.send(server.channel, ALPHA)
        [line] = quiet(server.channel)
    assert f"<t:{int(clock.now.timestamp()) - 2 * 86_400}:D>" in line.content


async def test_a_store_that_fails_costs_the_line_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with remembering(tmp_path) as server:

        async def fails(*_: object, **__: object) -> None:
            raise StoreError(path="x", reason="disk is full")

        server.app.channel_memory._discussed.of = fails  # type: ignore[assignment,method-assign]
        server.app.channel_memory._discussed.note = fails  # type: ignore[method-assign]
        await server.ada.send(server.channel, f"{server.mention} what are alpha waves? {ALPHA}")
        assert server.last.embeds
    assert "record a discussion" in caplog.text
