"""What a command's asker sees of it when things are slow or go wrong."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import discord
import pytest
from discord.ext import commands

from bot.answers.events import Done, Event, Searching
from bot.errors.requests import QuestionEmpty
from bot.frontends.discord.answers import responding as commanding
from bot.frontends.discord.answers.responding import respond
from tests.apps import sample_app
from tests.frontends.discord.rendering.answers import make_answer
from tests.frontends.discord.server import running


class Command:
    """A command as discord.py hands it on, which notes what its asker sees. SimCord's clock would jump over a wait."""

    guild_id = None

    def __init__(self) -> None:
        self.response = self
        self.user = SimpleNamespace(id=1)
        self.channel = None
        self.acknowledged = asyncio.Event()
        self.shown: list[discord.Embed | str] = []

    def is_done(self) -> bool:
        return self.acknowledged.is_set()

    async def defer(self, *, thinking: bool, ephemeral: bool) -> None:
        assert thinking
        assert not ephemeral
        assert not self.is_done(), "Discord takes one acknowledgement"
        await asyncio.sleep(0)
        self.acknowledged.set()

    async def edit_original_response(
        self, *, embed: discord.Embed | None = None, content: str = "", **_others: object
    ) -> discord.Message:
        assert self.is_done()
        self.shown.append(embed or content)
        return cast("discord.Message", SimpleNamespace(id=1))


async def run(command: Command, events: AsyncGenerator[Event], folder: Path) -> None:
    async with sample_app(folder) as app:
        await respond(cast("discord.Interaction[commands.Bot]", command), events, app=app)


async def test_a_command_is_acknowledged_while_the_question_is_still_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commanding, "ACKNOWLEDGED_WITHIN_S", 0.01)
    command = Command()

    async def events() -> AsyncGenerator[Event]:
        await command.acknowledged.wait()
        yield Searching("what?")
        yield Done(make_answer())

    await run(command, events(), tmp_path)
    [shown] = command.shown
    assert isinstance(shown, discord.Embed)
    assert shown.author.name == "Answer"


async def test_what_fails_after_a_late_acknowledgement_is_told_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commanding, "ACKNOWLEDGED_WITHIN_S", 0.01)
    command = Command()

    async def events() -> AsyncGenerator[Event]:
        await command.acknowledged.wait()
        raise QuestionEmpty
        yield Searching("never")

    await run(command, events(), tmp_path)
    assert command.shown == [str(QuestionEmpty())]


async def test_what_fails_at_once_is_left_to_be_told_to_the_asker_alone(tmp_path: Path) -> None:
    command = Command()

    async def events() -> AsyncGenerator[Event]:
        raise QuestionEmpty
        yield Searching("never")

    with pytest.raises(QuestionEmpty):
        await run(command, events(), tmp_path)
    assert not command.is_done()
    assert command.shown == []


async def test_a_cancelled_command_ends_its_events(tmp_path: Path) -> None:
    command = Command()
    ended = asyncio.Event()
    begun = asyncio.Event()

    async def events() -> AsyncGenerator[Event]:
        try:
            begun.set()
            await asyncio.Event().wait()
            yield Searching("never")
        finally:
            ended.set()

    running_command = asyncio.create_task(run(command, events(), tmp_path))
    await begun.wait()
    running_command.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running_command
    assert ended.is_set()


async def test_what_fails_after_the_acknowledgement_is_told_in_its_place(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "compare", first="GPipe", second="GPipe pipeline parallelism")
    assert result.response is not None
    assert result.response.content.startswith("Two of the items lead to the same paper")
    assert result.response.embeds == []
    assert result.followups == []


async def test_an_acknowledgement_that_fails_leaves_nothing_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(commanding, "ACKNOWLEDGED_WITHIN_S", 0)
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        server.env.inject_error("POST", "*/callback*", status=404, code=10062)
        await server.ada.slash(server.channel, "summarise", subject="spiking transformers")
        await server.env.settle(timeout=10)
    assert "already running" not in caplog.text
    assert "Task was destroyed" not in caplog.text
