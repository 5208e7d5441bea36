"""Write a payload of each kind of message, made by the real renderers from the bundled papers.

Run from the repository's root: .venv/bin/python -m docs.messages.write. The pictures in docs/ are drawn from these.
"""

import asyncio
import json
import re
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord

from bot.app import App, open_app
from bot.assistant.answer import Answer
from bot.assistant.asker import Asker
from bot.assistant.events import Done, Event
from bot.assistant.extracts.answers import summary_sentence
from bot.config import Settings
from bot.frontends.discord.buttons.below import view_below
from bot.frontends.discord.buttons.pages import turning
from bot.frontends.discord.buttons.paper import paper_buttons
from bot.frontends.discord.buttons.privacy import privacy_view
from bot.frontends.discord.client import PaperbotClient
from bot.frontends.discord.cogs.help import help_of
from bot.frontends.discord.house.message import settings_view, setup_view
from bot.frontends.discord.house.state import HouseState
from bot.frontends.discord.listing import open_page
from bot.frontends.discord.rendering.answers import answer_embeds
from bot.frontends.discord.rendering.cards import abstract_embeds, bibtex_embed, card_embed
from bot.frontends.discord.rendering.evidence import evidence_embeds
from bot.frontends.discord.rendering.lists import similar_embed
from bot.frontends.discord.rendering.privacy import privacy_embed
from bot.frontends.discord.rendering.results import results_embed
from bot.frontends.discord.rendering.settings import settings_embed
from bot.frontends.discord.rendering.setup import setup_embed
from bot.frontends.discord.rendering.status import status_embed
from bot.frontends.discord.rendering.trends import trend_embed
from bot.frontends.status import status_of
from bot.sources.sample import read_sample
from bot.store.database import MEMORY
from docs.messages import written
from docs.messages.digests import write_digests
from docs.messages.subscriptions import write_subscriptions
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
            await _write_house(app)
    async with open_app(Settings(), store_path=MEMORY, use_model=False, clock=lambda: MORNING) as app:
        await _fill(app)
        await _write_without_model(app)
        await _write_papers(app)
        await write_subscriptions(app, _write)


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
    await write_digests(app, MORNING, _write)


async def _write_house(app: App) -> None:
    """Write what tells of the bot itself."""
    async with PaperbotClient(app=app) as client:
        await client.add_cogs()
        _write("help", help_of(client), asked="/help", by="mira")
    rules = await app.house.change("2", **written.RULES)
    state = HouseState(rules=rules, **written.HOUSE)
    _write("setup", [setup_embed(state)], view=setup_view(state), asked="/setup", by="mira")
    _write("settings", [settings_embed(state, app.house.operator)], view=settings_view(), asked="/settings", by="mira")
    status = await status_of(app, Asker(user="1", guild="2"))
    told = status_embed(status, started_at=MORNING - timedelta(days=3), next_digest=MORNING + timedelta(days=1))
    _write("status", [told], asked="/status", by="mira")
    _write("privacy", [privacy_embed(app.settings)], view=privacy_view(), asked="/privacy", by="mira")


async def _write_papers(app: App) -> None:
    """Write a paper's card with what its buttons show, and the lists."""
    await app.papers.upsert(written.LISTED, now=MORNING.timestamp())
    paper = written.LISTED[0]
    sentence = summary_sentence(paper, await app.searcher.index())
    _write("card", [card_embed(paper, sentence=sentence)], view=paper_buttons(paper), asked="/paper", by="mira")
    _write("abstract", abstract_embeds(paper))
    _write("bibtex", [bibtex_embed(paper)])
    similar = await app.searcher.similar(paper, limit=3)
    _write("similar", [similar_embed(paper, [hit.paper for hit in similar])], asked="/similar", by="jonas")
    trend = await app.trends.of("spiking transformers vs language models", span="all", today=MORNING.date())
    _write("trends", [trend_embed(trend)], asked="/trends", by="jonas")
    for name, of in {
        "latest": "latest:2025-12-08",
        "latest-none": "latest:2026-11-22",
        "trending": "trending:2026-11-17:2026-11-23",
    }.items():
        page = await open_page(of, 1, app=app)
        _write(name, [page.embed], view=turning(page), asked=f"/{name.partition('-')[0]}", by="mira")


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
