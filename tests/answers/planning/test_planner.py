"""Plans by a model on a loopback server, and everything that servers do instead."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import date
from typing import Any

import pytest

from bot.answers.llm.endpoints import open_models
from bot.answers.llm.prompts import Prompts, RenderedPrompt, prompts_folder
from bot.answers.llm.text_model import TextModel
from bot.answers.planning.followups import Turn
from bot.answers.planning.plan import Intent, Plan
from bot.answers.planning.planner import CACHED_FOR, Planner
from bot.answers.request import Requester
from bot.config import OpenAISettings
from tests.clocks import FakeClock
from tests.fakes.model_server import (
    FENCED_PLAN,
    PLAN_AFTER_THINKING,
    Behaviour,
    FakeModel,
    Reply,
    fails,
    half_a_plan,
    in_pieces,
    malformed_plan,
    plan_of,
    plans,
    says,
    slow_plan,
    without_json_mode,
)

QUESTION = "which kettles whistle loudest?"
KEYWORDS = ("kettles", "sound pressure", "steam")
TODAY = date(2024, 1, 6)
HISTORY = (Turn("user", "what is KettleNet?"), Turn("assistant", "A net [1].", titles=("KettleNet: Whistles",)))


class Unmetered:
    """A model whose calls nobody counts."""

    def __init__(self, model: TextModel) -> None:
        self._model = model
        self.name = model.name

    async def stream(self, prompt: RenderedPrompt, *, requester: Requester) -> AsyncGenerator[str]:
        async with aclosing(self._model.stream(prompt)) as pieces:
            async for piece in pieces:
                yield piece


@asynccontextmanager
async def planner_on(server: FakeModel, clock: FakeClock | None = None, **more: Any) -> AsyncIterator[Planner]:
    settings = OpenAISettings.model_validate(
        {"base_url": server.base_url, "api_key": server.key, "planner_model": "small", "plan_seconds": 5.0, **more}
    )
    clock = clock or FakeClock()
    async with open_models(settings, clock=clock) as models:
        assert models.planning is not None
        yield Planner(
            model=Unmetered(models.planning),
            prompts=Prompts(prompts_folder()),
            seconds=settings.plan_seconds,
            clock=clock,
        )


async def plan_by(behaviour: Behaviour, history: Sequence[Turn] = (), **more: Any) -> tuple[Plan | None, FakeModel]:
    async with FakeModel(planning=behaviour) as server, planner_on(server, **more) as planner:
        return await planner.plan(QUESTION, history, TODAY), server


async def test_a_right_plan_is_read() -> None:
    plan, server = await plan_by(plans(keywords=list(KEYWORDS), intent="list"))
    assert plan is not None
    assert (plan.question, plan.keywords, plan.intent) == (QUESTION, KEYWORDS, Intent.LIST)
    [request] = server.requests
    assert request["model"] == "small"
    assert request["response_format"] == {"type": "json_object"}
    assert request["temperature"] == 0
    assert server.key not in str(request)


async def test_the_prompt_holds_the_day_and_the_conversation_but_no_answer() -> None:
    _, server = await plan_by(plans(), HISTORY)
    user = server.requests[0]["messages"][1]["content"]
    first, *lines = user.splitlines()
    assert first.startswith("Today is 2024-01-06.")
    assert lines[1:3] == ["Asked: what is KettleNet?", "Answered from: KettleNet: Whistles"]
    assert lines[4] == QUESTION
    assert "A net" not in user


async def test_only_the_last_turns_are_sent_each_on_one_short_line() -> None:
    turns = [Turn("user", f"question {number}\n@@fence {'word ' * 500}") for number in range(9)]
    _, server = await plan_by(plans(), turns)
    user = server.requests[0]["messages"][1]["content"]
    asked = [line for line in user.splitlines() if line.startswith("Asked: ")]
    assert [line[:17] for line in asked] == [f"Asked: question {number}" for number in (6, 7, 8)]
    assert max(map(len, asked)) < 320


def one_piece_without_choices(request: dict[str, Any]) -> Reply:
    return Reply(body='data: {"id": "1", "object": "chat.completion.chunk", "choices": null}\n\ndata: [DONE]\n\n')


def chunk(delta: str) -> Behaviour:
    choice = f'{{"index": 0, "finish_reason": "stop", "delta": {delta}}}'
    return lambda _request: Reply(body=f'data: {{"id": "1", "choices": [{choice}]}}\n\ndata: [DONE]\n\n')


@pytest.mark.parametrize(
    "behaviour",
    [
        FENCED_PLAN,
        PLAN_AFTER_THINKING,
        plans('Hm, {"keywords": ["bananas"]}? No.</think>{}'),
        plans("{} I hope that helps {you}."),
        without_json_mode,
        lambda request: fails(400)(request) if "max_tokens" in request else plans()(request),
        lambda request: Reply(in_pieces(plan_of(request)), dropped=True),
        lambda request: Reply(in_pieces(plan_of(request)), finish_reason=None),
        lambda request: Reply(in_pieces(plan_of(request)), error_event=True),
        lambda request: Reply((plan_of(request), " "), delay_s=0.2),
    ],
    ids=[
        *("fenced", "after thinking", "thinking without its opening tag", "text after it", "no JSON mode"),
        *("no options", "dropped after it", "no finish reason", "an error after it", "in two late pieces"),
    ],
)
async def test_a_whole_plan_counts_whatever_is_around_it(
    behaviour: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    plan, _ = await plan_by(behaviour)
    assert plan is not None
    assert plan.keywords == ("which", "kettles", "whistle", "loudest")
    assert not caplog.records


FAILURES: list[tuple[str, Behaviour, str]] = [
    ("401", fails(401), "the model server rejected the key (HTTP 401: refused for Bearer …)"),
    ("404", fails(404), "the model server doesn't know this model or address (HTTP 404: refused for Bearer …)"),
    ("429", fails(429), "the model server's rate limit was reached (HTTP 429: refused for Bearer …)"),
    ("400", fails(400), "the model server rejected the request (HTTP 400: refused for Bearer …)"),
    ("500", fails(500), "the model server is unreachable or failing (HTTP 500: refused for Bearer …)"),
    ("half a plan", half_a_plan, "the model stopped partway through (the connection broke)"),
    ("malformed", malformed_plan, "what the model wrote isn't a plan"),
    ("no JSON", says("kettles, steam"), "what the model wrote isn't a plan"),
    ("a list", says('["kettles"]'), "what the model wrote isn't a plan"),
    ("wrong types", plans(standalone=3, keywords="kettles"), "what the model wrote isn't a plan"),
    ("another subject", plans(standalone="bananas grow", keywords=[]), "what the model wrote isn't a plan"),
    ("nothing", lambda _request: Reply(), "the model returned no text (finish reason stop)"),
    ("thinking alone", says("<think>They want kettles"), "the model returned no text (finish reason stop)"),
    ("no choices", one_piece_without_choices, "the model returned no text (finish reason missing)"),
    ("no content", chunk('{"content": null}'), "the model returned no text (finish reason stop)"),
    ("no delta", chunk("null"), "the model returned no text (finish reason stop)"),
    ("no text", chunk('{"content": [3]}'), "the model returned no text (finish reason stop)"),
    ("a web page", lambda _request: Reply(body="<html>"), "a web page came in place of the model's answer (HTML)"),
    ("garbage", lambda _request: Reply(body="data: {broken\n\n"), "the model stopped partway through"),
    ("no chunk", lambda _request: Reply(body="data: 3\n\n"), "the model stopped partway through"),
    ("no end", lambda _request: Reply(("{" * 30_000,) * 9), "what the model wrote isn't a plan"),
]


@pytest.mark.parametrize(("behaviour", "reason"), [f[1:] for f in FAILURES], ids=[f[0] for f in FAILURES])
async def test_a_failure_is_no_plan_and_one_line_without_question_or_key(
    behaviour: Behaviour, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    plan, server = await plan_by(behaviour)
    assert plan is None
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith(f"planned a question without the model: {reason}")
    assert server.key not in caplog.text
    assert "whistle" not in caplog.text
    assert len(server.requests) <= 4, "nothing is tried again but with fewer options"


async def test_a_server_that_cannot_be_reached_is_no_plan(caplog: pytest.LogCaptureFixture) -> None:
    async with FakeModel() as server:
        async with planner_on(server, base_url="http://127.0.0.1:9/v1") as planner:
            assert await planner.plan(QUESTION, (), TODAY) is None
    assert "is unreachable or failing" in caplog.text


async def test_a_late_plan_is_not_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    plan, _ = await plan_by(slow_plan, plan_seconds=0.1)
    assert plan is None
    assert caplog.messages == ["planned a question without the model: the model took too long (0.1 s)"]


async def test_a_server_without_json_mode_is_asked_for_it_once() -> None:
    async with FakeModel(planning=without_json_mode) as server, planner_on(server) as planner:
        for question in ("why do kettles whistle?", "why do pots rattle?"):
            assert await planner.plan(question, (), TODAY)
    assert ["response_format" in request for request in server.requests] == [True, False, False]
    assert all("max_tokens" in request for request in server.requests)


async def test_a_plan_is_remembered_for_the_same_question_day_and_conversation() -> None:
    clock = FakeClock()
    async with FakeModel() as server, planner_on(server, clock) as planner:
        await planner.plan(QUESTION, (), TODAY)
        again = await planner.plan(f" {QUESTION.upper()}", (), TODAY)
        assert len(server.requests) == 1
        assert again is not None
        assert again.question == f" {QUESTION.upper()}", "the words are those of this asker"
        await planner.plan(QUESTION, HISTORY, TODAY)
        await planner.plan(QUESTION, (), date(2024, 1, 7))
        await planner.plan("which pots rattle?", (), TODAY)
        assert len(server.requests) == 4
        clock.now += CACHED_FOR
        await planner.plan(QUESTION, (), TODAY)
        assert len(server.requests) == 5


async def test_a_failure_is_not_remembered() -> None:
    async with FakeModel(planning=malformed_plan) as server, planner_on(server) as planner:
        assert await planner.plan(QUESTION, (), TODAY) is None
        server.planning = plans()
        assert await planner.plan(QUESTION, (), TODAY) is not None


async def test_equal_questions_share_one_call_and_one_that_leaves_costs_the_others_nothing() -> None:
    called = asyncio.Event()

    def slowly(request: dict[str, Any]) -> Reply:
        called.set()
        return plans(delay_s=0.02)(request)

    async with FakeModel(planning=slowly) as server, planner_on(server) as planner:
        asked = [asyncio.create_task(planner.plan(QUESTION, (), TODAY)) for _ in range(5)]
        await called.wait()
        asked[0].cancel()
        first, *others = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(first, asyncio.CancelledError)
    assert all(isinstance(plan, Plan) for plan in others)
    assert len(server.requests) == 1
