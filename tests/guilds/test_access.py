"""Who may ask, and how often."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answers.events import Event, Searching, Waiting
from bot.app import App
from bot.errors.requests import (
    AccessRefused,
    AskedTooSoon,
    ChannelRefused,
    GuildAnswersUsed,
    QuestionEmpty,
    RoleRefused,
    UserAnswersUsed,
)
from bot.guilds.access import Caller
from tests.apps import sample_app
from tests.clocks import FakeClock

ADA = Caller(user="ada", guild="1", channel="5", roles=frozenset({"7"}))
BOB = Caller(user="bob", guild="1", channel="5")
BOSS = Caller(user="boss", guild="1", channel="9", admin=True)
DIRECT = Caller(user="ada")


async def answer() -> AsyncGenerator[Event]:
    yield Searching("what?")


async def refused_question() -> AsyncGenerator[Event]:
    raise QuestionEmpty
    yield Searching("never")


async def given_up() -> AsyncGenerator[Event]:
    yield Waiting(1)


async def ask(app: App, caller: Caller) -> list[Event]:
    return [event async for event in app.access.serve(caller, answer())]


async def outcome(app: App, caller: Caller) -> type[AccessRefused] | None:
    try:
        await ask(app, caller)
    except AccessRefused as error:
        return type(error)
    return None


async def test_channels_and_roles_bind_members_and_not_admins(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        await app.guild_settings.change("1", channels=("5", "6"), roles=("7", "8"))
        assert await ask(app, ADA)
        with pytest.raises(RoleRefused) as refused:
            await ask(app, BOB)
        assert refused.value.facts["roles"] == ("7", "8")
        elsewhere = Caller(user="ada", guild="1", channel="9", roles=ADA.roles)
        with pytest.raises(ChannelRefused) as sent_away:
            await app.access.check_place(elsewhere)
        assert sent_away.value.facts["channels"] == ("5", "6")
        for caller in (BOSS, DIRECT, Caller(user="ada", guild="2", channel="9")):
            assert await ask(app, caller)


async def test_the_answers_of_a_day_are_counted_over_restarts_until_midnight_utc(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2026, 11, 24, 22, 0, tzinfo=UTC))
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.guild_settings.change("1", user_answers=2)
        assert [await outcome(app, ADA) for _ in range(2)] == [None, None]
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        assert [await outcome(app, caller) for caller in (ADA, BOB, BOSS, DIRECT)] == [
            UserAnswersUsed,
            None,
            None,
            None,
        ]
        clock.move(hours=2)
        assert await outcome(app, ADA) is None


async def test_a_guilds_answers_are_used_by_all_of_its_members(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        await app.guild_settings.change("1", guild_answers=2)
        assert [await outcome(app, caller) for caller in (ADA, BOB, ADA, BOB, BOSS)] == [
            None,
            None,
            GuildAnswersUsed,
            GuildAnswersUsed,
            None,
        ]


async def test_the_operators_limits_count_in_all_places_and_bind_admins_too(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[], limits={"user_answers": 2}) as app:
        boss_at_home = Caller(user="boss", guild="2", channel="1", admin=True)
        callers = [BOSS, boss_at_home, BOSS, boss_at_home, Caller(user="boss")]
        assert [await outcome(app, caller) for caller in callers] == [
            None,
            None,
            UserAnswersUsed,
            UserAnswersUsed,
            UserAnswersUsed,
        ]


async def test_between_two_answers_there_is_time_also_over_midnight(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2026, 11, 24, 23, 59, 50, tzinfo=UTC))
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.guild_settings.change("1", cooldown_seconds=30)
        assert await outcome(app, ADA) is None
        clock.move(seconds=18)
        with pytest.raises(AskedTooSoon) as refused:
            await ask(app, ADA)
        assert refused.value.facts["again_at"] == datetime(2026, 11, 25, 0, 0, 20, tzinfo=UTC)
        assert await outcome(app, BOB) is None
        clock.move(seconds=12)
        assert await outcome(app, ADA) is None


async def test_a_clock_that_is_set_back_locks_nobody_out(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock, limits={"cooldown_seconds": 60}) as app:
        assert await outcome(app, ADA) is None
        clock.move(hours=-3)
        assert await outcome(app, ADA) is None


async def test_what_was_refused_or_given_up_before_it_began_does_not_count(tmp_path: Path) -> None:
    limits = {"user_answers": 1, "cooldown_seconds": 60}
    async with sample_app(tmp_path, papers=[], limits=limits) as app:
        with pytest.raises(QuestionEmpty):
            async for _ in app.access.serve(ADA, refused_question()):
                pass
        async for _ in app.access.serve(ADA, given_up()):
            pass
        assert [await outcome(app, ADA) for _ in range(2)] == [None, UserAnswersUsed]


async def test_askers_at_once_in_two_processes_never_exceed_a_limit_together(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, sample_app(tmp_path, papers=[]) as other:
        await app.guild_settings.change("1", guild_answers=5)
        callers = [Caller(user=f"user {number}", guild="1", channel="5") for number in range(20)]
        outcomes = await asyncio.gather(
            *(outcome(app if number % 2 else other, caller) for number, caller in enumerate(callers))
        )
    assert outcomes.count(None) == 5
    assert outcomes.count(GuildAnswersUsed) == 15


async def test_counts_are_handed_over_and_forgotten_but_for_todays(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2026, 11, 24, 22, 0, tzinfo=UTC))
    async with sample_app(tmp_path, papers=[], clock=clock, limits={"user_answers": 3}) as app:
        await ask(app, ADA)
        clock.move(hours=3)
        await ask(app, DIRECT)
        told = await app.personal_data.export("ada")
        assert [(each["what"], each["day"], each["guild"], each["answers"]) for each in told] == [
            ("count of answers", "2026-11-24", "1", 1),
            ("count of answers", "2026-11-25", None, 1),
        ]
        await app.personal_data.forget_user("ada")
        assert await app.personal_data.export("ada") == []
        assert [await outcome(app, ADA) for _ in range(3)] == [None, None, UserAnswersUsed]
        clock.move(days=1)
        await app.access.prune()
        assert await outcome(app, ADA) is None


async def test_without_limits_nothing_is_counted(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        await ask(app, ADA)
        assert await app.personal_data.export("ada") == []
