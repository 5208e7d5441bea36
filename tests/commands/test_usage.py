"""`paperbot usage`."""

import asyncio
import json
from datetime import UTC, date, datetime

import pytest

from bot.config import Settings
from bot.store.database import open_database
from bot.store.usage import DayLimits, Reservation, UsageStore
from tests.cli import Cli

DAY = date(2026, 10, 12)
CALLS = (("console", 2_000, 300, 0.00625), ("console", 2_000, 300, 0.00625), (None, 1_000, 400, 0.005))


async def count_calls(day: date) -> None:
    """Count two calls of the console and one of the bot itself, in the store that commands use."""
    async with open_database(Settings().store.path) as database:
        usage = UsageStore(database=database)
        for user, input_tokens, output_tokens, cost in CALLS:
            call = Reservation(
                day=day,
                at=1.0,
                user=user,
                guild=None,
                purpose="answer",
                model="small",
                input_tokens=input_tokens,
                output_tokens=output_tokens,
                cost=cost,
            )
            number = await usage.reserve(call, limits=DayLimits())
            assert isinstance(number, int)
            await usage.settle(
                number,
                model="small",
                input_tokens=input_tokens,
                output_tokens=output_tokens,
                cost=cost,
                estimated=False,
            )


def test_calls_are_added_up(cli: Cli) -> None:
    asyncio.run(count_calls(DAY))
    ran = cli("usage", "--since", "2026-10-01", "--by", "user")
    assert ran.code == 0
    lines = [line.split() for line in ran.out.splitlines()]
    assert ran.out.startswith("Model calls since 1 Oct 2026, by user\n\n")
    assert ["console", "2", "4,000", "600", "0.0125"] in lines
    assert ["the", "bot", "itself", "1", "1,000", "400", "0.0050"] in lines
    assert ["all", "3", "5,000", "1,000", "0.0175"] in lines


def test_what_is_left_of_the_day_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    asyncio.run(count_calls(datetime.now(UTC).date()))
    monkeypatch.setenv("LIMITS_USER_TOKENS", "5000")
    monkeypatch.setenv("LIMITS_DAY_TOKENS", "5500")
    left = cli("usage").out.partition("Left today (until 00:00 UTC)\n")[2]
    assert left == "console    tokens  400 of 5,000\nall users  tokens  0 of 5,500\nall users  cost    no limit\n"


def test_usage_is_an_object_for_scripts(cli: Cli) -> None:
    asyncio.run(count_calls(DAY))
    used = json.loads(cli("usage", "--json", "--since", "2026-10-01").out)
    assert used["rows"] == [
        {"name": "2026-10-12", "calls": 3, "input_tokens": 5000, "output_tokens": 1000, "cost": 0.0175}
    ]
    assert used["limits"][2] == {"whose": "all users", "unit": "cost", "limit": None, "used": 0, "left": None}


def test_a_day_to_come_is_refused(cli: Cli) -> None:
    ran = cli("usage", "--since", "2999-01-01")
    assert ran.code == 2
    assert "2999-01-01 is in the future" in ran.err
