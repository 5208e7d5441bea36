"""Fifty users at once, against a model on a loopback server, never use more than the limit."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.answers.llm.endpoints import endpoints, open_client
from bot.answers.llm.metering import Meter
from bot.answers.llm.model import ChatModel
from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.request import Requester
from bot.config import LimitsSettings, OpenAISettings
from bot.errors.services import BudgetUsed
from bot.store.database import open_database
from bot.store.usage import Spent, UsageStore
from tests.clocks import FakeClock
from tests.fakes.metered import Gate, GatedModel, text_of
from tests.fakes.model_server import FakeModel, says

pytestmark = pytest.mark.slow

CROWD = 50
PROMPT = RenderedPrompt(system="k" * 900, user="w" * 2052, max_output_tokens=500, temperature=None)  # 1,500 in all
LIMIT = 15_900
ANSWER = "Kettles whistle. " * 80


async def ask(meter: Meter, gate: Gate, requester: Requester) -> str | None:
    """Return what was answered, or None at the limit."""
    try:
        return await text_of(meter.stream(PROMPT, requester=requester))
    except BudgetUsed:
        gate.count()
        return None


async def crowd(
    databases: Sequence[Path], askers: Sequence[Requester], limits: LimitsSettings
) -> tuple[list[str | None], Spent, int]:
    """Let all ask at once, spread over connections; return the answers, what was spent, and how many were sent."""
    clock = FakeClock()
    gate = Gate(len(askers))
    async with FakeModel(says(ANSWER)) as server:
        settings = OpenAISettings.model_validate({"base_url": server.base_url, "api_key": server.key})
        [endpoint] = endpoints(settings)
        async with open_client(endpoint, timeout_seconds=20.0) as client, asyncio.TaskGroup() as group:
            model = GatedModel(ChatModel(client=client, name="small"), gate)

            async def part(path: Path, mine: Sequence[Requester]) -> list[str | None]:
                async with open_database(path) as database:
                    usage = UsageStore(database=database)
                    meter = Meter(model=model, usage=usage, limits=limits, prices=(), clock=clock)
                    return await asyncio.gather(*(ask(meter, gate, requester) for requester in mine))

            share = len(askers) // len(databases)
            parts = [
                group.create_task(part(path, askers[number * share : (number + 1) * share]))
                for number, path in enumerate(databases)
            ]
        async with open_database(databases[0]) as database:
            spent = await UsageStore(database=database).spent(clock().date(), user="ann", guild="kettles")
        return [answer for task in parts for answer in task.result()], spent, len(server.requests)


@pytest.mark.parametrize("connections", [1, 2])
@pytest.mark.parametrize("limit", ["user_tokens", "guild_tokens", "day_tokens"])
async def test_fifty_at_once_stay_within_the_limit(tmp_path: Path, connections: int, limit: str) -> None:
    askers = [Requester("ann" if limit == "user_tokens" else f"user {n}", "kettles") for n in range(CROWD)]
    limits = LimitsSettings.model_validate({"user_tokens": 0, "guild_tokens": 0, "day_tokens": 0, limit: LIMIT})
    answers, spent, sent = await crowd([tmp_path / "store.db"] * connections, askers, limits)
    answered = [answer for answer in answers if answer is not None]
    assert len(answered) == sent == 10
    assert set(answered) == {ANSWER}
    assert 0 < getattr(spent, limit) <= LIMIT
