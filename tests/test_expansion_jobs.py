"""The job that writes questions for papers: whether it runs at all, and how it waits for a model that fails."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.answers.expansion import PROMPT
from bot.app import App
from bot.jobs import EXPANSION_LONGEST, EXPANSION_RETRY, Job, expansion_jobs
from bot.store.leases import keep_lease
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.fakes.model_reply import Json, Reply, in_pieces
from tests.fakes.model_server import FakeModel, fails

BOILER = "why is my boiler noisy?"


def writes(request: Json) -> Reply:
    """Write a question for each paper of a prompt."""
    count = request["messages"][-1]["content"].count(" source [")
    return Reply(in_pieces("\n".join(f"{number} | {BOILER}" for number in range(1, count + 1))))


@asynccontextmanager
async def opened(folder: Path, model: FakeModel, clock: FakeClock, **search: Any) -> AsyncIterator[App]:
    openai = {"base_url": model.base_url, "api_key": model.key}
    async with sample_app(folder, clock=clock, openai=openai, search={"questions": True, **search}) as app:
        yield app


async def run(app: App, job: Job) -> int:
    """Run a job once, as the owner of its lease; return how many papers have questions then."""
    async with keep_lease(app.expansion_lease):
        await app.expansion_lease.take()
        await job.run_once()
    return (await app.questions.counts()).expanded


async def test_it_is_off_unless_set_and_without_a_model(tmp_path: Path) -> None:
    async with FakeModel(writes) as model:
        async with opened(tmp_path, model, FakeClock(), questions=False) as app:
            assert expansion_jobs(app) == []
    async with sample_app(tmp_path, search={"questions": True}) as app:
        assert expansion_jobs(app) == []


async def test_papers_get_their_questions_batch_by_batch_and_are_found_by_them(tmp_path: Path) -> None:
    async with FakeModel(writes) as model, opened(tmp_path, model, FakeClock()) as app:
        [job] = expansion_jobs(app)
        assert [await run(app, job) for _ in range(8)] == [8, 16, 24, 32, 40, 48, 52, 52]
        assert len(model.requests) == 7
        assert len((await app.assistant.find("noisy boiler", limit=5)).papers) == 5
        [row] = await app.usage.report(app.clock().date(), "purpose")
        assert (row.name, row.calls) == (PROMPT, 7)


async def test_a_failing_model_is_waited_for_ever_longer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock = FakeClock()
    async with FakeModel(fails(400)) as model, opened(tmp_path, model, clock) as app:
        [job] = expansion_jobs(app)
        wait = EXPANSION_RETRY
        for failures in range(1, 10):
            assert await run(app, job) == 0
            asked = len(model.requests)
            clock.move(seconds=wait.total_seconds() - 1)
            await run(app, job)
            assert len(model.requests) == asked, f"asked too early after failure {failures}"
            clock.move(seconds=1)
            wait = min(2 * wait, EXPANSION_LONGEST)
        assert wait == timedelta(hours=1)
        assert "couldn't write questions for papers" in caplog.text
        model.behaviour = writes
        clock.move(hours=1)
        assert await run(app, job) == 8
        assert await run(app, job) == 16


async def test_another_process_has_the_lease(tmp_path: Path) -> None:
    async with FakeModel(writes) as model, opened(tmp_path, model, FakeClock()) as app:
        [job] = expansion_jobs(app)
        await job.run_once()
        assert model.requests == []


async def test_it_stops_at_the_days_tokens(tmp_path: Path) -> None:
    clock = FakeClock()
    async with FakeModel(writes) as model, opened(tmp_path, model, clock, questions_tokens=6_000) as app:
        [job] = expansion_jobs(app)
        done = [await run(app, job) for _ in range(4)]
        assert 8 <= done[-1] < 32
        assert done[-1] == done[-2]
        clock.move(days=1)
        assert await run(app, job) == done[-1] + 8
