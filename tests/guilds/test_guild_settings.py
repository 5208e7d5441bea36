"""The rules of guilds, as they are given and changed."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.guilds.settings import KEPT_AFTER_LEAVING, READ_AGAIN_AFTER
from tests.apps import sample_app
from tests.clocks import FakeClock


async def test_a_change_holds_at_once_and_after_a_restart(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        changed = await app.guild_settings.change("1", channels=("5",), answer_language="de", channel_memory=True)
        assert await app.guild_settings.rules("1") == changed
        assert (changed.channels, changed.answer_language, changed.channel_memory) == (("5",), "de", True)
        assert (await app.guild_settings.rules("2")).channels == ()
    async with sample_app(tmp_path, papers=[]) as app:
        assert await app.guild_settings.rules("1") == changed


async def test_a_value_that_can_not_be_one_changes_nothing(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        before = await app.guild_settings.change("1", user_answers=3)
        for wrong in ({"user_answers": 0}, {"channels": ("general",)}, {"answer_language": "klingon"}):
            with pytest.raises(ValidationError):
                await app.guild_settings.change("1", roles=("7",), **wrong)
        assert await app.guild_settings.rules("1") == before


async def test_two_admins_at_once_lose_nothing_of_each_others_rules(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        await asyncio.gather(
            app.guild_settings.change("1", channels=("5",)),
            app.guild_settings.change("1", roles=("7",)),
            app.guild_settings.rules("1"),
        )
        rules = await app.guild_settings.rules("1")
        assert (rules.channels, rules.roles) == (("5",), ("7",))


async def test_another_processs_change_is_seen_after_a_moment(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock) as app, sample_app(tmp_path, papers=[]) as other:
        await app.guild_settings.rules("1")
        await other.guild_settings.change("1", user_answers=3)
        assert (await app.guild_settings.rules("1")).user_answers == 0
        clock.move(seconds=READ_AGAIN_AFTER.total_seconds())
        assert (await app.guild_settings.rules("1")).user_answers == 3
        # A change is made to what the store holds, not to what this process believes.
        await other.guild_settings.change("1", user_answers=5)
        changed = await app.guild_settings.change("1", channels=("5",))
        assert (changed.user_answers, changed.channels) == (5, ("5",))


async def test_reset_takes_every_rule_back_and_leaves_what_a_newer_version_set(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[], limits={"user_answers": 20}) as app:
        default = await app.guild_settings.rules("1")
        await app.guild_settings.change("1", channels=("5",), user_answers=2, interface_language="fr")
        assert await app.guild_settings.reset("1") == default
        assert await app.guild_settings.rules("1") == default


async def test_the_settings_of_a_guild_that_removed_the_bot_go_after_thirty_days(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.guild_settings.change("1", user_answers=2)
        await app.guild_settings.change("2", user_answers=2)
        await app.guild_settings.left("1")
        clock.move(days=KEPT_AFTER_LEAVING / timedelta(days=1))
        assert await app.guild_settings.purge() == 0
        clock.move(seconds=1)
        assert await app.guild_settings.purge() == 1
        assert [(await app.guild_settings.rules(guild)).user_answers for guild in ("1", "2")] == [0, 2]


async def test_private_talks_have_the_operators_limits(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[], limits={"cooldown_seconds": 7}) as app:
        assert (await app.guild_settings.rules(None)).cooldown_seconds == 7
