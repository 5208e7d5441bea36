"""/email, as members use it, with a real mail server on the loopback interface."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from simcord.results import InteractionResult

from bot.app import App
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_papers
from tests.fakes.smtp_server import FakeMail, mail_server
from tests.frontends.discord.server import Server, running
from tests.mail.mailers import mail_settings, mailer

ADDRESS = "ada@example.org"
MASKED = "a…@example.org"


@asynccontextmanager
async def world(folder: Path, *, check_errors: bool = True, **more: Any) -> AsyncIterator[tuple[App, Server, FakeMail]]:
    """Run the bot with a mail server."""
    async with mail_server() as mail:
        async with sample_app(folder, papers=make_papers("Alpha Waves"), mail=mail_settings(mail), **more) as opened:
            # The app's own mailer trusts the system's authorities, which don't know the test's.
            app = replace(opened, mailer=mailer(mail))
            async with running(app, check_errors=check_errors) as server:
                yield app, server, mail


def said(result: InteractionResult) -> str:
    assert result.ephemeral
    assert result.response is not None
    return result.response.content.replace("\\", "").replace("\u200b", "")  # as Discord shows it


def code_in(mail: FakeMail) -> str:
    """Return the code that was mailed last."""
    found = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", mail.to(ADDRESS)[-1]["Subject"])
    assert found is not None
    return found[0]


async def test_mail_is_switched_on_by_its_code_and_off_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, logger="bot")
    async with world(tmp_path) as (_, server, mail):
        assert said(await server.ada.slash(server.channel, "email status")).startswith("You're not subscribed.")
        started = said(await server.ada.slash(server.channel, "email start", address=ADDRESS))
        assert started.startswith(f"I emailed a code to {MASKED}. Enter it within 15 minutes")
        assert said(await server.ada.slash(server.channel, "email status")).startswith(f"{MASKED} isn't confirmed yet")
        confirmed = said(await server.ada.slash(server.channel, "email confirm", code=code_in(mail)))
        assert confirmed == (
            f"Subscribed: {MASKED} gets the daily summary at 08:00 UTC. Use `/email stop` to unsubscribe."
        )
        assert said(await server.ada.slash(server.channel, "email status")).startswith(
            f"{MASKED} gets the daily summary"
        )
        stopped = said(await server.ada.slash(server.channel, "email stop"))
        assert stopped == "You're unsubscribed, and your address was deleted."
        assert said(await server.ada.slash(server.channel, "email stop")) == "You weren't subscribed."
        every = "".join(part for part in (started, confirmed, stopped))
    assert len(mail.to(ADDRESS)) == 1
    logged = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # the server's own
    assert ADDRESS not in every + "".join(logged)


async def test_mail_is_switched_on_by_direct_message_and_where_the_bot_was_never_added(tmp_path: Path) -> None:
    async with world(tmp_path) as (_, server, mail):
        server.bot._connection._guilds.pop(server.guild.id)
        started = said(await server.ada.slash(server.channel, "email start", address=ADDRESS))
        assert started.startswith(f"I emailed a code to {MASKED}.")
        confirmed = said(await server.ada.user.slash("email confirm", code=code_in(mail)))
        assert confirmed.startswith(f"Subscribed: {MASKED} gets the daily summary")
        assert said(await server.ada.user.slash("email status")).startswith(f"{MASKED} gets the daily summary")
        assert said(await server.ada.slash(server.channel, "email stop")).startswith("You're unsubscribed")


async def test_a_wrong_code_and_no_code_are_told(tmp_path: Path) -> None:
    async with world(tmp_path, check_errors=False) as (_, server, mail):
        none = said(await server.ada.slash(server.channel, "email confirm", code="ABCD-2345"))
        assert none.startswith("You have no active code")
        await server.ada.slash(server.channel, "email start", address=ADDRESS)
        wrong = said(await server.ada.slash(server.channel, "email confirm", code="nope"))
        assert wrong.startswith("That isn't the code from my email (tries left: 4).")
        others = said(await server.bob.slash(server.channel, "email confirm", code=code_in(mail)))
        assert others.startswith("You have no active code")


async def test_a_wrong_address_is_not_repeated(tmp_path: Path) -> None:
    async with world(tmp_path, check_errors=False) as (_, server, mail):
        refused = said(await server.ada.slash(server.channel, "email start", address="Ada <ada@example.org>"))
    assert refused.startswith("I can't send email to that address.")
    assert mail.attempts == []


async def test_an_address_that_the_server_refuses_is_told_and_not_kept(tmp_path: Path) -> None:
    async with world(tmp_path, check_errors=False) as (app, server, mail):
        mail.rcpt[ADDRESS] = "550 no such user"
        refused = said(await server.ada.slash(server.channel, "email start", address=ADDRESS))
        assert refused == (
            "The mail server rejected this email: it rejected the address (code 550). Check the address, or use "
            "another one."
        )
        assert await app.personal_data.export(str(server.ada.id)) == []


async def test_too_many_codes_are_refused(tmp_path: Path) -> None:
    async with world(tmp_path, check_errors=False) as (_, server, mail):
        for _ in range(3):
            await server.ada.slash(server.channel, "email start", address=ADDRESS)
        refused = said(await server.bob.slash(server.channel, "email start", address=ADDRESS))
    assert refused == "Too many codes were requested, by you or for this address. Try again in 24 hours."
    assert len(mail.to(ADDRESS)) == 3


async def test_without_a_mail_server_it_says_so(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app, running(app, check_errors=False) as server:
        refused = said(await server.ada.slash(server.channel, "email start", address=ADDRESS))
        status = said(await server.ada.slash(server.channel, "email status"))
    assert refused.startswith("Email isn't set up here.")
    assert status.endswith("Email isn't set up here, so none is sent.")


async def test_the_address_is_exported_and_forgotten_by_privacy(tmp_path: Path) -> None:
    async with world(tmp_path) as (app, server, mail):
        await server.ada.slash(server.channel, "email start", address=ADDRESS)
        await server.ada.slash(server.channel, "email confirm", code=code_in(mail))
        (told,) = await app.personal_data.export(str(server.ada.id))
        assert (told["what"], told["address"]) == ("mail address", ADDRESS)
        privacy = await server.ada.slash(server.channel, "privacy")
        assert privacy.response is not None
        question = await server.ada.click(privacy.response, label="Forget me")
        assert question.response is not None
        await server.ada.click(question.response, label="Delete everything")
        assert await app.personal_data.export(str(server.ada.id)) == []
        assert said(await server.ada.slash(server.channel, "email status")).startswith("You're not subscribed.")


async def test_run_mails_the_summary_at_its_time_once(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2024, 1, 6, 7, 59, tzinfo=UTC))
    async with mail_server(tls="none") as mail:
        settings = {**mail_settings(mail), "tls": "none"}
        papers = make_papers("Alpha Waves")
        async with sample_app(tmp_path, papers=papers, clock=clock, mail=settings) as app, running(app) as server:
            _, code = await app.mail_opt_in.start("1", ADDRESS)
            await app.mail_opt_in.confirm("1", code)
            await server.env.advance_time(40)
            assert mail.to(ADDRESS) == []
            clock.move(minutes=2)
            for _ in range(3):
                await server.env.advance_time(40)
                async with asyncio.timeout(10):
                    while not mail.boxes:  # noqa: ASYNC110 - the loop of the bot tells nobody
                        await asyncio.sleep(0.01)
                await server.env.restart_bot(server.another_bot())
    (message,) = mail.to(ADDRESS)
    assert message["Subject"] == "New papers · Saturday, 6 Jan 2024"
