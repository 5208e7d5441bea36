"""What is learnt of a server outlives a restart, for a while, and as long as it holds."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import Kind
from bot.answers.llm.text_model import Learnt, estimate_tokens
from tests.answers.asking import asked, with_model
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.fakes.model_behaviours import faithful, overflows, refuses
from tests.fakes.model_server import Behaviour, FakeModel, Reply

QUESTION = "what is Stormer?"
MANY = "how do you forecast weather with a transformer?"


async def ask(folder: Path, server: FakeModel, clock: FakeClock, *, question: str = QUESTION, **more: Any) -> Kind:
    settings = with_model(server, plan_seconds=0, **more)
    async with sample_app(folder, openai=settings, clock=clock) as app:
        return (await asked(app, question, fresh=True)).kind


async def test_what_a_server_refuses_is_not_sent_again_after_a_restart(tmp_path: Path) -> None:
    clock = FakeClock()
    async with FakeModel(refuses("temperature")) as model:
        assert await ask(tmp_path, model, clock) is Kind.ANSWER
        assert len(model.answered) == 2
        clock.move(days=29)
        assert await ask(tmp_path, model, clock) is Kind.ANSWER
        assert len(model.answered) == 3, "no second try"
        clock.move(days=2)
        assert await ask(tmp_path, model, clock) is Kind.ANSWER
        assert len(model.answered) == 5, "after 30 days all is tried again"


async def test_another_model_or_server_starts_anew(tmp_path: Path) -> None:
    clock = FakeClock()
    async with FakeModel(refuses("temperature")) as model, FakeModel() as other:
        await ask(tmp_path, model, clock)
        await ask(tmp_path, model, clock, model="another")
        assert len(model.answered) == 4
        await ask(tmp_path, other, clock)
        assert "temperature" in other.answered[0]


async def test_limits_that_no_longer_hold_are_forgotten(tmp_path: Path) -> None:
    def wants_temperature(request: dict[str, Any]) -> Reply:
        if "temperature" not in request:
            return Reply(status=400, error={"message": "this deployment has changed"})
        return faithful(request)

    clock = FakeClock()
    async with FakeModel(refuses("temperature")) as model:
        await ask(tmp_path, model, clock)
        model.behaviour = wants_temperature
        assert await ask(tmp_path, model, clock) is Kind.ANSWER
        sent = len(model.answered)
        assert await ask(tmp_path, model, clock) is Kind.ANSWER
        assert len(model.answered) == sent + 1, "the new state is kept"


async def test_nothing_secret_is_kept(tmp_path: Path) -> None:
    async with FakeModel(refuses("temperature"), key="sk-very-secret") as model:
        await ask(tmp_path, model, FakeClock())
        stored = (tmp_path / "store.db").read_bytes()
        assert b"learnt " in stored
        assert b"sk-very-secret" not in stored
        assert model.base_url.encode() not in stored


def name_in(folder: Path) -> str:
    """Return the name under which something is kept of a server."""
    with closing(sqlite3.connect(folder / "store.db")) as store:
        [(name,)] = store.execute("SELECT name FROM state WHERE name LIKE 'learnt %'")
    return str(name)


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"at": "x", "refused": 3, "room": -1, "streaming": "no"}', "null"])
async def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, kept: str) -> None:
    clock = FakeClock()
    async with FakeModel(refuses("temperature")) as model:
        settings = with_model(model, plan_seconds=0)
        async with sample_app(tmp_path, openai=settings, clock=clock) as app:
            await asked(app, QUESTION)
            await app.key_values.set(name_in(tmp_path), kept)
        assert await ask(tmp_path, model, clock) is Kind.ANSWER


def within(context: int) -> Behaviour:
    """Refuse prompts over a context, which is named, as vLLM does: a token has four characters."""

    def behaviour(request: dict[str, Any]) -> Reply:
        tokens = sum(len(message["content"]) for message in request["messages"]) // 4
        if tokens + (request.get("max_tokens") or 0) > context:
            message = f"This model's maximum context length is {context} tokens. However, you requested {tokens}."
            return Reply(status=400, error={"message": message, "code": "context_length_exceeded"})
        return faithful(request)

    return behaviour


@pytest.mark.slow
async def test_prompts_keep_to_the_context_that_the_server_named(tmp_path: Path) -> None:
    clock = FakeClock()
    async with FakeModel(within(2600)) as model:
        assert await ask(tmp_path, model, clock, question=MANY) is Kind.ANSWER
        first = len(model.answered)
        assert await ask(tmp_path, model, clock, question=MANY) is Kind.ANSWER
        assert len(model.answered) == first + 1, "after a restart the first try fits"
        *_, last = model.answered
        assert sum(estimate_tokens(message["content"]) for message in last["messages"]) <= 2600 - 500


@pytest.mark.parametrize(
    ("context", "thinks", "limit"),
    [(None, True, None), (8192, False, 8192 - 500 - 16), (8192, True, 8192 - 500 - 3000 - 16), (4096, True, 2048 - 16)],
)
def test_a_prompt_leaves_room_for_the_answer(context: int | None, thinks: bool, limit: int | None) -> None:
    assert Learnt(room=3000, context=context, thinks=thinks).prompt_limit(output=500) == limit


async def test_a_large_context_never_exceeds_the_setting(tmp_path: Path) -> None:
    async with FakeModel(overflows("string code", chars=10**9)) as model:
        settings = with_model(model, plan_seconds=0, prompt_tokens=2000)
        async with sample_app(tmp_path, openai=settings, clock=FakeClock()) as app:
            assert app.health is not None
            app.health.learnt["test-model"].context = 1_000_000
            await asked(app, MANY)
        [request] = model.answered
        assert sum(estimate_tokens(message["content"]) for message in request["messages"]) <= 2000
