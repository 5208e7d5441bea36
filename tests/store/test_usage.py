import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.store.database import Database, open_database
from bot.store.usage import DayLimits, Exceeded, Reservation, Spent, UsageRow, UsageStore

MONDAY, TUESDAY = date(2026, 10, 5), date(2026, 10, 6)
CALL = Reservation(
    day=MONDAY,
    at=1000.0,
    user="ann",
    guild="kettles",
    purpose="answer",
    model="small",
    input_tokens=800,
    output_tokens=200,
    cost=0.5,
)
NO_LIMITS = DayLimits()


@pytest.fixture
def usage(database: Database) -> UsageStore:
    return UsageStore(database=database)


async def reserved(usage: UsageStore, limits: DayLimits = NO_LIMITS, **changes: Any) -> int:
    number = await usage.reserve(replace(CALL, **changes), limits=limits)
    assert isinstance(number, int)
    return number


async def settled(usage: UsageStore, **changes: Any) -> None:
    """Make a call that used 10 + 5 tokens and cost 0.1."""
    number = await reserved(usage, **changes)
    model = changes.get("model", "small")
    await usage.settle(number, model=model, input_tokens=10, output_tokens=5, cost=0.1, estimated=False)


async def test_what_is_reserved_counts_until_it_is_settled(usage: UsageStore) -> None:
    number = await reserved(usage)
    assert await usage.spent(MONDAY, user="ann", guild="kettles") == Spent(1000, 1000, 1000, 0.5)
    await usage.settle(number, model="large", input_tokens=10, output_tokens=5, cost=0.1, estimated=False)
    assert await usage.spent(MONDAY, user="ann", guild="kettles") == Spent(15, 15, 15, 0.1)
    assert await usage.report(MONDAY, "model") == [UsageRow("large", 1, 10, 5, 0.1)]


async def test_what_was_never_sent_does_not_count(usage: UsageStore) -> None:
    await usage.cancel(await reserved(usage))
    assert await usage.spent(MONDAY, user="ann") == Spent(0, 0, 0, 0.0)


async def test_a_call_that_was_settled_cannot_be_taken_back(usage: UsageStore) -> None:
    number = await reserved(usage)
    await usage.settle(number, model="small", input_tokens=10, output_tokens=5, cost=0.1, estimated=False)
    await usage.cancel(number)
    assert (await usage.spent(MONDAY)).day_tokens == 15


@pytest.mark.parametrize(
    ("limits", "exceeded"),
    [
        (DayLimits(user_tokens=1999), Exceeded("user", 1999)),
        (DayLimits(guild_tokens=1999), Exceeded("guild", 1999)),
        (DayLimits(day_tokens=1999), Exceeded("day", 1999)),
        (DayLimits(day_cost=0.99), Exceeded("cost", 0.99)),
        (DayLimits(user_tokens=1, guild_tokens=1, day_tokens=1, day_cost=0.01), Exceeded("user", 1)),
        (DayLimits(user_tokens=2000, guild_tokens=2000, day_tokens=2000, day_cost=1.0), None),
    ],
)
async def test_a_call_that_would_go_beyond_a_limit_is_told_which_and_leaves_no_row(
    usage: UsageStore, limits: DayLimits, exceeded: Exceeded | None
) -> None:
    await reserved(usage)
    result = await usage.reserve(CALL, limits=limits)
    assert result == exceeded or (exceeded is None and isinstance(result, int))
    assert (await usage.report(MONDAY, "day"))[0].calls == (1 if exceeded else 2)


async def test_nobody_in_particular_counts_for_the_day_alone(usage: UsageStore) -> None:
    limits = DayLimits(user_tokens=1000, guild_tokens=1000, day_tokens=2000)
    for _ in range(2):
        await reserved(usage, limits, user=None, guild=None)
    assert await usage.reserve(replace(CALL, user=None, guild=None), limits=limits) == Exceeded("day", 2000)
    assert await usage.spent(MONDAY) == Spent(0, 0, 2000, 1.0)


async def test_users_guilds_and_days_are_counted_each_by_itself(usage: UsageStore) -> None:
    limits = DayLimits(user_tokens=1000, guild_tokens=2000)
    await reserved(usage, limits)
    await reserved(usage, limits, user="bob")
    assert await usage.reserve(replace(CALL, user="cat"), limits=limits) == Exceeded("guild", 2000)
    await reserved(usage, limits, user="cat", guild="pots")
    await reserved(usage, limits, day=TUESDAY)
    assert await usage.reserve(CALL, limits=limits) == Exceeded("user", 1000)


async def test_costs_that_add_up_to_the_limit_are_within_it(usage: UsageStore) -> None:
    for _ in range(10):
        await reserved(usage, DayLimits(day_cost=1.0), cost=0.1)  # in floats 0.9999999999999999 and a little more
    assert await usage.reserve(replace(CALL, cost=0.1), limits=DayLimits(day_cost=1.0)) == Exceeded("cost", 1.0)


async def test_many_at_once_never_exceed_a_limit_together(path: Path) -> None:
    limits = DayLimits(day_tokens=10_500)
    async with open_database(path) as first, open_database(path) as second:
        stores = [UsageStore(database=first), UsageStore(database=second)]
        results = await asyncio.gather(*(stores[number % 2].reserve(CALL, limits=limits) for number in range(50)))
        assert len([result for result in results if isinstance(result, int)]) == 10
        assert (await stores[0].spent(MONDAY)).day_tokens == 10_000


async def test_the_report_has_a_row_for_each_name(usage: UsageStore) -> None:
    await settled(usage)
    await settled(usage, user="bob", purpose="plan", day=TUESDAY)
    await settled(usage, user="bob", guild=None, model="large")
    await settled(usage, user=None, guild=None, day=date(2026, 9, 30))
    assert await usage.report(MONDAY, "day") == [
        UsageRow("2026-10-05", 2, 20, 10, 0.2),
        UsageRow("2026-10-06", 1, 10, 5, 0.1),
    ]
    assert [(row.name, row.calls) for row in await usage.report(MONDAY, "user")] == [("bob", 2), ("ann", 1)]
    assert {row.name: row.calls for row in await usage.report(MONDAY, "guild")} == {"kettles": 2, None: 1}
    assert {row.name: row.calls for row in await usage.report(MONDAY, "model")} == {"small": 2, "large": 1}
    assert {row.name: row.calls for row in await usage.report(MONDAY, "purpose")} == {"answer": 2, "plan": 1}
    assert {row.name: row.calls for row in await usage.report(date(2026, 1, 1), "user")} == {
        None: 1,
        "ann": 1,
        "bob": 2,
    }
    assert await usage.report(date(2027, 1, 1), "user") == []


async def test_rows_of_days_before_are_pruned(usage: UsageStore) -> None:
    await settled(usage)
    await settled(usage, day=TUESDAY)
    assert await usage.prune(TUESDAY) == 1
    assert [row.name for row in await usage.report(MONDAY, "day")] == ["2026-10-06"]


async def test_a_user_who_is_forgotten_is_in_no_row_of_a_day_before(usage: UsageStore) -> None:
    await settled(usage)
    await settled(usage, user="bob")
    await usage.forget_user("ann", today=TUESDAY)
    assert {row.name: row.calls for row in await usage.report(MONDAY, "user")} == {None: 1, "bob": 1}
    assert await usage.of_user("ann") == []
    assert (await usage.spent(MONDAY)).day_tokens == 30


async def test_forgetting_does_not_lift_todays_limit_and_is_done_when_the_day_is_over(
    usage: UsageStore, database: Database
) -> None:
    limits = DayLimits(user_tokens=1500)
    await reserved(usage, limits)
    await usage.forget_user("ann", today=MONDAY)
    assert await usage.reserve(CALL, limits=limits) == Exceeded("user", 1500)
    assert [row.name for row in await usage.report(MONDAY, "user")] == [None]
    assert await usage.of_user("ann") == []
    await reserved(usage, user="bob", day=TUESDAY)
    assert [row["user"] for row in await database.rows("SELECT user FROM model_calls ORDER BY id")] == [None, "bob"]


async def test_what_was_reserved_outlives_a_restart(path: Path) -> None:
    async with open_database(path) as database:
        await reserved(UsageStore(database=database))
    async with open_database(path) as database:
        assert (await UsageStore(database=database).spent(MONDAY, user="ann")).user_tokens == 1000
