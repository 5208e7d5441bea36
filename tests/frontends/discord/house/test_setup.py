"""/setup, as admins use it."""

from pathlib import Path
from typing import Any

import discord

from tests.apps import sample_app
from tests.digests import make_definition
from tests.frontends.discord.house.admin import add_admin, fields, opened, rules, said, title
from tests.frontends.discord.server import running


async def test_what_is_picked_counts_at_once_and_shows_in_the_same_message(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        forum, staff = server.guild.create_text_channel("archive"), server.guild.create_role("staff")
        message = await opened(server, boss)
        assert fields(server, message) == {
            "Where members may ask": "everywhere",
            "Who may ask": "everybody",
            "Languages": "Answers: the question's language\nEverything else: this server's language in Discord",
            "Answers a day (UTC), and the wait between two": (
                "Each member: no limit\nThis server: no limit\nWait: none"
            ),
            "Channel memory": "off",
            "My permissions": f"I have all that I need in <#{server.channel.id}>.",
            "Digests": "There are none yet. Set one up with /digest add.",
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
        await app.house.change(guild, channels=("5",), roles=("7",), answer_language="de", channel_memory=True)
        message = await opened(server, boss)
        await boss.select(message, [], custom_id="setup:channels")
        await boss.select(message, [], custom_id="setup:roles")
        await boss.select(message, ["auto"], custom_id="setup:answers")
        await boss.click(message, label="Turn channel memory off")
        held = await rules(server)
    assert (held.channels, held.roles, held.answer_language, held.channel_memory) == ((), (), "auto", False)
    assert held.own == frozenset()


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
        assert title(server, first) == "Settings of this server"


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
        assert said(await boss.click(message, label="Limits …")) == refusal
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
        await app.house.change(guild, channels=(str(server.channel.id), "5"), roles=("7",))
        shown = fields(server, await opened(server, boss))
    assert shown["Where members may ask"].endswith("1 of them is gone. Pick again to clear it.")
    assert shown["Who may ask"].endswith(
        "None of these roles is there any more: nobody but admins can ask. Pick others."
    )


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
        assert said(await boss.click(message, label="Try to post here")) == (
            "I posted a message here and took it away: all is well."
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
        told = said(await boss.click(result.response, label="Try to post here"))
    assert told == (
        "I can't post here: Send Messages. Give me what is missing in this channel's settings, then try again."
    )


async def test_the_daily_summary_of_this_server_is_told(tmp_path: Path) -> None:
    async with sample_app(tmp_path, digest={"time": "08:30", "time_zone": "Europe/Berlin"}) as app:
        async with running(app) as server:
            boss = add_admin(server)
            other = server.env.create_guild().create_text_channel("elsewhere")
            app.settings.digest.channel_ids += [server.channel.id, other.id]
            shown = fields(server, await opened(server, boss))
    assert shown["Digests"] == f"Daily summary in <#{server.channel.id}> at 08:30 (Europe/Berlin)"


async def test_the_servers_own_digests_are_told_and_only_so_many_of_them(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        guild, here = str(server.guild.id), server.channel.id
        for number in range(1, 7):
            paused = "no access" if number == 2 else None
            name = f"Waves *{number}*" * 5
            digest = make_definition(key="", guild=guild, channel=here, name=name, zone="Europe/Berlin", paused=paused)
            await app.digest_store.add(digest, limit=25)
        lines = fields(server, await opened(server, boss))["Digests"].splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("Waves \\*1\\*Waves")
    assert lines[0].endswith(f" · <#{here}> · every day at 08:00, Europe/Berlin")
    assert lines[1].startswith("⚠ Waves \\*2\\*")
    assert lines[5] == "and 1 more"
