"""Where the bot is a member, by the interactions that Discord sends from there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.ext import commands

from bot.frontends.discord.answers.streaming import hand_over
from bot.frontends.discord.shared.permissions import is_member, missing_for, takes_threads
from tests.apps import sample_app
from tests.frontends.discord.server import Server, running

CLEO = {"id": "7", "username": "cleo", "discriminator": "0", "avatar": None, "global_name": None}
SERVER, DIRECT, PRIVATE = 0, 1, 2
TEXT, DM, GROUP = 0, 1, 3


@asynccontextmanager
async def server_of(folder: Path) -> AsyncIterator[Server]:
    async with sample_app(folder) as app, running(app) as server:
        yield server


def interaction(server: Server, *, context: int, kind: int, guild: int | None = None) -> discord.Interaction[Any]:
    """Return a command by cleo, as discord.py makes it of Discord's payload; a guild of 99 is one without the bot."""
    channel: dict[str, Any] = {"id": "5", "type": kind, "name": "somewhere", "permissions": "0", "position": 0}
    if kind in {DM, GROUP}:
        channel |= {"recipients": [CLEO], "icon": None, "owner_id": "7"}
    payload: dict[str, Any] = {
        "id": "1",
        "application_id": "2",
        "type": 2,
        "token": "t",
        "version": 1,
        "data": {"id": "3", "name": "ask", "type": 1},
        "channel": channel,
        "channel_id": "5",
        "app_permissions": "0",
        "attachment_size_limit": 1,
        "entitlements": [],
        "context": context,
        "authorizing_integration_owners": {"1": "7"},
    }
    if guild is None:
        payload["user"] = CLEO
    else:
        payload["guild_id"] = str(guild)
        payload["member"] = {"user": CLEO, "roles": [], "joined_at": None, "permissions": "0", "flags": 0}
    return discord.Interaction(data=payload, state=server.bot._connection)  # type: ignore[arg-type]


async def test_it_is_a_member_of_servers_that_added_it_and_of_its_own_direct_messages(tmp_path: Path) -> None:
    async with server_of(tmp_path) as server:
        here = interaction(server, context=SERVER, kind=TEXT, guild=server.guild.id)
        direct = interaction(server, context=DIRECT, kind=DM)
    assert (is_member(here), takes_threads(here)) == (True, True)
    assert (is_member(direct), takes_threads(direct)) == (True, False)
    assert missing_for(here) == ["View Channel"]  # the payload grants nothing
    assert missing_for(direct) == []


@pytest.mark.parametrize(
    ("context", "kind", "guild"), [(SERVER, TEXT, 99), (PRIVATE, DM, None), (PRIVATE, GROUP, None)]
)
async def test_it_is_none_where_who_asks_alone_installed_it(
    tmp_path: Path, context: int, kind: int, guild: int | None
) -> None:
    async with server_of(tmp_path) as server:
        asked = interaction(server, context=context, kind=kind, guild=guild)
    assert asked.is_user_integration()
    assert not asked.is_guild_integration()
    assert not is_member(asked)
    assert not takes_threads(asked)
    assert missing_for(asked) == []  # nobody there could give it any
    assert asked.channel_id == 5


@pytest.mark.parametrize(("context", "kind", "guild"), [(SERVER, TEXT, 99), (PRIVATE, GROUP, None)])
async def test_what_comes_too_late_there_goes_to_who_asked(
    tmp_path: Path, context: int, kind: int, guild: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[object] = []

    async def note(place: object, **_: object) -> None:
        sent.append(place)

    for kind_of_user in (discord.User, discord.Member):
        monkeypatch.setattr(kind_of_user, "send", note)
    async with server_of(tmp_path) as server:
        asked: discord.Interaction[commands.Bot] = interaction(server, context=context, kind=kind, guild=guild)
        send = hand_over(asked, private=False)
        assert send is not None
        await send(discord.Embed(description="late"))
    assert sent == [asked.user]
