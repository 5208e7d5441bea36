"""What a call costs whom, and what happens at the limit."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.answers.llm.metering import Meter, Price
from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.llm.text_model import Call, Learnt, TextModel
from bot.answers.request import NOBODY, Requester
from bot.config import LimitsSettings
from bot.errors.operation import StoreError
from bot.errors.services import (
    BudgetUsed,
    ModelBusy,
    ModelDown,
    ModelError,
    ModelInterrupted,
    ModelLate,
    ModelOverflow,
    ModelSilent,
)
from bot.store.database import open_database
from bot.store.usage import UsageStore
from tests.clocks import FakeClock
from tests.fakes.metered import ToldModel, text_of

ANN = Requester("ann", "kettles")
PROMPT = RenderedPrompt(
    system="k" * 900, user="w" * 2052, max_output_tokens=500, temperature=None, id="answer"
)  # estimated at 984 + 16 tokens: 1,500 are reserved
PRICE = Price(1.0, 4.0)
LATE = ModelLate(detail="1 s")
BUSY = ModelBusy(detail="HTTP 429")


class Bench:
    """A meter on a store in a file, and what stands in that."""

    def __init__(self, *, path: Path, usage: UsageStore, clock: FakeClock) -> None:
        self.path = path
        self.usage = usage
        self.clock = clock

    def meter(self, model: TextModel, *, prices: tuple[Price, ...] = (PRICE,), **limits: Any) -> Meter:
        return Meter(model=model, usage=self.usage, limits=LimitsSettings(**limits), prices=prices, clock=self.clock)

    def calls(self) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute("SELECT * FROM model_calls ORDER BY id")]

    def call(self) -> tuple[Any, ...]:
        """Return input, output, whether they are estimated, and whether they are settled, of the only call."""
        [call] = self.calls()
        return call["input_tokens"], call["output_tokens"], bool(call["estimated"]), bool(call["settled"])


@asynccontextmanager
async def open_bench(folder: Path) -> AsyncIterator[Bench]:
    path = folder / "store.db"
    async with open_database(path) as database:
        yield Bench(path=path, usage=UsageStore(database=database), clock=FakeClock())


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with open_bench(tmp_path) as bench:
        yield bench


async def test_the_most_that_a_call_may_use_is_reserved_while_it_runs(bench: Bench) -> None:
    meter = bench.meter(ToldModel("Kettles ", "whistle."), prices=(PRICE, Price(0.5, 8.0)))
    pieces = meter.stream(PROMPT, requester=ANN)
    assert await anext(pieces) == "Kettles "
    assert bench.call() == (1000, 500, True, False)
    [call] = bench.calls()
    assert (call["day"], call["user"], call["guild"], call["purpose"], call["model"]) == (
        *("2024-01-06", "ann", "kettles", "answer", "small"),
    )
    assert call["cost"] == pytest.approx(0.001 * 1.0 + 0.0005 * 8.0), "at the dearest price of each kind"
    await pieces.aclose()


async def test_what_the_server_tells_is_what_counts_in_the_end(bench: Bench) -> None:
    answered_by = Call(model="large", price_input=2.0, price_output=10.0)
    model = ToldModel("Kettles ", "whistle.", usage=(700, 30), answered_by=answered_by)
    assert await text_of(bench.meter(model).stream(PROMPT, requester=ANN)) == "Kettles whistle."
    assert bench.call() == (700, 30, False, True)
    [call] = bench.calls()
    assert call["model"] == "large"
    assert call["cost"] == pytest.approx((700 * 2.0 + 30 * 10.0) / 1_000_000)


@pytest.mark.parametrize("usage", [(None, None), (0, 0)], ids=["no usage", "nothing but zeros"])
async def test_what_no_server_tells_is_estimated(bench: Bench, usage: tuple[int | None, int | None]) -> None:
    await text_of(bench.meter(ToldModel("Kettles ", "whistle.", usage=usage)).stream(PROMPT, requester=ANN))
    assert bench.call() == (1000, 6, True, True)
    assert bench.calls()[0]["cost"] == pytest.approx((1000 * 1.0 + 6 * 4.0) / 1_000_000)


async def test_an_estimate_is_never_above_what_was_reserved(bench: Bench) -> None:
    await text_of(bench.meter(ToldModel(*["kettle"] * 400)).stream(PROMPT, requester=ANN))
    assert bench.call() == (1000, 500, True, True)


@pytest.mark.parametrize(
    ("failure", "used"),
    [
        (BUSY, (0, 0, False, True)),
        (ModelDown(detail="HTTP 500"), (0, 0, False, True)),
        (ModelOverflow(detail="HTTP 400"), (0, 0, False, True)),
        (LATE, (1000, 0, True, True)),
        (ModelSilent(detail="no text"), (1000, 0, True, True)),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, ModelError) else None,
)
async def test_a_failure_before_the_first_piece_counts_only_what_the_server_may_have_read(
    bench: Bench, failure: ModelError, used: tuple[Any, ...]
) -> None:
    with pytest.raises(type(failure)):
        await text_of(bench.meter(ToldModel(failure=failure)).stream(PROMPT, requester=ANN))
    assert bench.call() == used


async def test_a_failure_in_the_middle_counts_what_was_read_and_written(bench: Bench) -> None:
    model = ToldModel("Kettles ", failure=ModelInterrupted(detail="no finish reason"))
    with pytest.raises(ModelInterrupted):
        await text_of(bench.meter(model).stream(PROMPT, requester=ANN))
    assert bench.call() == (1000, 3, True, True)


async def test_a_stream_that_is_closed_early_is_settled_and_the_model_let_go(bench: Bench) -> None:
    model = ToldModel("Kettles ", "whistle.")
    pieces = bench.meter(model).stream(PROMPT, requester=ANN)
    await anext(pieces)
    await pieces.aclose()
    assert bench.call() == (1000, 3, True, True)
    assert model.closed == 1


async def test_a_stream_that_is_never_begun_costs_nothing(bench: Bench) -> None:
    pieces = bench.meter(ToldModel("Kettles")).stream(PROMPT, requester=ANN)
    await pieces.aclose()
    assert bench.calls() == []


async def test_a_call_cancelled_at_any_moment_is_settled_or_was_never_made(tmp_path: Path) -> None:
    async with open_bench(tmp_path) as bench:
        for steps in range(40):
            model = ToldModel("Kettles ", "whistle.")
            task = asyncio.create_task(text_of(bench.meter(model, user_tokens=0).stream(PROMPT, requester=ANN)))
            for _ in range(steps):
                await asyncio.sleep(0)
            if steps % 3 == 0:
                await asyncio.sleep(0.001)
            task.cancel()
            await asyncio.wait([task])
            assert all(call["settled"] for call in bench.calls())
            assert len(bench.calls()) == len(model.prompts)
            with closing(sqlite3.connect(bench.path)) as connection, connection:
                connection.execute("DELETE FROM model_calls")


@pytest.mark.parametrize(
    ("limits", "whose", "limit"),
    [
        ({"user_tokens": 1600}, "your budget for model answers", "1,600 tokens"),
        ({"guild_tokens": 1600}, "this server's budget for model answers", "1,600 tokens"),
        ({"day_tokens": 1600}, "today's budget for model answers", "1,600 tokens"),
        ({"day_cost": 0.0035}, "today's budget for model answers", "a cost of 0.0035"),
    ],
)
async def test_at_the_limit_nothing_is_sent_and_the_user_is_told_which(
    bench: Bench, limits: dict[str, Any], whose: str, limit: str
) -> None:
    model = ToldModel(*["kettle"] * 400)
    meter = bench.meter(model, **limits)
    await text_of(meter.stream(PROMPT, requester=ANN))
    with pytest.raises(BudgetUsed) as caught:
        await text_of(meter.stream(PROMPT, requester=ANN))
    assert caught.value.reason == f"{whose} is used up until midnight UTC"
    assert whose in str(caught.value)
    assert f"({limit})" in str(caught.value)
    assert len(model.prompts) == len(bench.calls()) == 1


async def test_without_limits_nobody_is_turned_away(bench: Bench) -> None:
    meter = bench.meter(ToldModel("Hum."), user_tokens=0, guild_tokens=0, day_tokens=0, day_cost=0)
    for requester in (ANN, ANN, NOBODY):
        assert await text_of(meter.stream(PROMPT, requester=requester)) == "Hum."


async def test_the_bot_itself_is_held_to_the_days_limit_alone(bench: Bench) -> None:
    meter = bench.meter(ToldModel(*["kettle"] * 400), user_tokens=1, guild_tokens=1, day_tokens=3000)
    for _ in range(2):
        await text_of(meter.stream(PROMPT, requester=NOBODY))
    with pytest.raises(BudgetUsed):
        await text_of(meter.stream(PROMPT, requester=NOBODY))


async def test_the_day_turns_at_midnight_utc_and_a_call_belongs_to_the_day_on_which_it_began(bench: Bench) -> None:
    bench.clock.now = datetime(2024, 1, 6, 23, 59, tzinfo=UTC)
    meter = bench.meter(ToldModel("Kettles ", "whistle."), user_tokens=1500)
    pieces = meter.stream(PROMPT, requester=ANN)
    await anext(pieces)
    with pytest.raises(BudgetUsed):
        await text_of(meter.stream(PROMPT, requester=ANN))
    bench.clock.move(minutes=2)
    assert await text_of(meter.stream(PROMPT, requester=ANN))
    await pieces.aclose()
    assert [call["day"] for call in bench.calls()] == ["2024-01-06", "2024-01-07"]


async def test_a_server_that_counts_more_than_was_reserved_raises_the_next_reservation(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    model = ToldModel("Hum.", usage=(1400, 2))
    meter = bench.meter(model)
    await text_of(meter.stream(PROMPT, requester=ANN))
    assert caplog.messages == ["a prompt used more tokens than estimated: 1400"]
    pieces = meter.stream(PROMPT, requester=ANN)
    await anext(pieces)
    assert bench.calls()[1]["input_tokens"] >= 1400
    await pieces.aclose()
    assert len(caplog.messages) == 1


async def test_a_server_that_heeds_no_limit_is_stopped_and_what_it_wrote_counts(bench: Bench) -> None:
    model = ToldModel(*["kettle"] * 10_000)
    with pytest.raises(ModelInterrupted, match="longer than allowed"):
        await text_of(bench.meter(model).stream(PROMPT, requester=ANN))
    assert bench.call() == (1000, 1502, True, True)
    assert model.closed == 1


async def test_a_store_that_cannot_be_written_after_a_call_costs_no_answer(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def full(*_args: object, **_values: object) -> None:
        raise StoreError(path="store.db", reason="database or disk is full")

    monkeypatch.setattr(bench.usage, "settle", full)
    caplog.set_level(logging.WARNING)
    assert await text_of(bench.meter(ToldModel("Hum.")).stream(PROMPT, requester=ANN)) == "Hum."
    assert "everything reserved for it counts: The store store.db failed" in caplog.text
    assert bench.call() == (1000, 500, True, False)


@pytest.mark.parametrize(("thinks", "reserved"), [(True, 2500), (False, 500), (None, 500)])
async def test_room_for_thinking_is_reserved_for_a_model_that_thinks(
    bench: Bench, thinks: bool | None, reserved: int
) -> None:
    model, limits = ToldModel("Kettles ", "whistle."), LimitsSettings()
    learnt = Learnt(room=2000, thinks=thinks)
    meter = Meter(model=model, usage=bench.usage, limits=limits, prices=(PRICE,), clock=bench.clock, learnt=learnt)
    pieces = meter.stream(PROMPT, requester=ANN)
    await anext(pieces)
    assert bench.call() == (1000, reserved, True, False)
    [call] = bench.calls()
    assert call["cost"] == pytest.approx((1000 * 1.0 + reserved * 4.0) / 1_000_000)
    await pieces.aclose()
