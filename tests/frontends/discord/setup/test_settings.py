"""/settings, as admins use it."""

from pathlib import Path

from simcord.results import ResponseMessage

from tests.apps import sample_app
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.server import running
from tests.frontends.discord.setup.admin import add_admin, fields, opened, rules, title


async def test_every_value_is_told_with_where_it_comes_from(tmp_path: Path) -> None:
    limits = {"user_answers": 20, "cooldown_seconds": 10}
    async with sample_app(tmp_path, limits=limits) as app, running(app) as server:
        boss = add_admin(server)
        await app.guild_settings.change(
            str(server.guild.id), channels=(str(server.channel.id),), user_answers=5, cooldown_seconds=3
        )
        shown = fields(server, await opened(server, boss, "settings"))
    assert shown == {
        "Where members may ask": f"<#{server.channel.id}>\n-# set by this server",
        "Who may ask": "everyone\n-# default",
        "Language of answers": "the question's language\n-# default",
        "Language of everything else": "this server's Discord language\n-# default",
        "Answers per member": "5 a day\n-# set by this server",
        "Answers for this server": "no limit\n-# the operator's default",
        "Wait between answers to a member": "10 seconds\n-# the operator's default",
        "Channel memory": "off\n-# default",
        "Digests": "none; set one up with `/digest add`",
    }


async def test_change_opens_setup_in_the_same_message(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        message = await opened(server, boss, "settings")
        await server.env.restart_bot(server.another_bot())
        await boss.click(message, label="Change")
        assert title(server, message) == "Setup"
        await boss.select(message, [server.channel], custom_id="setup:channels")
        assert (await rules(server)).channels == (str(server.channel.id),)


async def test_reset_asks_once_more(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        await app.guild_settings.change(str(server.guild.id), roles=("7",), user_answers=5)
        message = await opened(server, boss, "settings")
        await boss.click(message, label="Reset…")
        assert title(server, message) == "Reset all of this server's settings?"
        await boss.click(message, label="Keep")
        assert title(server, message) == "This server's settings"
        assert (await rules(server)).own == {"roles", "user_answers"}
        await boss.click(message, label="Reset…")
        await server.env.restart_bot(server.another_bot())
        await boss.click(message, label="Reset everything")
        assert fields(server, message)["Who may ask"] == "everyone\n-# default"
        assert (await rules(server)).own == frozenset()


async def test_the_longest_settings_keep_within_discords_limits(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        boss = add_admin(server)
        ids = tuple(str(10**18 + number) for number in range(25))
        await app.guild_settings.change(str(server.guild.id), channels=ids, roles=ids)
        for command in ("setup", "settings"):
            message = await opened(server, boss, command)
            shown = fields(server, message)
            assert "and 15 more" in shown["Where members may ask"]
        helped = await server.ada.slash(server.channel, "help")
        assert isinstance(helped.response, ResponseMessage)
        assert_within_limits(helped.response.embeds)
