"""What needs a model."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.assistant.llm.budget import Price
from bot.assistant.llm.health import ModelHealth
from bot.assistant.llm.metering import Meter
from bot.assistant.llm.text_model import TextModel
from bot.assistant.llm.tokens import TokenEstimator
from bot.assistant.planning.planner import Planner
from bot.assistant.writing.prompts import Prompts, prompts_folder
from bot.assistant.writing.writer import Writer
from bot.parts.ground import Ground
from bot.store.usage import UsageStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The writer, the planner and the model's health; None where there is no model."""

    writer: Writer | None = None
    planner: Planner | None = None
    health: ModelHealth | None = None


@asynccontextmanager
async def open_writing(ground: Ground, *, usage: UsageStore, use_model: bool) -> AsyncIterator[Writing]:
    """Open the connections to the model servers, each call metered, unless there is none or it isn't to be used.

    Raises PromptError.
    """
    prompts = Prompts(prompts_folder())
    if not use_model or not ground.settings.openai.configured:
        yield Writing()
        return
    # The client library takes longer to import than everything else, and extracts do without it.
    from bot.assistant.llm.endpoints import endpoints, open_models  # noqa: PLC0415

    async with open_models(ground.settings.openai, clock=ground.clock) as models:
        prices = [Price(endpoint.price_input, endpoint.price_output) for endpoint in endpoints(ground.settings.openai)]
        estimator = TokenEstimator()
        health = ModelHealth(clock=ground.clock)

        def metered(model: TextModel) -> Meter:
            return Meter(
                model=model,
                usage=usage,
                limits=ground.settings.limits,
                prices=prices,
                clock=ground.clock,
                estimator=estimator,
                health=health,
            )

        planner = None
        if models.planning is not None:
            planner = Planner(
                model=metered(models.planning),
                prompts=prompts,
                seconds=ground.settings.openai.plan_seconds,
                clock=ground.clock,
            )
        seconds = ground.settings.openai.timeout_seconds
        writer = Writer(model=metered(models.answering), prompts=prompts, seconds=seconds, clock=ground.clock)
        yield Writing(writer=writer, planner=planner, health=health)
