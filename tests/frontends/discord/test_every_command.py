"""Every command of the real tree: its normal path, in private, with wrong input, without permissions, and in a DM."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.sources.files import read_sample
from tests.apps import sample_app
from tests.factories import make_papers
from tests.frontends.discord.command_rows import MENUS, ROWS
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.replies import messages
from tests.frontends.discord.server import Server, running
from tests.frontends.discord.setup.admin import add_admin


@asynccontextmanager
async def guild_settings(folder: Path, **more: Any) -> AsyncIterator[tuple[Server, MemberActor]]:
    """Run the bot with its bundled papers and one with an arXiv id, and an admin."""
    papers = [*read_sample(), *make_papers("Alpha Waves")]
    async with sample_app(folder, papers=papers, **more) as app, running(app, check_errors=False) as server:
        yield server, add_admin(server)


def told(result: InteractionResult) -> str:
    """Return all that is shown, within Discord's limits."""
    shown = messages(result)
    for message in shown:
        assert len(message.content) <= 2000
        if message.embeds:
            assert_within_limits(message.embeds)
    return "\n".join(f"{message.content}\n{[embed.to_dict() for embed in message.embeds]}" for message in shown)


def is_quiet(result: InteractionResult) -> bool:
    return bool(messages(result)) and all(message.ephemeral for message in messages(result))


def names(server: Server) -> Iterator[str]:
    """Yield the names of all slash commands, those in groups after the group's."""
    for command in server.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command.qualified_name


async def test_each_command_has_a_row(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as (server, _):
        assert set(names(server)) == set(ROWS)
        assert {menu.name for menu in server.bot.tree.get_commands(type=discord.AppCommandType.message)} == set(MENUS)
        with_private = {
            command.qualified_name
            for command in server.bot.tree.walk_commands()
            if isinstance(command, app_commands.Command) and "private" in {each.name for each in command.parameters}
        }
    assert with_private == {name for name, row in ROWS.items() if row.has_private_option}


@pytest.mark.slow
async def test_each_command_works_and_shows_in_private_what_is_private(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as (server, boss):
        for name, row in ROWS.items():
            actor = boss if row.admin else server.ada
            if row.first is not None:
                await actor.slash(server.channel, row.first[0], **row.first[1])
            result = await actor.slash(server.channel, name, **row.options)
            assert row.shows in told(result), name
            assert is_quiet(result) is row.quiet, name
            if row.has_private_option:
                public = len(server.channel.history())
                hidden = await server.bob.slash(server.channel, name, **row.options, private=True)
                assert row.shows in told(hidden), name
                assert is_quiet(hidden), name
                assert len(server.channel.history()) == public, name


async def test_wrong_input_gets_one_clear_sentence_that_its_asker_alone_sees(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as (server, boss):
        for name, row in ROWS.items():
            for options, part in row.wrong:
                actor = boss if row.admin else server.ada
                result = await actor.slash(server.channel, name, **options)
                said = told(result)
                assert part in said, (name, said)
                assert len(messages(result)) == 1, (name, said)
                assert is_quiet(result), (name, said)
                assert "Something went wrong" not in said
                assert "@everyone" not in said
                assert len(said) < 600, (name, said)


async def test_what_is_for_admins_is_refused_to_others_whomever_it_was_handed_to(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as (server, _):
        for command in await server.bot.tree.fetch_commands():
            if command.name in {name.partition(" ")[0] for name, row in ROWS.items() if row.admin}:
                server.guild.set_command_permissions(command, {server.ada: True})
        for name, row in ROWS.items():
            if row.admin:
                result = await server.ada.slash(server.channel, name, **row.options)
                assert messages(result)[0].content == "You need Manage Server for this. Ask an admin to do it.", name
                assert is_quiet(result), name


@pytest.mark.slow
async def test_each_command_works_in_a_direct_message_or_is_not_offered_there(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as (server, _):
        user = server.env.create_user("eve")
        assert set(user.available_commands()) == {name for name, row in ROWS.items() if not row.admin}
        for name, row in ROWS.items():
            if not row.admin:
                assert row.shows in told(await user.slash(name, **row.options)), name


async def test_each_menu_of_a_message_works(tmp_path: Path) -> None:
    async with guild_settings(tmp_path) as (server, _):
        linked = await server.bob.send(server.channel, "https://arxiv.org/abs/2401.00001")
        plain = await server.bob.send(server.channel, "@everyone **hello**")
        for name, shows in MENUS.items():
            assert shows in told(await server.ada.context_menu(server.channel, name, linked)), name
            refused = await server.ada.context_menu(server.channel, name, plain)
            assert is_quiet(refused), name
            assert len(messages(refused)) == 1, name
