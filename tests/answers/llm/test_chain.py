"""Several models that stand in for each other: who is asked, for how long, and what is raised."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest

from bot.answers.llm.endpoints import ASKED_LAST_FOR, ModelChain
from bot.answers.llm.text_model import Call, TextModel
from bot.errors.services import (
    ModelBusy,
    ModelDown,
    ModelError,
    ModelInterrupted,
    ModelLate,
    ModelOverflow,
    ModelUnauthorised,
)
from tests.answers.models import ANSWER, PROMPT, chat_model, text_of
from tests.clocks import FakeClock
from tests.fakes.model_behaviours import (
    dropped_mid_stream,
    empty_stream,
    fails,
    faithful,
    overflows,
    refuses_options,
    says,
    slow_first_token,
)
from tests.fakes.model_server import Behaviour, FakeModel, Reply


@dataclass(frozen=True)
class Chain:
    model: ModelChain
    servers: list[FakeModel]
    clock: FakeClock

    @property
    def asked(self) -> list[int]:
        return [len(server.requests) for server in self.servers]


@asynccontextmanager
async def chain_of(*behaviours: Behaviour, first_token_seconds: float = 5.0) -> AsyncIterator[Chain]:
    """Open a chain of models "m0", "m1" and so on, with prices from 1 on."""
    clock = FakeClock()
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(FakeModel(behaviour)) for behaviour in behaviours]
        models: list[TextModel] = [
            await stack.enter_async_context(chat_model(server, name=f"m{number}", price_input=number + 1.0))
            for number, server in enumerate(servers)
        ]
        yield Chain(ModelChain(models, first_token_seconds=first_token_seconds, clock=clock), servers, clock)


async def test_the_first_model_answers_alone() -> None:
    call = Call()
    async with chain_of(faithful, faithful) as chain:
        assert await text_of(chain.model, call=call) == ANSWER
        assert chain.model.name == "m0"
        assert chain.asked == [1, 0]
    assert (call.model, call.price_input) == ("m0", 1.0)


FAILURES: list[tuple[str, Behaviour]] = [
    ("401", fails(401)),
    ("404", fails(404)),
    ("429", fails(429)),
    ("429 with Retry-After", fails(429, **{"Retry-After": "60"})),
    ("500", fails(500)),
    ("402", fails(402)),
    ("nothing", empty_stream),
    ("thinking alone", says("<think>Pots?")),
    ("an error in the stream", says("", error_event=True)),
    ("overflow", overflows("integer code", chars=10)),
]


@pytest.mark.parametrize("behaviour", [f[1] for f in FAILURES], ids=[f[0] for f in FAILURES])
async def test_the_next_model_answers_when_one_fails_before_its_first_piece(
    behaviour: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    call = Call()
    async with chain_of(behaviour, faithful) as chain:
        assert await text_of(chain.model, call=call) == ANSWER
        assert chain.asked[1] == 1
    assert (call.model, call.price_input) == ("m1", 2.0)
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith("m0: the ")
    assert "fake-key" not in caplog.text


async def test_the_next_model_answers_when_the_first_piece_is_late_and_the_late_one_is_left() -> None:
    async with chain_of(slow_first_token(30), faithful, first_token_seconds=0.1) as chain:
        assert await text_of(chain.model) == ANSWER


async def test_the_last_model_has_all_the_time_that_there_is() -> None:
    async with chain_of(slow_first_token(0.3), first_token_seconds=0.1) as chain:
        assert await text_of(chain.model) == ANSWER


async def test_a_deadline_of_the_caller_is_the_callers() -> None:
    async with chain_of(slow_first_token(30), faithful) as chain:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await text_of(chain.model)
        assert chain.asked == [1, 0]


async def test_after_the_first_piece_a_failure_is_raised_as_it_is() -> None:
    async with chain_of(dropped_mid_stream, faithful) as chain:
        with pytest.raises(ModelInterrupted):
            await text_of(chain.model)
        assert chain.asked == [1, 0]


@pytest.mark.parametrize(
    ("behaviours", "seconds", "failure"),
    [
        ((fails(401), fails(500), fails(429)), 5.0, ModelUnauthorised),
        ((fails(429), fails(401)), 5.0, ModelBusy),
        ((overflows("string code", chars=10), overflows("string code", chars=10)), 5.0, ModelOverflow),
        ((slow_first_token(30), fails(500)), 0.1, ModelLate),
    ],
    ids=["the key", "busy", "overflow", "late"],
)
async def test_when_all_fail_the_first_ones_error_is_raised(
    behaviours: tuple[Behaviour, ...], seconds: float, failure: type[ModelError], caplog: pytest.LogCaptureFixture
) -> None:
    async with chain_of(*behaviours, first_token_seconds=seconds) as chain:
        with pytest.raises(ModelError) as raised:
            await text_of(chain.model)
        assert chain.asked == [1] * len(behaviours)
    assert type(raised.value) is failure
    assert [record.getMessage()[:2] for record in caplog.records] == [f"m{n}" for n in range(len(behaviours))]


@pytest.mark.slow
@pytest.mark.parametrize("behaviour", [fails(401), fails(404), fails(500), slow_first_token(30)])
async def test_a_dead_model_is_asked_last_for_a_minute(behaviour: Behaviour) -> None:
    async with chain_of(behaviour, faithful, first_token_seconds=2.0) as chain:
        for _ in range(3):
            assert await text_of(chain.model) == ANSWER
        assert chain.asked == [1, 3]
        chain.clock.now += ASKED_LAST_FOR
        chain.servers[0].behaviour = faithful
        assert await text_of(chain.model) == ANSWER
        assert await text_of(chain.model) == ANSWER
        assert chain.asked == [3, 3]


async def test_a_model_that_is_asked_last_still_answers_when_the_others_fail_and_is_well_again() -> None:
    async with chain_of(fails(500), faithful) as chain:
        await text_of(chain.model)
        chain.servers[0].behaviour, chain.servers[1].behaviour = faithful, fails(429)
        assert await text_of(chain.model) == ANSWER
        assert await text_of(chain.model) == ANSWER
        assert chain.asked == [3, 2]


async def test_when_all_are_dead_they_are_asked_anyway_in_order() -> None:
    async with chain_of(fails(500), fails(401)) as chain:
        for _ in range(2):
            with pytest.raises(ModelDown):
                await text_of(chain.model)
        assert chain.asked == [2, 2]


async def test_a_quota_that_is_used_up_is_told_as_such_and_asked_last(caplog: pytest.LogCaptureFixture) -> None:
    async with chain_of(fails(402), faithful) as chain:
        for _ in range(2):
            assert await text_of(chain.model) == ANSWER
        assert chain.asked == [1, 2]
    [record] = caplog.records
    assert record.getMessage() == (
        "m0: the account at the model server has no credit left (HTTP 402: refused for Bearer …)"
    )


async def test_a_refused_or_busy_model_is_asked_first_again() -> None:
    async with chain_of(fails(429), faithful) as chain:
        for _ in range(2):
            await text_of(chain.model)
        assert chain.asked == [2, 2]


async def test_closing_the_chain_closes_the_connection() -> None:
    endless = says("Kettles hum. " * 2000, delay_s=0.001)
    async with chain_of(endless, faithful) as chain:
        pieces = chain.model.stream(PROMPT)
        assert await anext(pieces)
        await pieces.aclose()
        async with asyncio.timeout(5):
            await chain.servers[0].left.wait()


async def test_one_model_fails_silently_in_the_log_since_its_error_is_raised(caplog: pytest.LogCaptureFixture) -> None:
    async with chain_of(refuses_options) as chain:
        assert await text_of(chain.model) == ANSWER
        chain.servers[0].behaviour = fails(401)
        with pytest.raises(ModelUnauthorised):
            await text_of(chain.model)
    assert not caplog.records


def test_a_chain_of_nothing_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="needs a model"):
        ModelChain([], first_token_seconds=1.0, clock=FakeClock())


async def test_a_model_that_thinks_is_at_work_and_not_late() -> None:
    thought = Reply(("<think>", "hm ", "so ", "</think>", ANSWER), delay_s=0.2)
    async with chain_of(lambda _request: thought, faithful, first_token_seconds=0.4) as chain:
        call = Call()
        assert await text_of(chain.model, call=call) == ANSWER
        assert chain.asked == [1, 0]
    assert call.model == "m0"


async def test_a_model_that_is_silent_is_late_though_another_thought() -> None:
    silent = Reply((ANSWER,), first_delay_s=2.0)
    async with chain_of(lambda _request: silent, faithful, first_token_seconds=0.3) as chain:
        assert await text_of(chain.model) == ANSWER
        assert chain.asked == [1, 1]
