"""Write a payload of each kind of message, made by the real renderers from the bundled papers.

Run from the repository's root: .venv/bin/python -m docs.messages.write. The pictures in docs/ are drawn from these.
"""

import asyncio
import json
import re
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord

from bot.app import App, open_app
from bot.assistant.answer import Answer
from bot.assistant.events import Done, Event
from bot.config import Settings
from bot.frontends.discord.buttons.below import view_below
from bot.frontends.discord.rendering.answers import answer_embeds
from bot.frontends.discord.rendering.digests import digest_embeds
from bot.frontends.discord.rendering.evidence import evidence_embeds
from bot.frontends.discord.rendering.results import results_embed
from bot.sources.sample import read_sample
from bot.store.database import MEMORY
from docs.messages import written
from tests.fakes.model_server import FakeModel, says

FOLDER = Path(__file__).parent
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

QUESTION = "How does Stormer forecast the weather, and how far ahead does it win?"
STORMER = "Scaling transformer neural networks for skillful and reliable medium-range weather forecasting"
SPIKING = (
    "Quantized Spike-driven Transformer",
    "Spike-driven Transformer V2: Meta Spiking Neural Network Architecture Inspiring the Design of Next-generation "
    "Neuromorphic Chips",
)


async def main() -> None:
    """Write every payload."""
    async with FakeModel() as server:
        model = {"base_url": server.base_url, "api_key": server.key, "model": "example-model"}
        settings = Settings.model_validate({"openai": model})
        async with open_app(settings, store_path=MEMORY, clock=lambda: MORNING) as app:
            await _fill(app)
            await _write_checked(app, server)
    async with open_app(Settings(), store_path=MEMORY, use_model=False, clock=lambda: MORNING) as app:
        await _fill(app)
        await _write_without_model(app)


async def _write_checked(app: App, server: FakeModel) -> None:
    """Write what a model's texts become."""

    async def answered(events: AsyncGenerator[Event], *texts: str) -> Answer:
        server.script(*map(says, texts))
        return await _end(events)

    ask = app.assistant
    answer = await answered(ask.ask(QUESTION), written.ANSWER)
    _write("answer", answer_embeds(answer), view=view_below(answer), asked="/ask", by="mira")
    _write("evidence", evidence_embeds(answer))
    answer = await answered(ask.summarise([STORMER]), written.SUMMARY)
    _write("summary", answer_embeds(answer), view=view_below(answer), asked="/summarise", by="jonas")
    answer = await answered(ask.summarise(["spiking transformers"]), written.LINES, written.OVERVIEW)
    _write("topic-summary", answer_embeds(answer), view=view_below(answer), asked="/summarise", by="mira")
    answer = await answered(ask.compare(SPIKING), written.COMPARISON)
    _write("comparison", answer_embeds(answer), view=view_below(answer), asked="/compare", by="mira")
    answer = await answered(ask.explain("spiking neural network"), written.EXPLANATION)
    _write("explanation", answer_embeds(answer), view=view_below(answer), asked="/explain", by="jonas")


async def _write_without_model(app: App) -> None:
    """Write what there is without a model."""
    ask = app.assistant
    answer = await _end(ask.ask("what is GPipe?"))
    _write("extracts", answer_embeds(answer), view=view_below(answer), asked="@paperbot what is GPipe?", by="jonas")
    nothing = await _end(ask.ask("alphafold style protein folding papers?"))
    _write("no-answer", answer_embeds(nothing), view=view_below(nothing), asked="/ask", by="mira")
    papers = await _end(ask.ask("what came out in December 2023?"))
    _write("papers", answer_embeds(papers), view=view_below(papers), asked="/ask", by="mira")
    found = await ask.find("spiking transformers", limit=5)
    results = results_embed("spiking transformers", found.papers, searched=found.searched)
    _write("search", [results], asked="/search", by="mira")
    now = MORNING.timestamp()
    _write("digest", digest_embeds(await app.digests.write(MORNING.date(), after=now - 60, until=now)))


async def _fill(app: App) -> None:
    await app.papers.upsert(read_sample(), now=MORNING.timestamp())


async def _end(events: AsyncGenerator[Event]) -> Answer:
    told = [event async for event in events]
    assert isinstance(told[-1], Done)
    return told[-1].answer


def _write(
    name: str, embeds: list[discord.Embed], *, view: discord.ui.View | None = None, asked: str = "", by: str = ""
) -> None:
    message: dict[str, Any] = {"author": "paperbot", "bot": True, "embeds": [embed.to_dict() for embed in embeds]}
    if view is not None:
        # An answer's id is random; here it is the same in each run.
        components = json.dumps(view.to_components())
        message["components"] = json.loads(re.sub(r'("custom_id": "\w+):\w+', r"\1:example", components))
    if asked.startswith("/"):
        message["command"] = {"author": by, "name": asked}
    elif asked:
        message["reply_to"] = {"author": by, "content": asked}
    text = json.dumps(message, indent=2, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
