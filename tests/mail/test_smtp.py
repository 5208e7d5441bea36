"""Handing a mail to a real server on the loopback interface."""

from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from bot.config import MailSettings
from bot.errors.services import MailDown, MailLater, MailNotSetUp, MailRefused, MailUnsure
from bot.mail.message import code_mail
from bot.mail.smtp import Mailer
from tests.fakes.smtp_server import PASSWORD, USER, Authority, mail_server
from tests.mail.mailers import mail_settings, mailer

ADA, BOB = "ada@example.org", "bob@example.net"
NOW = datetime(2024, 1, 6, 8, tzinfo=UTC)


def letter(sender: Mailer, to: str = ADA) -> EmailMessage:
    return code_mail("ABCD-2345", to=to, settings=sender.settings, now=NOW)


@pytest.mark.parametrize("tls", ["starttls", "tls", "none"])
async def test_a_mail_arrives_whole(tls: str) -> None:
    async with mail_server(tls=tls) as server:
        sender = mailer(server, tls=tls)
        await sender.send(letter(sender), ADA)
    (message,) = server.to(ADA)
    assert message["To"] == ADA
    assert message["Subject"] == "Your paperbot code: ABCD-2345"
    plain = message.get_body(("plain",))
    assert plain is not None
    assert "/email confirm ABCD-2345" in plain.get_content()


async def test_it_logs_in_after_encrypting(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="bot")
    async with mail_server(auth=True) as server:
        sender = mailer(server, username=USER, password=PASSWORD)
        await sender.send(letter(sender), ADA)
        wrong = mailer(server, username=USER, password="open barley")
        with pytest.raises(MailDown, match="rejected MAIL_USERNAME or MAIL_PASSWORD") as told:
            await wrong.send(letter(sender), ADA)
    assert server.logins[0] is True
    assert len(server.to(ADA)) == 1
    assert "barley" not in f"{told.value}{told.value.__cause__}{caplog.text}"


@pytest.mark.parametrize(
    ("name", "authority"), [("mail.example", None), ("127.0.0.1", "another")], ids=["another name", "unknown authority"]
)
async def test_a_wrong_certificate_gets_neither_login_nor_mail(name: str, authority: str | None) -> None:
    more: dict[str, Any] = {"authority": Authority()} if authority else {}
    async with mail_server(name=name, auth=True, **more) as server:
        sender = mailer(server, username=USER, password=PASSWORD)
        with pytest.raises(MailDown, match="its certificate isn't trusted for MAIL_HOST") as error:
            await sender.send(letter(sender), ADA)
    assert ".)" not in str(error.value)
    assert server.logins == []
    assert server.boxes == []


async def test_a_server_without_encryption_is_not_used() -> None:
    async with mail_server(tls="none") as server:
        sender = mailer(server)
        with pytest.raises(MailDown, match="doesn't support what MAIL_TLS"):
            await sender.send(letter(sender), ADA)
    assert server.boxes == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [("550 no such user", MailRefused), ("451 try later", MailLater), ("552 full", MailRefused)],
)
async def test_a_refused_address_is_told_without_naming_it(answer: str, error: type[Exception]) -> None:
    async with mail_server() as server:
        server.rcpt[ADA] = f"{answer} {ADA}"
        sender = mailer(server)
        async with sender.session() as session:
            with pytest.raises(error) as told:
                await session.send(letter(sender), ADA)
            await session.send(letter(sender, BOB), BOB)  # over the same connection
    assert ADA not in str(told.value)
    assert answer[:3] in str(told.value)
    assert told.value.__cause__ is None
    assert len(server.to(BOB)) == 1
    assert server.connections == 1


@pytest.mark.parametrize(("answer", "error"), [("554 spam", MailRefused), ("452 full", MailLater)])
async def test_a_refused_mail_was_not_taken(answer: str, error: type[Exception]) -> None:
    async with mail_server() as server:
        server.data[ADA] = answer
        sender = mailer(server)
        with pytest.raises(error):
            await sender.send(letter(sender), ADA)


@pytest.mark.parametrize("how", ["drop", "taken drop"])
async def test_a_connection_that_breaks_after_the_mail_leaves_doubt_and_the_next_one_is_made_anew(how: str) -> None:
    async with mail_server() as server:
        server.data[ADA] = how
        sender = mailer(server)
        async with sender.session() as session:
            with pytest.raises(MailUnsure, match="may or may not have been sent"):
                await session.send(letter(sender), ADA)
            await session.send(letter(sender, BOB), BOB)
    assert server.connections == 2
    assert len(server.to(BOB)) == 1


async def test_a_server_that_never_answers_is_given_up() -> None:
    async with mail_server() as server:
        server.data[ADA] = "hang"
        sender = mailer(server, timeout_seconds=0.2)
        with pytest.raises(MailUnsure, match=r"no answer within 0\.2 s"):
            await sender.send(letter(sender), ADA)


async def test_where_nobody_listens_it_says_so_after_some_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.mail.smtp._FIRST_WAIT_S", 0.0)
    async with mail_server() as server:
        pass
    sender = mailer(server)
    with pytest.raises(MailDown, match="it's unreachable"):
        await sender.send(letter(sender), ADA)


async def test_without_settings_there_is_no_mail() -> None:
    async with mail_server() as server:
        sender = Mailer(MailSettings.model_validate({**mail_settings(server), "host": None}))
        with pytest.raises(MailNotSetUp, match="MAIL_HOST and MAIL_FROM"):
            await sender.check()


async def test_a_check_connects_and_sends_nothing() -> None:
    async with mail_server(auth=True) as server:
        await mailer(server, username=USER, password=PASSWORD).check()
    assert server.logins == [True]
    assert server.attempts == []
