"""A day's mail goes to each subscriber at most once, wherever the process is killed and however the server fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.ingest.freshness import FeedState, Freshness
from bot.mail.delivery import MailDelivery
from bot.mail.smtp import Mailer
from bot.store.database import open_database
from bot.store.mail import MailLedger, MailStore
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.digests.examples import make_feed_state
from tests.factories import make_paper
from tests.fakes.deadly import Deadly, Killed
from tests.fakes.smtp_server import FakeMail, mail_server
from tests.mail.mailers import mailer

DAY = date(2024, 1, 6)
MORNING = datetime(2024, 1, 6, 8, tzinfo=UTC)
ADA, BOB, CAROL = "ada@example.org", "bob@example.org", "carol@example.org"


@dataclass(frozen=True)
class Feeds:
    """One feed that stands so."""

    state: FeedState

    async def freshness(self) -> list[FeedState]:
        return [self.state]


class DeadlyMailer:
    """A mailer in whose sessions a call of one method ends the process."""

    def __init__(self, mailer: Mailer, method: str, *, before: bool) -> None:
        self._mailer, self._method, self._before = mailer, method, before
        self.settings = mailer.settings

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Any]:
        async with self._mailer.session() as session:
            yield Deadly(session, self._method, before=self._before)


@asynccontextmanager
async def process(
    folder: Path,
    server: FakeMail,
    clock: FakeClock,
    *,
    die_at: tuple[str, str, bool] | None = None,
    feeds: Any = None,
) -> AsyncIterator[tuple[App, MailDelivery]]:
    """Start a process that mails over the server, and may die at a point."""
    part, method, before = die_at or ("", "", True)
    by: Any = mailer(server)
    if part == "session":
        by = DeadlyMailer(by, method, before=before)
    async with sample_app(folder, papers=[], clock=clock) as app, open_database(folder / "store.db") as database:
        ledger: Any = MailLedger(database=database)
        if part == "ledger":
            ledger = Deadly(ledger, method, before=before)
        yield (
            app,
            MailDelivery(
                mail=MailStore(database=database),
                ledger=ledger,
                writer=app.digest_writer,
                definition=app.digest_definitions.default,
                feeds=feeds or app.feeds,
                mailer=by,
                clock=clock,
            ),
        )


async def subscribe(app: App, *addresses: str) -> None:
    for address in addresses:
        _, code = await app.mail_opt_in.start(address, address)
        await app.mail_opt_in.confirm(address, code)


async def fill(app: App, *titles: str) -> None:
    papers = [make_paper(title=title, arxiv_id=f"2401.{hash(title) % 90000 + 10000}") for title in titles]
    await app.papers.upsert(papers, now=app.clock().timestamp())


async def test_every_subscriber_gets_one_mail_however_often_it_is_called(tmp_path: Path) -> None:
    clock = FakeClock(MORNING)
    async with mail_server() as server, process(tmp_path, server, clock) as (app, delivery):
        await subscribe(app, ADA, BOB)
        await fill(app, "Kettles")
        first = await delivery.deliver(DAY)
        again = await delivery.deliver(DAY)
        assert (first.sent, again.sent, again.before) == (2, 0, 2)
        clock.move(days=1)
        await fill(app, "Teapots")
        await delivery.deliver(date(2024, 1, 7))
    assert [len(server.to(one)) for one in (ADA, BOB)] == [2, 2]
    assert server.connections == 2
    bodies = [message.get_body(("plain",)) for message in server.to(ADA)]
    said = [body.get_content() for body in bodies if body]
    assert ["Kettles" in text for text in said] == [True, False]
    assert ["Teapots" in text for text in said] == [False, True]


POINTS = [
    (part, method, before)
    for part, method in (
        ("ledger", "states"),
        ("ledger", "open"),
        ("ledger", "claim"),
        ("session", "send"),
        ("ledger", "settle"),
    )
    for before in (True, False)
]
UNSURE = [("ledger", "claim", False), ("session", "send", True), ("session", "send", False), ("ledger", "settle", True)]


@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_at_any_point_never_sends_twice_and_doubt_is_told(
    tmp_path: Path, point: tuple[str, str, bool]
) -> None:
    clock = FakeClock(MORNING)
    async with mail_server() as server:
        async with process(tmp_path, server, clock, die_at=point) as (app, delivery):
            await subscribe(app, ADA)
            await fill(app, "Kettles")
            with pytest.raises(Killed):
                await delivery.deliver(DAY)
        clock.move(minutes=11)
        async with process(tmp_path, server, clock) as (_, delivery):
            report = await delivery.deliver(DAY)
            assert report.unsure == (point in UNSURE)
            assert len(server.to(ADA)) == (0 if point in UNSURE[:2] else 1)
            resent = await delivery.deliver(DAY, resend_unsure=True)
            assert resent.sent == (point in UNSURE)
            assert (await delivery.deliver(DAY, resend_unsure=True)).sent == 0
    ids = {message["Message-ID"] for message in server.to(ADA)}
    assert len(ids) == 1  # so that a mail program can tell that it is the same


async def test_another_process_that_is_at_it_is_left_alone(tmp_path: Path) -> None:
    clock = FakeClock(MORNING)
    async with mail_server() as server:
        async with process(tmp_path, server, clock, die_at=("session", "send", True)) as (app, delivery):
            await subscribe(app, ADA)
            await fill(app, "Kettles")
            with pytest.raises(Killed):
                await delivery.deliver(DAY)
        clock.move(minutes=1)
        async with process(tmp_path, server, clock) as (_, delivery):
            report = await delivery.deliver(DAY, resend_unsure=True)
    assert (report.under_way, report.sent) == (1, 0)


async def test_two_processes_at_once_send_each_mail_once(tmp_path: Path) -> None:
    clock = FakeClock(MORNING)
    everybody = [f"box{number}@example.org" for number in range(12)]
    async with mail_server() as server, process(tmp_path, server, clock) as (app, one):
        await subscribe(app, *everybody)
        await fill(app, "Kettles")
        async with process(tmp_path, server, clock) as (_, other):
            reports = await asyncio.gather(one.deliver(DAY), other.deliver(DAY))
    assert sum(report.sent for report in reports) == 12
    assert [len(server.to(box)) for box in everybody] == [1] * 12


async def test_each_failure_is_one_subscribers_own(tmp_path: Path) -> None:
    clock = FakeClock(MORNING)
    async with mail_server() as server, process(tmp_path, server, clock) as (app, delivery):
        await subscribe(app, ADA, BOB, CAROL, "dan@example.org")
        await fill(app, "Kettles")
        server.rcpt = {ADA: "550 no such user", BOB: "451 greylisted"}
        server.data = {CAROL: "taken drop"}
        report = await delivery.deliver(DAY)
        assert (report.sent, report.refused, report.failed, report.unsure) == (1, 1, 1, 1)
        server.rcpt, server.data = {}, {}
        clock.move(minutes=15)
        report = await delivery.deliver(DAY)
    assert (report.sent, report.before, report.refused, report.unsure) == (1, 1, 1, 1)
    assert [len(server.to(one)) for one in (ADA, BOB, CAROL, "dan@example.org")] == [0, 1, 1, 1]


async def test_a_server_that_is_down_keeps_all_mails_for_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.mail.smtp._FIRST_WAIT_S", 0.0)
    clock = FakeClock(MORNING)
    async with mail_server() as server:
        pass
    async with process(tmp_path, server, clock) as (app, delivery):
        await subscribe(app, ADA, BOB)
        await fill(app, "Kettles")
        report = await delivery.deliver(DAY)
        assert (report.failed, report.sent) == (2, 0)
        assert "it's unreachable" in str(report.failure)
        async with mail_server() as another, process(tmp_path, another, clock) as (_, later):
            assert (await later.deliver(DAY)).sent == 2


async def test_an_address_that_is_refused_three_days_in_a_row_gets_no_more(tmp_path: Path) -> None:
    clock = FakeClock(MORNING)
    async with mail_server() as server, process(tmp_path, server, clock) as (app, delivery):
        await subscribe(app, ADA)
        server.rcpt = {ADA: "550 no such user"}
        for number in range(5):
            await fill(app, f"Kettles {number}")
            report = await delivery.deliver(clock().date())
            assert report.subscribers == (1 if number < 3 else 0)
            clock.move(days=1)
        assert (await app.mail_opt_in.status(ADA)).refused


async def test_a_day_without_papers_sends_nothing(tmp_path: Path) -> None:
    clock = FakeClock(MORNING)
    async with mail_server() as server, process(tmp_path, server, clock) as (app, delivery):
        await subscribe(app, ADA)
        report = await delivery.deliver(DAY)
    assert report.empty
    assert server.connections == 0


async def test_a_preview_tells_what_is_mailed_before_and_after(tmp_path: Path) -> None:
    clock = FakeClock(MORNING)
    async with mail_server() as server, process(tmp_path, server, clock) as (app, delivery):
        await subscribe(app, ADA)
        await fill(app, "Kettles")
        before = await delivery.preview(DAY)
        await delivery.deliver(DAY)
        clock.move(hours=1)
        await fill(app, "Teapots")
        after = await delivery.preview(DAY)
    assert [[item.paper.title for item in digest.items] for digest in (before, after)] == [["Kettles"], ["Kettles"]]


@pytest.mark.parametrize("freshness", [Freshness.DOWN, Freshness.STALE])
async def test_a_day_without_papers_is_told_while_a_feed_is_in_trouble(tmp_path: Path, freshness: Freshness) -> None:
    clock = FakeClock(MORNING)
    feeds = Feeds(make_feed_state(freshness, "Daily Papers says nothing."))
    async with mail_server() as server, process(tmp_path, server, clock, feeds=feeds) as (app, delivery):
        await subscribe(app, ADA)
        assert (await delivery.deliver(DAY)).sent == 1
        assert (await delivery.deliver(DAY)).before == 1
    assert len(server.to(ADA)) == 1


@pytest.mark.parametrize("freshness", [Freshness.FRESH, Freshness.NOT_OUT_YET, Freshness.WEEKEND])
async def test_a_quiet_day_brings_no_mail(tmp_path: Path, freshness: Freshness) -> None:
    clock = FakeClock(MORNING)
    feeds = Feeds(make_feed_state(freshness, "Daily Papers rests."))
    async with mail_server() as server, process(tmp_path, server, clock, feeds=feeds) as (app, delivery):
        await subscribe(app, ADA)
        assert (await delivery.deliver(DAY)).empty
    assert server.connections == 0


async def test_who_stops_meanwhile_gets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock(MORNING)
    async with mail_server() as server, process(tmp_path, server, clock) as (app, delivery):
        await subscribe(app, ADA, BOB)
        await fill(app, "Kettles")

        write = delivery._writer.write

        async def stopping(*args: Any, **more: Any) -> Any:
            await app.mail_opt_in.stop(BOB)
            return await write(*args, **more)

        monkeypatch.setattr(delivery._writer, "write", stopping)
        report = await delivery.deliver(DAY)
    assert report.sent == 1
    assert server.to(BOB) == []
