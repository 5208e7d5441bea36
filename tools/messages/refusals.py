"""Payloads of refusals: a busy member, a server's rules, wrong input, and failures of Discord."""

from typing import Any

import discord

from tests.clocks import FakeClock
from tools.messages.payload import Payload, Payloads
from tools.messages.scene import Scene, payload_of, scene

_GPIPE = "what is GPipe?"


async def write_refusals(clock: FakeClock, to: Payloads) -> None:
    """Write each kind, as members of one server meet them."""
    async with scene(clock) as played:
        await _write_busy(played, to)
        await _write_rules(played, to)
        await _write_wrong(played, to)
        await _write_failures(played, to)


async def _write_busy(played: Scene, to: Payloads) -> None:
    server = played.server
    with server.app.answer_queue.job(str(server.ada.id)):
        refused = await server.ada.slash(server.channel, "ask", question=_GPIPE)
        busy = payload_of(refused)
        assert refused.response is not None
        await server.ada.click(refused.response, label="Cancel")
        to.write("busy", busy, payload_of(refused))


async def _write_rules(played: Scene, to: Payloads) -> None:
    """Write a refusal by each rule of the server."""
    server = played.server
    elsewhere, role = server.guild.create_text_channel("ask-here"), server.guild.create_role("readers")
    refusals: list[Payload] = []

    async def refuse(**rules: Any) -> None:
        await server.app.guild_settings.change(str(server.guild.id), **rules)
        refusals.append(await played.command("ask", question=_GPIPE))
        await server.app.guild_settings.change(str(server.guild.id), **dict.fromkeys(rules))

    await refuse(channels=(str(elsewhere.id),))
    await refuse(roles=(str(role.id),))
    await server.app.guild_settings.change(str(server.guild.id), cooldown_seconds=60)
    await played.command("ask", question=_GPIPE)  # counted, since answers are limited
    await refuse(cooldown_seconds=60)
    await refuse(user_answers=1)
    await refuse(guild_answers=1)
    to.write("refusals", *refusals)


async def _write_wrong(played: Scene, to: Payloads) -> None:
    """Write the answer to input that can't be used, one for each kind."""
    server = played.server
    paper = await server.ada.send(server.channel, "no paper here")
    menu = await server.ada.context_menu(server.channel, "Explain these papers", paper)
    to.write(
        "wrong-input",
        await played.command("paper", paper="2412.99999"),
        await played.command("latest", day="the day after never"),
        await played.command("compare", first="GPipe", second="GPipe"),
        await played.command("trends", topic="the of and"),
        await played.command("save", paper="no such paper"),
        await played.command("digest add", by=played.kim, name="Mornings", zone="Middle/Earth"),
        payload_of(menu),
    )


async def _write_failures(played: Scene, to: Payloads) -> None:
    server = played.server
    assert server.bot.user is not None
    overwrites: Any = {server.bot.user: discord.PermissionOverwrite(embed_links=False)}
    plain = server.guild.create_text_channel("plain", overwrites=overwrites)
    messages = []
    for channel, status, code in ((plain, 403, 50013), (server.channel, 403, 50013), (server.channel, 500, 0)):
        server.env.inject_error("POST", f"/channels/{channel.id}/messages", status=status, code=code, times=1)
        await server.ada.send(channel, f"{server.mention} {_GPIPE}")
        assert channel.last_message is not None
        messages.append(payload_of(channel.last_message))
    to.write("failures", *messages)
