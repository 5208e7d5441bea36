"""Write a payload of each kind of message, made by the real renderers from the bundled papers.

Run from the repository's root: .venv/bin/python -m docs.messages.write. The pictures in docs/ are drawn from these.
"""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord

from bot.app import App, open_app
from bot.assistant.events import Done
from bot.config import Settings
from bot.frontends.discord.rendering.answers import answer_embeds
from bot.frontends.discord.rendering.digests import digest_embeds
from bot.frontends.discord.rendering.results import results_embed
from bot.sources.sample import read_sample
from bot.store.database import MEMORY
from tests.fakes.model_server import FakeModel, says

FOLDER = Path(__file__).parent
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

QUESTION = "How does Stormer forecast the weather, and how far ahead does it win?"
# What a model might write; it goes through the same checks as any other answer.
WRITTEN = """Stormer is a transformer for weather forecasting that changes the standard backbone only a little [1]. \
It is trained to predict the weather over intervals of differing length, so that several forecasts for one lead time \
can be merged into a better one [1]. On WeatherBench 2 it beats existing methods beyond 7 days, with orders of \
magnitude less training data and compute [1]."""


async def main() -> None:
    """Write every payload."""
    async with FakeModel(says(WRITTEN)) as server:
        model = {"base_url": server.base_url, "api_key": server.key, "model": "example-model"}
        async with open_app(
            Settings.model_validate({"openai": model}), store_path=MEMORY, clock=lambda: MORNING
        ) as app:
            await _fill(app)
            _write("answer", await _ask(app, QUESTION), asked="/ask", by="mira")
    async with open_app(Settings(), store_path=MEMORY, use_model=False, clock=lambda: MORNING) as app:
        await _fill(app)
        _write("extracts", await _ask(app, "what is GPipe?"), asked="@paperbot what is GPipe?", by="jonas")
        _write("no-answer", await _ask(app, "alphafold style protein folding papers?"), asked="/ask", by="mira")
        _write("papers", await _ask(app, "what came out in December 2023?"), asked="/ask", by="mira")
        found = await app.assistant.find("spiking transformers", limit=5)
        results = results_embed("spiking transformers", found.papers, searched=found.searched)
        _write("search", [results], asked="/search", by="mira")
        now = MORNING.timestamp()
        _write("digest", digest_embeds(await app.digests.write(MORNING.date(), after=now - 60, until=now)))


async def _fill(app: App) -> None:
    await app.papers.upsert(read_sample(), now=MORNING.timestamp())


async def _ask(app: App, question: str) -> list[discord.Embed]:
    events = [event async for event in app.assistant.ask(question)]
    assert isinstance(events[-1], Done)
    return answer_embeds(events[-1].answer)


def _write(name: str, embeds: list[discord.Embed], *, asked: str = "", by: str = "") -> None:
    message: dict[str, Any] = {"author": "paperbot", "bot": True, "embeds": [embed.to_dict() for embed in embeds]}
    if asked.startswith("/"):
        message["command"] = {"author": by, "name": asked}
    elif asked:
        message["reply_to"] = {"author": by, "content": asked}
    text = json.dumps(message, indent=2, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
