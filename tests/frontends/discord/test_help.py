"""/help, as members use it."""

from pathlib import Path

import discord
from discord import app_commands

from tests.apps import sample_app
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.server import running


async def test_every_command_and_menu_is_listed_to_who_asks_alone(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        result = await server.ada.slash(server.channel, "help")
        assert result.ephemeral
        assert result.response is not None
        messages = [result.response, *result.followups]
        for message in messages:
            assert_within_limits(message.embeds)
        text = "\n".join(embed.description or "" for message in messages for embed in message.embeds)
        menus = server.bot.tree.get_commands(type=discord.AppCommandType.message)
        for command in [*server.bot.tree.walk_commands(), *menus]:
            if isinstance(command, app_commands.Group):  # its commands are listed one by one
                continue
            line = f"`/{command.qualified_name}` " if hasattr(command, "description") else f"**{command.name}**"
            assert f"- {line}" in text
    assert "**only their abstracts**" in text
    assert "The checks don't catch a reversed negation" in text
