"""Answers of a model to a member who mentions the bot."""

from pathlib import Path
from typing import Any

import discord

from tests.apps import sample_app
from tests.fakes.model_server import FakeModel
from tests.frontends.discord.server import Server


def with_model(folder: Path, model: FakeModel, **changes: Any) -> Any:
    return sample_app(folder, openai={"base_url": model.base_url}, **changes)


async def answered(server: Server, question: str = "what is Stormer?") -> discord.Message:
    await server.ada.send(server.channel, f"{server.mention} {question}")
    return server.last
