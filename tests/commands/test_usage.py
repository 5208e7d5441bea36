"""`paperbot usage`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from bot.frontends.usage import Grouping
from tests.cli import Cli


@dataclass(frozen=True)
class Row:
    name: str | None
    calls: int
    input_tokens: int
    output_tokens: int
    cost: float


class Reports:
    """Two calls of the console and one of the bot itself, all of today."""

    async def report(self, since: date, by: Grouping) -> Sequence[Row]:
        if by == "user":
            return [Row("console", 2, 4_000, 600, 0.0125), Row(None, 1, 1_000, 400, 0.005)]
        return [Row("2026-10-12", 3, 5_000, 1_000, 0.0175)]


@pytest.fixture
def counted(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setattr("bot.commands.usage.reports_of", lambda _app: Reports())
    return cli


def test_calls_are_added_up(counted: Cli) -> None:
    ran = counted("usage", "--since", "2026-10-01", "--by", "user")
    assert ran.code == 0
    lines = [line.split() for line in ran.out.splitlines()]
    assert ran.out.startswith("Model calls since 1 Oct 2026, by user\n\n")
    assert ["console", "2", "4,000", "600", "0.0125"] in lines
    assert ["the", "bot", "itself", "1", "1,000", "400", "0.0050"] in lines
    assert ["all", "3", "5,000", "1,000", "0.0175"] in lines


def test_what_is_left_of_the_day_is_told(counted: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMITS_USER_TOKENS", "5000")
    monkeypatch.setenv("LIMITS_DAY_TOKENS", "5500")
    left = counted("usage").out.partition("Left until midnight UTC\n")[2]
    assert left == (
        "console       tokens  400 of 5,000\nall together  tokens  0 of 5,500\nall together  cost    no limit\n"
    )


def test_usage_is_an_object_for_scripts(counted: Cli) -> None:
    used = json.loads(counted("usage", "--json", "--since", "2026-10-01").out)
    assert used["rows"] == [
        {"name": "2026-10-12", "calls": 3, "input_tokens": 5000, "output_tokens": 1000, "cost": 0.0175}
    ]
    assert used["limits"][2] == {"whose": "all together", "unit": "cost", "limit": None, "used": 0.0175, "left": None}


def test_a_day_to_come_is_refused(counted: Cli) -> None:
    ran = counted("usage", "--since", "2999-01-01")
    assert ran.code == 2
    assert "2999-01-01 is still to come" in ran.err
