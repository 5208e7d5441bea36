"""The form for limits below /setup."""

from pathlib import Path

import pytest

from tests.apps import sample_app
from tests.frontends.discord.server import running
from tests.frontends.discord.setup.admin import add_admin, fields, opened, rules, said

LIMITS = "Answers a day (UTC) and wait between answers"


async def test_limits_are_set_and_emptied_again(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        message = await opened(server, boss)
        form = await boss.click(message, label="Limits…")
        await boss.submit_modal(form, {"cooldown_seconds": " 30 ", "user_answers": "20", "guild_answers": "1000"})
        assert fields(server, message)[LIMITS] == "Each member: 20 a day\nThis server: 1,000 a day\nWait: 30 seconds"
        form = await boss.click(message, label="Limits…")
        await boss.submit_modal(form, {"cooldown_seconds": "", "user_answers": "0", "guild_answers": "1000"})
        held = await rules(server)
    assert (held.cooldown_seconds, held.user_answers, held.guild_answers) == (0, 0, 1000)
    assert held.own == {"guild_answers"}


@pytest.mark.parametrize("text", ["many", "-1", "2.5", "٣", "10001", "999999999999", "`x` @here"])
async def test_what_is_no_number_in_range_is_refused_and_changes_nothing(tmp_path: Path, text: str) -> None:
    async with sample_app(tmp_path, limits={"user_answers": 10_000}) as app:
        async with running(app, check_errors=False) as server:
            boss = add_admin(server)
            message = await opened(server, boss)
            form = await boss.click(message, label="Limits…")
            told = said(await boss.submit_modal(form, {"cooldown_seconds": "30", "user_answers": text}))
            assert (await rules(server)).own == frozenset()
    assert told.endswith(
        "doesn't work as the limit “Answers a day for each member”. Enter a whole number from 1 to 10,000, or leave "
        "the field empty for the operator's default. Nothing was changed."
    )
    assert "@here" not in told


async def test_a_form_that_was_open_during_a_restart_counts(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        form = await boss.click(await opened(server, boss), label="Limits…")
        await server.env.restart_bot(server.another_bot())
        await boss.submit_modal(form, {"user_answers": "7"})
        assert (await rules(server)).user_answers == 7


async def test_two_admins_with_the_form_open_lose_nothing_of_each_others(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss, chief = add_admin(server), add_admin(server, "chief")
        await app.guild_settings.change(str(server.guild.id), user_answers=5, guild_answers=50)
        ours = await boss.click(await opened(server, boss), label="Limits…")
        theirs = await chief.click(await opened(server, chief), label="Limits…")
        await boss.submit_modal(ours, {"user_answers": "6", "guild_answers": "50", "cooldown_seconds": ""})
        await chief.submit_modal(theirs, {"user_answers": "5", "guild_answers": "60", "cooldown_seconds": ""})
        held = await rules(server)
    assert (held.user_answers, held.guild_answers, held.cooldown_seconds) == (6, 60, 0)


async def test_a_form_of_who_is_no_admin_any_more_is_refused(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        boss = add_admin(server)
        form = await boss.click(await opened(server, boss), label="Limits…")
        guild = server.bot.get_guild(server.guild.id)
        assert guild is not None
        (role,) = [role for role in guild.roles if role.name == "boss's role"]
        await role.edit(permissions=role.permissions.none())
        told = said(await boss.submit_modal(form, {"user_answers": "7"}))
        assert (await rules(server)).user_answers == 0
    assert told == "You need Manage Server for this. Ask an admin to do it."
