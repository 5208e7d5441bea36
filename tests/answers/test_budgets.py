"""What happens when a limit of the day is reached: extracts that say so, and nothing is sent."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import Kind
from bot.answers.llm.text_model import estimate_tokens
from bot.answers.request import RequestContext, Requester
from bot.app import App
from bot.errors.services import BudgetUsed
from tests.answers.asking import ANN, BEN, answer_of, asked, assert_checked, with_model
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.fakes.model_server import FakeModel, says

QUESTION = "what is Stormer?"
OTHER = "how does GPipe train giant networks?"
REASONS = {
    "user_tokens": "your budget for model answers is used up until midnight UTC",
    "guild_tokens": "this server's budget for model answers is used up until midnight UTC",
    "day_tokens": "today's budget for model answers is used up until midnight UTC",
    "day_cost": "today's budget for model answers is used up until midnight UTC",
}
PRICED = {"price_input": 1.0, "price_output": 4.0}


def low(limit: str) -> dict[str, Any]:
    """Return limits of which one is too low for any call."""
    return limited(**{limit: 0.0001 if limit == "day_cost" else 100})


def limited(**limits: Any) -> dict[str, Any]:
    return {"user_tokens": 0, "guild_tokens": 0, "day_tokens": 0, **limits}


async def spent(app: App, requester: Requester = ANN) -> dict[str, float]:
    used = await app.usage.spent(app.clock().date(), user=requester.user, guild=requester.guild)
    return {name: getattr(used, name) for name in REASONS}


@pytest.mark.parametrize("limit", REASONS)
async def test_at_the_limit_there_are_extracts_and_nothing_is_sent(tmp_path: Path, limit: str) -> None:
    async with FakeModel() as model:
        settings = with_model(model, **PRICED)
        async with sample_app(tmp_path, openai=settings, limits=low(limit)) as app:
            answer = await asked(app, QUESTION, requester=ANN)
            used = await spent(app)
    assert model.requests == []
    assert answer.kind is Kind.EXTRACTS
    assert answer.notice == f"These sentences come word for word from abstracts because {REASONS[limit]}."
    assert isinstance(answer.failure, BudgetUsed)
    assert set(used.values()) == {0}
    assert_checked(answer)


@pytest.mark.slow
@pytest.mark.parametrize("limit", REASONS)
async def test_every_task_keeps_to_the_limit(tmp_path: Path, limit: str) -> None:
    async with FakeModel() as model:
        settings = with_model(model, **PRICED)
        async with sample_app(tmp_path, openai=settings, limits=low(limit)) as app:
            for events in (
                app.assistant.explain("spiking neural network", context=RequestContext(requester=ANN)),
                app.assistant.summarise(["Quantized Spike-driven Transformer"], context=RequestContext(requester=ANN)),
                app.assistant.summarise(["spiking transformers"], context=RequestContext(requester=ANN)),
                app.assistant.compare(["DBConformer", "ClST"], context=RequestContext(requester=ANN)),
            ):
                answer = await answer_of(events)
                assert answer.kind is Kind.EXTRACTS
                assert answer.notice is not None
                assert answer.notice.endswith(f"{REASONS[limit]}.")
                assert_checked(answer)
    assert model.requests == []


@pytest.mark.slow
async def test_one_users_limit_is_not_anothers(tmp_path: Path) -> None:
    clock = FakeClock()
    async with FakeModel() as model:
        async with sample_app(tmp_path, clock=clock, openai=with_model(model)) as app:
            assert (await asked(app, QUESTION, requester=ANN)).kind is Kind.ANSWER
            used = (await spent(app))["user_tokens"]
        limits = limited(user_tokens=int(used) + 100)
        async with sample_app(tmp_path, clock=clock, openai=with_model(model), limits=limits) as app:
            sent = len(model.requests)
            assert (await asked(app, OTHER, requester=ANN)).kind is Kind.EXTRACTS
            assert len(model.requests) == sent
            assert (await spent(app))["user_tokens"] == used
            again = await asked(app, QUESTION, requester=ANN)
            assert (again.kind, again.cached) == (Kind.ANSWER, True), "what is known already costs nothing"
        limits = limited(user_tokens=int(used) + 6000)
        async with sample_app(tmp_path, clock=clock, openai=with_model(model), limits=limits) as app:
            assert (await asked(app, OTHER, requester=BEN)).kind is Kind.ANSWER
            clock.move(hours=12)
            assert (await asked(app, "what is SpikeGPT?", requester=ANN)).kind is Kind.ANSWER, "a new day"


async def test_plans_count_and_are_made_in_code_without_a_budget(tmp_path: Path) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path, clock=FakeClock(), openai=with_model(model)) as app:
            await asked(app, "how is weather forecast?", requester=ANN)
            report = {row.name: row.calls for row in await app.usage.report(app.clock().date(), "purpose")}
        assert report == {"plan": 1, "answer": 1}
        sent = len(model.requests)
        async with sample_app(
            tmp_path, clock=FakeClock(), openai=with_model(model), limits=limited(user_tokens=1)
        ) as app:
            answer = await asked(app, OTHER, requester=ANN)
    assert len(model.requests) == sent
    assert answer.kind is Kind.EXTRACTS
    assert "GPipe" in answer.sources[0].paper.title


async def test_a_budget_for_the_plan_alone_searches_by_it_and_gives_extracts(tmp_path: Path) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path, openai=with_model(model), limits=limited(user_tokens=2_500)) as app:
            answer = await asked(app, "how do you forecast weather with a transformer?", requester=ANN)
    assert (len(model.planned), len(model.answered)) == (1, 0)
    assert answer.kind is Kind.EXTRACTS
    assert answer.keywords


@pytest.mark.slow
async def test_fifty_who_ask_at_once_never_use_more_than_the_limit(tmp_path: Path) -> None:
    limit = 26_000
    async with FakeModel() as model:
        settings = with_model(model, plan_seconds=0, timeout_seconds=60.0)
        async with sample_app(tmp_path, openai=settings, limits=limited(user_tokens=limit)) as app:
            questions = [f"what is Stormer, and does it beat {n} others?" for n in range(50)]
            answers = await asyncio.gather(*(asked(app, question, requester=ANN) for question in questions))
            used = (await spent(app))["user_tokens"]
    kinds = [answer.kind for answer in answers]
    answered = kinds.count(Kind.ANSWER)
    assert answered + kinds.count(Kind.EXTRACTS) == 50
    assert 5 <= answered < 50
    assert len(model.answered) == answered
    assert 0 < used <= limit
    for answer in answers:
        assert_checked(answer)


async def test_a_correction_that_the_budget_forbids_leaves_what_passed(tmp_path: Path) -> None:
    kept = "Stormer is a simple weather forecasting model"
    async with FakeModel(says(f"{kept} [1]. It beats them after 99 days [1].")) as model:
        settings = with_model(model, plan_seconds=0)
        async with sample_app(tmp_path, openai=settings) as app:
            await asked(app, QUESTION)
        prompt, correction = model.answered
        limits = limited(user_tokens=sum(estimate_tokens(message["content"]) for message in prompt["messages"]) + 520)
        async with sample_app(tmp_path, openai=settings, limits=limits) as app:
            answer = await asked(app, QUESTION, requester=ANN, fresh=True)
    assert [statement.text for statement in answer.statements] == [f"{kept}."]
    assert model.answered[2]["messages"][1]["content"].endswith(f"Question: {QUESTION}")
    assert len(model.answered) == 3, "the correction was not sent"
    assert "sentences that failed" in correction["messages"][1]["content"]
