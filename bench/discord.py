"""Load the bot as a busy Discord server does: everybody asks within a minute, then thousands of searches.

The real client in a process of its own, against a loopback Discord (`tests/fakes/discord_server/`) and a loopback model
whose answers take about 2 s; no network, no key. One table: what, the target, what was reached, of how many. It ends
with code 1 when a target is missed.
"""

import argparse
import asyncio
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.answer_table import HEADER, Reached
from bench.discord_bot import BotProcess, Groups, bot_process
from bench.discord_members import ask_within, search_often, taking
from bench.discord_rows import asking_rows, edit_rows, loop_row, memory_row
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.model_server import FakeModel

_READY_S = 60.0
_PATIENCE_S = 45.0
_LONGEST_S = 600.0
_ANSWER_S = 2.0
_CONCURRENT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many members ask within how many seconds, and how many searches follow."""

    members: int
    seconds: float
    interactions: int


FULL = Load(members=200, seconds=60.0, interactions=10_000)
QUICK = Load(members=8, seconds=2.0, interactions=80)


async def measure(load: Load) -> list[Reached]:
    """Return all rows. Raises TimeoutError when the bot does not connect, or the whole takes ten minutes."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            asyncio.timeout(_LONGEST_S),
            FakeDiscord() as discord,
            FakeModel(taking(_ANSWER_S)) as model,
            bot_process(_settings(discord, model, Path(folder) / "store.db")) as bot,
        ):
            await discord.ready(_READY_S)
            await bot.blocked()  # what was before doesn't count
            return [*await _asking(discord, bot, load), *await _searching(discord, bot, load)]


async def _asking(discord: FakeDiscord, bot: BotProcess, load: Load) -> list[Reached]:
    requests = await ask_within(discord, members=load.members, seconds=load.seconds, patience=_PATIENCE_S)
    blocked = await bot.blocked()
    return [*asking_rows(discord, requests), *edit_rows(discord), loop_row("asking", blocked, load.members)]


async def _searching(discord: FakeDiscord, bot: BotProcess, load: Load) -> list[Reached]:
    early = max(1, load.interactions // 10)
    lost = await search_often(discord, times=early, members=load.members)
    early_mb = await bot.memory_mb()
    lost += await search_often(discord, times=load.interactions - early, members=load.members)
    blocked = await bot.blocked()
    late_mb = await bot.memory_mb()
    return [
        Reached("searches lost", "0", f"{lost}", load.interactions, not lost),
        loop_row("searching", blocked, load.interactions),
        memory_row(early_mb, late_mb, early=early, late=load.interactions),
        Reached("requests that this Discord does not know", "0", f"{len(discord.unhandled)}", len(discord.requests)),
    ]


def _settings(discord: FakeDiscord, model: FakeModel, store: Path) -> Groups:
    return {
        "discord": {"token": discord.token, "api_url": discord.api_url, "gateway_url": discord.gateway_url},
        "openai": {"base_url": model.base_url, "api_key": model.key},
        "store": {"path": store},
        "limits": {"concurrent": _CONCURRENT, "user_tokens": 0, "guild_tokens": 0, "day_tokens": 0},
    }


def main() -> int:
    """Print the table and return the exit code."""
    load = _parsed()
    print(
        f"{load.members} members ask within {load.seconds:g} s, every eighth by a mention; answers take about "
        f"{_ANSWER_S:g} s each, LIMITS_CONCURRENT is {_CONCURRENT}. Then {load.interactions:,} searches.\n\n{HEADER}"
    )
    rows = asyncio.run(measure(load))
    print("\n".join(map(str, rows)))
    return 0 if all(row.met for row in rows) else 1


def _parsed() -> Load:
    parser = argparse.ArgumentParser(prog="python -m bench.discord", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a little of everything, in seconds")
    parser.add_argument("--members", type=_positive, help=f"how many ask; default {FULL.members}")
    parser.add_argument("--seconds", type=float, help=f"within how many seconds; default {FULL.seconds:g}")
    parser.add_argument("--interactions", type=_positive, help=f"how many searches; default {FULL.interactions:,}")
    given = parser.parse_args()
    default = QUICK if given.quick else FULL
    return Load(
        members=given.members or default.members,
        seconds=default.seconds if given.seconds is None else given.seconds,
        interactions=given.interactions or default.interactions,
    )


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


if __name__ == "__main__":
    sys.exit(main())
