"""Work before a command's answer, such as finding a paper that a feed is asked for."""

import asyncio
from pathlib import Path
from typing import Any, cast

import discord
import pytest
from discord.ext import commands

from bot.errors.requests import PaperUnknown
from bot.frontends.discord.shared import interactions
from bot.frontends.discord.shared.interactions import then_acknowledged
from tests.apps import sample_app
from tests.fakes.feeds import FakeFeeds, failures
from tests.ingest.ingesting import fill

KEY = "2610.00002"


class Command:
    """A command as far as its acknowledgement goes; it is its own response."""

    def __init__(self) -> None:
        self.response = self
        self.acknowledged = asyncio.Event()

    def is_done(self) -> bool:
        return self.acknowledged.is_set()

    async def defer(self, **_: object) -> None:
        assert not self.acknowledged.is_set()
        self.acknowledged.set()


async def found(command: Command, text: str, folder: Path, feeds: FakeFeeds) -> str:
    chosen: dict[str, Any] = {"enabled": ["daily-papers"], "daily_papers_url": feeds.url}
    async with sample_app(folder, feeds=chosen) as app:
        interaction = cast("discord.Interaction[commands.Bot]", command)
        return (await then_acknowledged(interaction, app.named_papers.of_text(text), private=False)).title


async def test_a_command_is_acknowledged_while_a_slow_feed_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interactions, "ACKNOWLEDGED_WITHIN_S", 0.01)
    command = Command()
    async with FakeFeeds() as feeds:
        fill(feeds)
        feeds.script(failures.after(command.acknowledged, feeds.paper))
        assert await found(command, KEY, tmp_path, feeds) == "Kettle Study 2: How Kettles Whistle"


async def test_a_paper_that_is_held_is_acknowledged_once(tmp_path: Path) -> None:
    command = Command()
    async with FakeFeeds() as feeds:
        assert await found(command, "Quantized Spike-driven Transformer", tmp_path, feeds)
    assert command.is_done()


async def test_a_refusal_at_once_is_left_to_be_told_to_the_asker_alone(tmp_path: Path) -> None:
    command = Command()
    async with FakeFeeds() as feeds:
        with pytest.raises(PaperUnknown):
            await found(command, "A Title That Nobody Gave to Anything", tmp_path, feeds)
    assert not command.is_done()
