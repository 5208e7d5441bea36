"""/setup, as admins use it."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.digests import outlet as trouble
from bot.store.digests import DigestDefinition
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.digests.examples import make_definition
from tests.frontends.discord.server import channel_id, running
from tests.frontends.discord.setup.admin import add_admin, fields, opened, rules, said, title


async def test_what_is_picked_counts_at_once_and_shows_in_the_same_message(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        forum, staff = server.guild.create_text_channel("archive"), server.guild.create_role("staff")
        message = await opened(server, boss)
        assert fields(server, message) == {
            "Where members may ask": "everywhere",
            "Who may ask": "everyone",
            "Languages": "Answers: the question's language\nEverything else: this server's Discord language",
            "Answers a day (UTC) and wait between answers": (
                "Each member: no limit\nThis server: no limit\nWait: none"
            ),
            "Channel memory": "off",
            "My permissions": f"I have every permission I need in <#{server.channel.id}>.",
            "Digests": "none; set one up with `/digest add`",
        }
        await boss.select(message, [server.channel, forum], custom_id="setup:channels")
        await boss.select(message, [staff], custom_id="setup:roles")
        await boss.select(message, ["de"], custom_id="setup:answers")
        await boss.select(message, ["fr"], custom_id="setup:interface")
        await boss.click(message, label="Turn channel memory on")
        shown = fields(server, message)
        assert shown["Where members may ask"] == f"<#{server.channel.id}>, <#{forum.id}>"
        assert shown["Who may ask"] == f"<@&{staff.id}>"
        assert shown["Languages"] == "Answers: Deutsch\nEverything else: Français"
        assert shown["Channel memory"].startswith("on: ")
        held = await rules(server)
        assert (held.channels, held.roles) == ((str(server.channel.id), str(forum.id)), (str(staff.id),))
        assert (held.answer_language, held.interface_language, held.channel_memory) == ("de", "fr", True)


async def test_nothing_picked_means_everywhere_and_everybody(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        guild = str(server.guild.id)
        await app.guild_settings.change(guild, channels=("5",), roles=("7",), answer_language="de", channel_memory=True)
        message = await opened(server, boss)
        await boss.select(message, [], custom_id="setup:channels")
        await boss.select(message, [], custom_id="setup:roles")
        await boss.select(message, ["auto"], custom_id="setup:answers")
        await boss.click(message, label="Turn channel memory off")
        held = await rules(server)
    assert (held.channels, held.roles, held.answer_language, held.channel_memory) == ((), (), "auto", False)
    assert held.own == frozenset()


@pytest.mark.slow
async def test_the_menus_work_after_a_restart_and_two_admins_lose_nothing_of_each_others(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss, chief = add_admin(server), add_admin(server, "chief")
        staff = server.guild.create_role("staff")
        first, second = await opened(server, boss), await opened(server, chief)
        await server.env.restart_bot(server.another_bot())
        await boss.select(first, [server.channel], custom_id="setup:channels")
        await chief.select(second, [staff], custom_id="setup:roles")
        held = await rules(server)
        assert (held.channels, held.roles) == ((str(server.channel.id),), (str(staff.id),))
        await boss.click(first, label="All settings")
        assert title(server, first) == "This server's settings"


async def test_a_member_who_is_no_admin_sees_and_changes_nothing(tmp_path: Path) -> None:
    refusal = "You need Manage Server for this. Ask an admin to do it."
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        boss = add_admin(server)
        message = await opened(server, boss)
        # Discord hides the command; its admins may hand it to a role all the same.
        for command in (server.bot.tree.get_command("setup"), server.bot.tree.get_command("settings")):
            assert command is not None
            assert command.default_permissions == discord.Permissions(manage_guild=True)
            assert command.guild_only
            command.default_permissions = None
        await server.bot.tree.sync()
        for name in ("setup", "settings"):
            assert said(await server.ada.slash(server.channel, name)) == refusal
        # The admin has lost the role since.
        await _drop_roles(server, boss)
        assert said(await boss.select(message, [server.channel], custom_id="setup:channels")) == refusal
        assert said(await boss.click(message, label="Limits…")) == refusal
        assert (await rules(server)).own == frozenset()


async def _drop_roles(server: Any, member: Any) -> None:
    guild = server.bot.get_guild(server.guild.id)
    role = discord.utils.get(guild.roles, name="boss's role")
    await role.edit(permissions=discord.Permissions.none())


async def test_what_the_bot_lacks_is_named_for_each_channel(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        assert server.bot.user is not None
        boss = add_admin(server)
        mute: Any = {server.bot.user: discord.PermissionOverwrite(embed_links=False, read_message_history=False)}
        hidden: Any = {server.bot.user: discord.PermissionOverwrite(view_channel=False)}
        plain = server.guild.create_text_channel("plain", overwrites=mute)
        secret = server.guild.create_text_channel("secret", overwrites=hidden)
        message = await opened(server, boss)
        await boss.select(message, [server.channel, plain, secret], custom_id="setup:channels")
        assert fields(server, message)["My permissions"].splitlines() == [
            f"Missing in <#{plain.id}>: Embed Links, Read Message History",
            f"Missing in <#{secret.id}>: View Channel",
        ]


async def test_channels_and_roles_that_are_gone_are_told(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        guild = str(server.guild.id)
        await app.guild_settings.change(guild, channels=(str(server.channel.id), "5"), roles=("7",))
        shown = fields(server, await opened(server, boss))
    assert shown["Where members may ask"].endswith("1 of them is no longer available. Choose again to clear it.")
    assert shown["Who may ask"].endswith("These roles are no longer available, so only admins can ask. Choose others.")


async def test_everyone_as_a_role_means_everybody(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        message = await opened(server, boss)
        everyone = server.guild.default_role
        await boss.select(message, [everyone], custom_id="setup:roles")
        assert (await rules(server)).roles == ()


async def test_a_trial_message_is_posted_and_taken_away(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        message = await opened(server, boss)
        assert said(await boss.click(message, label="Test posting here")) == (
            "I posted a message here and deleted it again: everything works."
        )
        assert [each.content for each in server.channel.history() if each.author == server.bot.user] == []


async def test_where_nothing_can_be_posted_the_permission_is_named(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        assert server.bot.user is not None
        boss = add_admin(server)
        mute: Any = {server.bot.user: discord.PermissionOverwrite(send_messages=False)}
        quiet = server.guild.create_text_channel("quiet", overwrites=mute)
        result = await boss.slash(quiet, "setup")
        assert result.response is not None
        told = said(await boss.click(result.response, label="Test posting here"))
    assert told == (
        "I can't post here: Send Messages. Check my permissions in this channel's settings, then try again."
    )


NIGHT = datetime(2024, 1, 6, 3, 0, tzinfo=UTC)  # neither due nor caught up


async def test_the_daily_summary_of_this_server_is_told(tmp_path: Path) -> None:
    digest = {"time": "08:30", "time_zone": "Europe/Berlin", "channel_ids": [await channel_id(tmp_path), 7]}
    async with sample_app(tmp_path, digest=digest, clock=FakeClock(NIGHT)) as app, running(app) as server:
        boss = add_admin(server)
        shown = fields(server, await opened(server, boss))
    assert shown["Digests"] == f"**New papers** in <#{server.channel.id}>, every day at 08:30, Europe/Berlin"


async def test_the_digests_that_this_server_set_up_are_told_with_what_became_of_them(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        guild = str(server.guild.id)
        facts: dict[str, Any] = {"key": "", "guild": guild, "channel": server.channel.id, "at": time(8)}
        one, two = DigestDefinition(name="*Morning*", **facts), DigestDefinition(name="Week", period="weekly", **facts)
        await app.digest_store.add(DigestDefinition(name="Theirs", **{**facts, "guild": "7"}), limit=25)
        for each in (one, two):
            await app.digest_store.add(each, limit=25)
        daily, weekly = await app.digest_store.of_guild(guild)
        await app.digest_lease.take()
        await app.digest_ledger.miss(weekly.key, date(2026, 11, 23), trouble.NOT_RUNNING, now=1)
        await app.digest_store.pause(daily.key, trouble.missing("Embed Links"))
        shown = fields(server, await opened(server, boss))
        status = await server.ada.slash(server.channel, "status")
    assert shown["Digests"].splitlines() == [
        f"**\\*Morning\\*** in <#{server.channel.id}>, every day at 08:00, UTC · ⚠ Paused: I need Embed Links in "
        "that channel to post. I'll resume once that's fixed.",
        f"**Week** in <#{server.channel.id}>, every week on Mon at 08:00, UTC · ⚠ Missed on 23 Nov 2026: The bot "
        "wasn't running.",
    ]
    assert status.response is not None
    told = {field.name: field.value for field in status.response.embeds[0].fields}
    assert (
        told["This server's digests"]
        == "⚠ 1 is paused, 1 missed its last post. Admins can see why with `/digest list`."
    )


async def test_many_digests_stay_within_a_field(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        for number in range(25):
            name = f"{number} @everyone {'*' * 80}"
            made = make_definition(key="", guild=str(server.guild.id), channel=server.channel.id, name=name)
            await app.digest_store.add(made, limit=25)
        shown = fields(server, await opened(server, boss))["Digests"]
    assert shown.splitlines()[-1].endswith(" more: see all with `/digest list`")
    assert "@everyone" not in shown
