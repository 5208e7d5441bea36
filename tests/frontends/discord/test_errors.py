"""The ladder for errors: what members are told, and what the log keeps."""

import logging
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.frontends.discord.shared.errors import sentence_for
from bot.frontends.discord.shared.permissions import missing
from tests.apps import sample_app
from tests.frontends.discord.server import Server, running

ALL = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    read_message_history=True,
    create_public_threads=True,
    attach_files=True,
)


def without(*names: str) -> discord.Permissions:
    permissions = discord.Permissions(ALL.value)
    permissions.update(**dict.fromkeys(names, False))
    return permissions


@pytest.mark.parametrize(
    ("lacking", "in_thread", "told"),
    [
        ((), False, []),
        (("embed_links",), False, ["Embed Links"]),
        (("embed_links", "read_message_history"), False, ["Embed Links", "Read Message History"]),
        (("send_messages", "embed_links"), False, ["Send Messages"]),
        (("view_channel", "send_messages", "embed_links"), False, ["View Channel"]),
        (("send_messages",), True, []),
        (("send_messages_in_threads",), True, ["Send Messages in Threads"]),
        (("send_messages_in_threads",), False, []),
        (("create_public_threads",), False, ["Create Public Threads"]),
        (("create_public_threads", "embed_links"), False, ["Embed Links"]),
        (("attach_files",), False, ["Attach Files"]),
        (("attach_files", "send_messages"), False, ["Send Messages"]),
    ],
)
def test_just_what_is_missing_is_named(lacking: tuple[str, ...], in_thread: bool, told: list[str]) -> None:
    assert missing(without(*lacking), in_thread=in_thread) == told


class Colours(app_commands.Transformer):
    """Accepts no value at all."""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            app_commands.CommandOnCooldown(app_commands.Cooldown(1, 60), 12.3),
            "You've reached the rate limit. Try again in 13 seconds.",
        ),
        (app_commands.MissingPermissions(["manage_guild"]), "You need Manage Server for this. Ask an admin to do it."),
        (
            app_commands.BotMissingPermissions(["send_messages_in_threads", "embed_links"]),
            "I can't do that here. Ask an admin to give me Send Messages in Threads, Embed Links in this channel.",
        ),
        (app_commands.NoPrivateMessage(), "This only works in a server. Use it there."),
        (app_commands.MissingRole("*staff*"), "You need the \\*staff\\* role for this. Ask an admin for it."),
        (
            app_commands.MissingAnyRole([12, "staff"]),
            "You need one of these roles for this: <@&12>, staff. Ask an admin for one.",
        ),
        (
            app_commands.CheckFailure("internal words"),
            "You can't use this here. Ask an admin who can use it, and where.",
        ),
        (
            app_commands.TransformerError("@everyone *x*", discord.AppCommandOptionType.string, Colours()),
            "I can't use “@\u200beveryone \\*x\\*” here. Choose one of the suggestions instead.",
        ),
        (
            app_commands.CommandNotFound("old", []),
            "This command has changed since Discord loaded it. Wait a minute, restart Discord, and try again.",
        ),
    ],
)
def test_what_the_library_refuses_has_a_sentence(error: app_commands.AppCommandError, told: str) -> None:
    assert sentence_for(error) == told


def test_what_is_not_for_members_is_in_the_log_under_the_reference(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        said = sentence_for(RuntimeError("secret detail"))
    reference = said.split("`")[1]
    assert "secret" not in said
    assert f"reference {reference}" in caplog.text
    assert "secret detail" in caplog.text


async def refused(server: Server, folder_channel: Any) -> str:
    message = await server.ada.send(folder_channel, f"{server.mention} what is GPipe?")
    last = folder_channel.last_message
    return str(last.content) if last is not None and last.id != message.id else ""


async def test_a_mention_where_links_may_not_be_embedded_names_just_that(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        assert server.bot.user is not None
        overwrites: Any = {server.bot.user: discord.PermissionOverwrite(embed_links=False)}
        channel = server.guild.create_text_channel("plain", overwrites=overwrites)
        server.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50013, times=1)
        said = await refused(server, channel)
    assert said == "I can't do that here. Ask an admin to give me Embed Links in this channel."
    assert "missing permissions: Embed Links" in caplog.text


async def test_a_refusal_that_no_permission_explains_has_a_reference(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with sample_app(tmp_path) as app, running(app, check_errors=False) as server:
        server.env.inject_error("POST", f"/channels/{server.channel.id}/messages", status=403, code=50013, times=1)
        said = await refused(server, server.channel)
    assert said.startswith("Discord won't let me do that here, although I have every permission I know I need.")
    assert f"reference {said.split('`')[1]}" in caplog.text
