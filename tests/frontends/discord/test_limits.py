"""What members see once a limit of the day is reached."""

from pathlib import Path
from typing import Any

import discord
import pytest

from tests.apps import sample_app
from tests.fakes.model_server import FakeModel
from tests.frontends.discord.server import Server, running

A_FEW_ANSWERS = 6_000
"""Tokens that are enough for one answer, and not for as many as there are names."""

NAMES = ("GPipe", "SpikeGPT", "DBConformer", "BiViT", "ClST", "STEP", "QSD-Transformer", "Meta-SpikeFormer")


async def ask(server: Server, question: str, *, by_bob: bool = False) -> discord.Embed:
    requester = server.bob if by_bob else server.ada
    await requester.send(server.channel, f"{server.mention} {question}")
    [embed] = server.last.embeds
    return embed


@pytest.mark.slow
async def test_a_user_at_the_limit_gets_extracts_and_the_reason_while_others_are_answered(tmp_path: Path) -> None:
    async with FakeModel() as model:
        limits = {"user_tokens": A_FEW_ANSWERS}
        async with sample_app(tmp_path, openai={"base_url": model.base_url}, limits=limits) as app:
            async with running(app) as server:
                first, *_ = [await ask(server, f"what is {name}?") for name in NAMES]
                adas = await ask(server, "what is Stormer?")
                bobs = await ask(server, "what is the weather model Stormer?", by_bob=True)
    assert first.author.name == "Answer"
    assert adas.author.name == "Extracts"
    assert "> “Stormer is a simple weather forecasting model" in (adas.description or "")
    assert "used up until midnight UTC" in (adas.description or "")
    assert bobs.author.name == "Answer"


@pytest.mark.parametrize("limit", ["guild_tokens", "day_tokens"])
async def test_a_limit_of_the_server_or_of_the_day_holds_for_everybody(tmp_path: Path, limit: str) -> None:
    limits: dict[str, Any] = {limit: 1}
    async with FakeModel() as model:
        async with sample_app(tmp_path, openai={"base_url": model.base_url}, limits=limits) as app:
            async with running(app) as server:
                shown = [await ask(server, "what is GPipe?", by_bob=by_bob) for by_bob in (False, True)]
    for embed in shown:
        assert embed.author.name == "Extracts"
        assert "used up until midnight UTC" in (embed.description or "")
    assert model.answered == []
