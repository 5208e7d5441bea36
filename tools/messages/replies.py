"""Payloads of replies to commands and buttons, as members of a simulated server get them."""

import re
from dataclasses import replace
from datetime import timedelta

import discord

from bot.app import open_app
from bot.config import Settings
from bot.store.database import MEMORY
from tests.clocks import FakeClock
from tests.fakes.smtp_server import FakeMail, mail_server
from tests.frontends.discord.command_rows import ROWS
from tests.mail.mailers import mail_settings, mailer
from tools.messages import samples
from tools.messages.payload import Asked, Payloads
from tools.messages.scene import Scene, payload_of, playing, scene

_FIRST, _SECOND, _ = samples.LISTED
_ADDRESS = "ada@example.org"


async def write_replies(clock: FakeClock, to: Payloads) -> None:
    """Write the replies that take more steps than the row of a command has."""
    async with scene(clock) as played:
        await _write_saved(played, to)
        await _write_following(played, to)
        await _write_answers(played, to)
        await _write_forgetting(played, to)
    async with scene(clock, discord={"message_content": True}) as played:
        await _write_memory(played, clock, to)
    await _write_email(clock, to)


async def write_rows(clock: FakeClock, to: Payloads) -> None:
    """Write the replies to the commands whose rows name a payload, in the order of the rows."""
    async with scene(clock) as played:
        for name, row in ROWS.items():
            if row.payload:
                by = played.kim if row.admin else played.server.ada
                if row.first is not None:
                    await played.command(row.first[0], by=by, **row.first[1])
                to.write(row.payload, await played.command(name, by=by, **row.options))


async def _write_saved(played: Scene, to: Payloads) -> None:
    note = "for the reading group on Friday"
    to.write("save", await played.command("save", paper=str(_FIRST.arxiv_id), note=note))
    await played.command("save", paper="GPipe: Efficient Training of Giant Neural Networks using Pipeline Parallelism")
    linked = f"two for you: https://arxiv.org/abs/{_FIRST.arxiv_id} and https://arxiv.org/abs/{_SECOND.arxiv_id}"
    message = await played.server.bob.send(played.server.channel, linked)
    menu = "Save these papers"
    to.write("save-menu", payload_of(await played.server.ada.context_menu(played.server.channel, menu, message)))
    to.write("saved", await played.command("saved"))


async def _write_following(played: Scene, to: Payloads) -> None:
    topic = await played.command("follow topic", topic="telling whistles apart")
    daily = await played.command("follow author", author="Ada Kettle", when="daily", hour=17)
    again = await played.command("follow author", author="Ada Kettle")
    paper = await played.command("follow paper", paper=str(_FIRST.arxiv_id))
    to.write("follow", topic, daily, again, paper)


async def _write_answers(played: Scene, to: Payloads) -> None:
    """Write the replies to the buttons below an answer."""
    server = played.server
    await server.ada.send(server.channel, f"{server.mention} what is GPipe?")
    answer = server.last
    pressed = [
        payload_of(await server.bob.click(answer, custom_id=_id(answer, name))) for name in ("good", "good", "bad")
    ]
    to.write("votes", *pressed)
    opened = payload_of(await server.ada.click(answer, label="Thread"))
    [thread] = server.channel.threads
    assert thread.last_message is not None
    to.write("thread", opened, payload_of(thread.last_message))


async def _write_memory(played: Scene, clock: FakeClock, to: Payloads) -> None:
    server = played.server
    await server.app.guild_settings.change(str(server.guild.id), channel_memory=True)
    link = f"https://arxiv.org/abs/{_FIRST.arxiv_id}"
    await server.ada.send(server.channel, f"look at {link}")
    clock.move(days=3)
    again = f"{link} looks good"
    await server.bob.send(server.channel, again)
    to.write("channel-memory", payload_of(server.last, Asked(again, by="bob")))


async def _write_forgetting(played: Scene, to: Payloads) -> None:
    server = played.server
    privacy = await server.ada.slash(server.channel, "privacy")
    assert privacy.response is not None
    to.write("export", payload_of(await server.ada.click(privacy.response, label="Export my data")))
    asked = await server.ada.click(privacy.response, label="Forget me")
    assert asked.response is not None
    to.write("forget", payload_of(asked))
    await server.ada.click(asked.response, label="Delete everything")
    to.write("forgotten", payload_of(asked))
    settings = await played.kim.slash(server.channel, "settings")
    assert settings.response is not None
    await played.kim.click(settings.response, label="Reset…")
    to.write("settings-reset", payload_of(settings))
    setup = await played.kim.slash(server.channel, "setup")
    assert setup.response is not None
    to.write("setup-try", payload_of(await played.kim.click(setup.response, label="Test posting here")))


async def _write_email(clock: FakeClock, to: Payloads) -> None:
    async with mail_server() as mail:
        settings = Settings.model_validate({"mail": mail_settings(mail)})
        async with open_app(settings, store_path=MEMORY, use_model=False, clock=clock) as opened:
            app = replace(opened, mailer=mailer(mail))  # it trusts the server's authority
            async with playing(app) as played:
                steps = [
                    await played.command("email status"),
                    await played.command("email start", address=_ADDRESS),
                    await played.command("email status"),
                    await played.command("email confirm", code="AAAA-AAAA"),
                    await played.command("email confirm", code=_code(mail)),
                    await played.command("email status"),
                    await played.command("email stop"),
                ]
                clock.move(seconds=timedelta(hours=1).total_seconds())
                steps.append(await played.command("email confirm", code="AAAA-AAAA"))
    to.write("email", *steps)


def _id(message: discord.Message, name: str) -> str:
    """Return the custom_id of a button by its name."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    ids = [child.custom_id for row in rows for child in row.children]
    return next(custom_id for custom_id in ids if custom_id and custom_id.startswith(f"{name}:"))


def _code(mail: FakeMail) -> str:
    found = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", mail.to(_ADDRESS)[-1]["Subject"])
    assert found is not None
    return found[0]
