"""What a model's plan does to a question, through the whole core; and whose "today" is meant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import Answer, Kind
from bot.answers.events import Done
from bot.answers.planning.followups import Turn
from bot.answers.request import RequestContext
from bot.app import App
from bot.models import Paper
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper
from tests.fakes.model_server import FakeModel, fails, malformed_plan, plans, slow_plan

PARAPHRASE = "which net tells tomorrow's rain?"
STORMER = "Scaling transformer neural networks for skillful and reliable medium-range weather forecasting"
HISTORY = (Turn("user", "what is Stormer?"), Turn("assistant", "A net [1].", titles=(STORMER,)))


def with_model(model: FakeModel, **more: Any) -> dict[str, Any]:
    return {"base_url": model.base_url, "model": "large", "planner_model": "small", "reading_seconds": 0, **more}


async def answer_to(app: App, question: str, **more: Any) -> Answer:
    events = [event async for event in app.assistant.ask(question, **more)]
    assert isinstance(events[-1], Done)
    return events[-1].answer


async def test_keywords_of_the_plan_find_what_the_question_does_not(tmp_path: Path) -> None:
    async with FakeModel(planning=plans(keywords=["weather forecasting", "medium-range", "WeatherBench"])) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            found = await app.assistant.find(PARAPHRASE, limit=1)
            answer = await answer_to(app, PARAPHRASE)
        async with sample_app(tmp_path) as app:
            unplanned = await app.assistant.find(PARAPHRASE, limit=1)
    assert found.papers[0].title == STORMER
    assert found.plan.keywords == answer.keywords == ("weather forecasting", "medium-range", "WeatherBench")
    assert answer.sources[0].paper.title == STORMER
    assert answer.wording is None
    assert [title.title for title in unplanned.papers] != [STORMER]
    assert [request["model"] for request in model.requests] == ["small", "large"], "the plan is made once"


async def test_another_wording_is_told_and_given_to_the_model(tmp_path: Path) -> None:
    planning = plans(standalone="How far ahead does Stormer forecast the weather?")
    async with FakeModel(planning=planning) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            answer = await answer_to(app, "how far ahead does it see?", history=HISTORY)
    assert answer.question == "how far ahead does it see?"
    assert answer.wording == "How far ahead does Stormer forecast the weather?"
    assert answer.sources[0].paper.title == STORMER
    asked = model.answered[0]["messages"][1]["content"]
    assert asked.endswith("Question: How far ahead does Stormer forecast the weather? (how far ahead does it see?)")


async def test_a_wording_made_in_code_is_told_too(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        answer = await answer_to(app, "how far ahead does it see?", history=HISTORY)
    assert answer.wording is not None
    assert "medium-range weather forecasting: how far ahead does it see?" in answer.wording


@pytest.mark.parametrize("planning", [malformed_plan, slow_plan, fails(401), fails(500)], ids=lambda p: p.__name__)
async def test_a_failing_planner_leaves_the_answer_as_it_is_without_one(tmp_path: Path, planning: Any) -> None:
    (tmp_path / "other").mkdir()
    async with FakeModel(planning=planning) as model:
        async with sample_app(tmp_path, openai=with_model(model, plan_seconds=0.2)) as app:
            answer = await answer_to(app, "how is weather forecast?")
        async with sample_app(tmp_path / "other", openai=with_model(model, plan_seconds=0)) as app:
            unplanned = await answer_to(app, "how is weather forecast?")
    assert answer == replace(unplanned, id=answer.id)
    assert answer.kind is Kind.ANSWER
    assert len(model.planned) == 1, "neither within one question again, nor where it is switched off"


@pytest.mark.parametrize(
    "question", ["2401.00001", f'"{STORMER}"', "what came out in December 2023?", "arxiv.org/abs/2401.00001"]
)
async def test_the_planner_is_not_asked_where_code_has_all(tmp_path: Path, question: str) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            await answer_to(app, question)
            await app.assistant.find(question, limit=3)
    assert model.planned == []


@pytest.mark.parametrize(
    "question", ["what is Stormer?", "does SpikeGPT save energy", "which datasets is BERT4Rec evaluated on?"]
)
async def test_the_planner_is_not_asked_where_the_question_names_its_paper(tmp_path: Path, question: str) -> None:
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_to(app, question)
    assert answer.kind is Kind.ANSWER
    assert (len(model.planned), len(model.answered)) == (0, 1)


@pytest.mark.parametrize(
    "question",
    [
        "what are alternatives to SpikeGPT?",
        "SpikeGPT vs Stormer",
        "what does Stormer bring for a farmer who grows maize and beans?",  # the name may be another thing's
        "how about its cost, as in SpikeGPT?",
    ],
)
async def test_the_planner_is_asked_where_a_name_is_not_all(tmp_path: Path, question: str) -> None:
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        await answer_to(app, question, history=HISTORY if "its" in question else ())
    assert len(model.planned) == 1


async def test_a_search_for_bare_keywords_is_the_plan_itself(tmp_path: Path) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            await app.assistant.find("spiking transformer", limit=3)
            assert model.planned == []
            await app.assistant.find("which transformers spike?", limit=3)
    assert len(model.planned) == 1


def kettles_of(*days: date) -> Sequence[Paper]:
    return [
        make_paper(title=f"Kettles of {day}", arxiv_id=f"2401.{number:05}", published=day)
        for number, day in enumerate(days, start=1)
    ]


BERLIN = timezone(timedelta(hours=1))
LOS_ANGELES = timezone(timedelta(hours=-8))


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        (datetime(2024, 1, 6, 23, 30, tzinfo=UTC), None, date(2024, 1, 6)),
        (datetime(2024, 1, 6, 22, 59, tzinfo=UTC), BERLIN, date(2024, 1, 6)),
        (datetime(2024, 1, 6, 23, 1, tzinfo=UTC), BERLIN, date(2024, 1, 7)),
        (datetime(2024, 1, 7, 7, 59, tzinfo=UTC), LOS_ANGELES, date(2024, 1, 6)),
        (datetime(2024, 1, 7, 8, 0, tzinfo=UTC), LOS_ANGELES, date(2024, 1, 7)),
    ],
)
async def test_today_is_the_askers(tmp_path: Path, now: datetime, zone: tzinfo | None, day: date) -> None:
    papers = kettles_of(date(2024, 1, 6), date(2024, 1, 7))
    async with FakeModel() as model:
        app_on_day = sample_app(tmp_path, papers=papers, clock=FakeClock(now), openai=with_model(model))
        async with app_on_day as app:
            found = await app.assistant.find(
                "which kettle papers came out today?", context=RequestContext(zone=zone), limit=5
            )
            answer = await answer_to(app, "which kettle papers came out today?", context=RequestContext(zone=zone))
    assert [paper.title for paper in found.papers] == [f"Kettles of {day}"]
    assert answer.span == (day, day)
    assert all(f"Today is {day}." in request["messages"][1]["content"] for request in model.requests)
