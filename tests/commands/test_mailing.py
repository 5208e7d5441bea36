"""`paperbot digest --email` and its options, with a real mail server on the loopback interface."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from bot.app import App, open_app
from bot.config import load_settings
from bot.store.database import open_database
from tests.cli import Cli
from tests.factories import make_papers
from tests.fakes.smtp_server import FakeMail, mail_server

ADA, BOB = "ada@example.org", "bob@example.org"


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeMail]:
    """A server that the settings name, in a loop of its own: the command has another."""
    ready, done = Event(), Event()
    servers: list[FakeMail] = []

    async def serve() -> None:
        async with mail_server(tls="none") as server:
            servers.append(server)
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    values = {"HOST": "127.0.0.1", "PORT": servers[0].port, "FROM": "paperbot@example.org", "TLS": "none"}
    for name, value in values.items():
        monkeypatch.setenv(f"MAIL_{name}", str(value))
    monkeypatch.setenv("STORE_PATH", str(tmp_path / "store.db"))
    yield servers[0]
    done.set()
    thread.join()


def in_app(body: str, *addresses: str) -> None:
    """Fill the store, and let people subscribe."""

    async def run() -> None:
        async with open_app(load_settings(), use_model=False) as app:
            await app.papers.upsert(make_papers(*filter(None, [body])), now=app.clock().timestamp())
            for address in addresses:
                await _subscribe(app, address)

    asyncio.run(run())


async def _subscribe(app: App, address: str) -> None:
    _, code = await app.mail_opt_in.start(address, address)
    await app.mail_opt_in.confirm(address, code)


def test_every_subscriber_gets_it_once(cli: Cli, mail: FakeMail) -> None:
    in_app("Alpha Waves", ADA, BOB)
    first, again = cli("digest", "--email"), cli("digest", "--email")
    assert (first.code, first.out) == (0, "2 subscribers: 2 sent now.\n")
    assert (again.code, again.out) == (0, "2 subscribers: 2 already sent.\n")
    assert [len(mail.to(one)) for one in (ADA, BOB)] == [1, 1]


def test_a_dry_run_prints_the_mail_and_sends_nothing(cli: Cli, mail: FakeMail) -> None:
    in_app("Alpha Waves", ADA)
    ran = cli("digest", "--email", "--dry-run")
    assert ran.code == 0
    assert "From: paperbot <paperbot@example.org>\n" in ran.out
    assert "To: you@example.org\n" in ran.out
    assert "1. Alpha Waves" in ran.out
    assert ADA not in ran.out
    assert mail.attempts == []


def test_failures_give_an_exit_code_and_the_next_run_makes_them_good(cli: Cli, mail: FakeMail) -> None:
    in_app("Alpha Waves", ADA, BOB)
    mail.rcpt[ADA] = "451 greylisted"
    ran = cli("digest", "--email")
    assert ran.code == 69
    assert ran.out == (
        "2 subscribers: 1 sent now, 1 to be retried.\nThe mail server isn't accepting this email right now: it "
        "isn't accepting mail for the address at the moment (code 451). Try again in an hour.\n"
    )
    mail.rcpt.clear()
    assert cli("digest", "--email").out == "2 subscribers: 1 sent now, 1 already sent.\n"


def test_an_unsure_mail_is_told_and_sent_again_only_when_asked(cli: Cli, mail: FakeMail, tmp_path: Path) -> None:
    in_app("Alpha Waves", ADA)
    mail.data[ADA] = "taken drop"
    assert cli("digest", "--email").code == 69
    mail.data.clear()

    async def an_hour_later() -> None:
        async with open_database(tmp_path / "store.db") as database, database.transaction() as connection:
            await connection.execute("UPDATE mail_ledger SET at = at - 3600")

    asyncio.run(an_hour_later())
    told = cli("digest", "--email")
    assert told.code == 69
    assert "1 email may or may not have arrived" in told.out
    assert len(mail.to(ADA)) == 1
    resent = cli("digest", "--email", "--resend-unsure")
    assert (resent.code, resent.out) == (0, "1 subscriber: 1 sent now.\n")
    assert len(mail.to(ADA)) == 2


def test_nobody_and_nothing_are_told(cli: Cli, mail: FakeMail) -> None:
    in_app("")
    assert cli("digest", "--email").out.startswith("Nobody is subscribed. Members can subscribe with /email start")
    in_app("", ADA)
    assert cli("digest", "--email").out == "No papers have arrived since the last email, so nothing was sent.\n"
    assert mail.connections == 0


def test_a_token_ends_the_mails(cli: Cli, mail: FakeMail) -> None:
    in_app("Alpha Waves", ADA)
    cli("digest", "--email")
    (message,) = mail.to(ADA)
    token = message["List-Unsubscribe"].partition("unsubscribe%20")[2].rstrip(">")
    assert cli("digest", "--unsubscribe", f"unsubscribe {token}").out == "The address was deleted.\n"
    assert cli("digest", "--unsubscribe", token).code == 66
    assert cli("digest", "--email").out.startswith("Nobody is subscribed")


@pytest.mark.parametrize("more", [("--dry-run",), ("--email",), ("--name", "Morning")])
def test_unsubscribing_goes_with_nothing_else_and_then_deletes_nothing(
    cli: Cli, mail: FakeMail, more: tuple[str, ...]
) -> None:
    in_app("Alpha Waves", ADA)
    cli("digest", "--email")
    (message,) = mail.to(ADA)
    token = message["List-Unsubscribe"].partition("unsubscribe%20")[2].rstrip(">")
    ran = cli("digest", "--unsubscribe", token, *more)
    assert ran.code == 2
    assert "can't be combined with other options" in ran.err
    assert cli("digest", "--email").out == "1 subscriber: 1 already sent.\n"


def test_an_empty_token_is_nobodys(cli: Cli, mail: FakeMail) -> None:
    in_app("", ADA)
    ran = cli("digest", "--unsubscribe", "")
    assert (ran.code, ran.out) == (
        66,
        "No address has this token. Check it; the address may already have been deleted.\n",
    )


def test_a_dry_run_says_when_nothing_would_be_sent(cli: Cli, mail: FakeMail) -> None:
    in_app("", ADA)
    ran = cli("digest", "--email", "--dry-run")
    assert ran.code == 0
    assert ran.err == "This wouldn't be sent: no papers have arrived since the last email.\n"


def test_without_a_mail_server_it_says_what_to_set(cli: Cli) -> None:
    ran = cli("digest", "--email")
    assert ran.code == 78
    assert "MAIL_HOST and MAIL_FROM" in ran.err


def test_resending_goes_with_mailing(cli: Cli) -> None:
    assert cli("digest", "--resend-unsure", "--dry-run").code == 2


def test_doctor_looks_at_the_mail_server_and_sends_nothing(cli: Cli, mail: FakeMail) -> None:
    assert "127.0.0.1 is responding; no login is set up. Nothing was sent." in cli("doctor").out
    assert mail.connections == 1
    assert mail.attempts == []


def test_doctor_tells_what_is_wrong_with_it(cli: Cli, mail: FakeMail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_TLS", "starttls")
    assert "127.0.0.1 can't send email: it doesn't support what MAIL_TLS" in cli("doctor").out
    monkeypatch.setenv("MAIL_FROM", "")
    assert "Only one of MAIL_HOST and MAIL_FROM is set." in cli("doctor").out


def test_doctor_without_mail_says_how_to_have_it(cli: Cli) -> None:
    assert "No summary is emailed. Set MAIL_HOST and MAIL_FROM to send it." in cli("doctor").out
