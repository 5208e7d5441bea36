"""Each event is told once, wherever the process is killed."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.follows.follow import FollowKind, Pace, Wish
from bot.follows.notifications import MOST_PAPERS, Reason
from bot.store.follows import Pause
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper
from tests.fakes.deadly import Deadly, Killed
from tests.follows.following import ADA, BOB, Inbox, arrive, delivery, follow, look

POINTS = [
    (part, method, before)
    for part, method in (
        ("notices", "due"),
        ("notices", "bundle"),
        ("notices", "sending"),
        ("notices", "told_by"),
        ("outlet", "send"),
        ("notices", "confirm"),
        ("notices", "trim"),
    )
    for before in (True, False)
]


@pytest.mark.parametrize(("part", "method", "before"), POINTS)
@pytest.mark.parametrize("minutes", [1, 90])
async def test_a_kill_at_any_point_of_sending_leaves_one_message(
    tmp_path: Path, part: str, method: str, before: bool, minutes: float
) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.follow_collector.collect()
        await follow(app, "kettles")
        await arrive(app, "Loud Kettles", "Quiet Kettles")
        await app.follow_collector.collect()
        parts: dict[str, Any] = {"notices": app.notifications, "outlet": inbox}
        parts[part] = Deadly(parts[part], method, before=before)
        with pytest.raises((Killed, BaseExceptionGroup)):
            await delivery(app, inbox, **parts).deliver()
    clock.move(minutes=minutes)
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        for _ in range(3):
            await look(app, inbox)
            clock.move(minutes=30)
    assert inbox.titles() == [["Quiet Kettles", "Loud Kettles"]]


@pytest.mark.parametrize("method", ["cursor", "collect"])
@pytest.mark.parametrize("before", [True, False])
async def test_a_kill_while_collecting_loses_and_repeats_nothing(tmp_path: Path, method: str, before: bool) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.follow_collector.collect()
        await follow(app, "kettles")
        await arrive(app, "Loud Kettles")
        app.follow_collector._notices = Deadly(app.notifications, method, before=before)  # type: ignore[assignment]
        with pytest.raises(Killed):
            await app.follow_collector.collect()
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        for _ in range(3):
            await look(app, inbox)
            clock.move(minutes=30)
    assert inbox.titles() == [["Loud Kettles"]]


async def test_many_papers_are_one_message_and_the_rest_is_counted(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.follow_collector.collect()
        await follow(app, "kettles")
        await arrive(app, *(f"Kettles {number}" for number in range(22)))
        await look(app, inbox)
    ((_, _, notice),) = inbox.messages
    assert len(notice.items) == MOST_PAPERS
    assert notice.more == 12


async def test_a_paper_that_fits_twice_is_told_once_with_both_reasons(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.follow_collector.collect()
        await follow(app, "kettles")
        await follow(app, "Ada Example", kind=FollowKind.AUTHOR)
        await follow(app, "kettles", destination=BOB)
        await arrive(app, "Kettles", authors=("A. Example",))
        await look(app, inbox)
    ((item,),) = [notice.items for to, _, notice in inbox.messages if to == ADA]
    assert [one.label for one in item.because] == ["kettles", "Ada Example"]
    assert inbox.titles(BOB) == [["Kettles"]]


async def test_nobody_gets_two_messages_within_a_minute(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.follow_collector.collect()
        await follow(app, "kettles")
        for number in range(1, 4):
            await arrive(app, f"Kettles {number}", first=number)
            await look(app, inbox)
            clock.move(seconds=20)
        assert inbox.titles() == [["Kettles 1"]]
        clock.move(seconds=1)
        await look(app, inbox)
    assert inbox.titles() == [["Kettles 1"], ["Kettles 3", "Kettles 2"]]


async def test_a_daily_one_comes_at_its_hour_with_all_of_the_day(tmp_path: Path) -> None:
    clock = FakeClock()  # noon; DIGEST_TIME is 08:00
    inbox = Inbox(clock)
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.follow_collector.collect()
        await follow(app, "kettles", pace=Pace.DAILY, hour=17)
        await follow(app, "kettles", destination=BOB, pace=Pace.DAILY)
        for number in range(1, 5):
            await arrive(app, f"Kettles {number}", first=number)
            await look(app, inbox)
            clock.move(hours=1)
        assert inbox.messages == []
        clock.move(hours=1)
        await look(app, inbox)
        assert inbox.titles(ADA) == [["Kettles 4", "Kettles 3", "Kettles 2", "Kettles 1"]]
        assert inbox.titles(BOB) == []
        clock.move(hours=15)
        await look(app, inbox)
    assert inbox.titles(BOB) == [["Kettles 4", "Kettles 3", "Kettles 2", "Kettles 1"]]


async def test_closed_messages_pause_that_member_alone_until_resumed(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    inbox.closed[ADA] = Reason.PRIVATE
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.follow_collector.collect()
        await follow(app, "kettles")
        await follow(app, "kettles", destination=BOB)
        await arrive(app, "Kettles 1")
        await look(app, inbox)
        assert await app.follows.pause_of(ADA) == Pause(Reason.PRIVATE, told=False)
        assert await app.follows.pause_of(BOB) is None
        assert inbox.titles(BOB) == [["Kettles 1"]]
        clock.move(days=1)
        await arrive(app, "Kettles 2", first=2)
        await look(app, inbox)
        assert inbox.titles(ADA) == []
        inbox.closed.clear()
        assert await app.follows.resume(ADA)
        await look(app, inbox)
    assert inbox.titles(ADA) == [["Kettles 1"]]  # what had been tried; nothing was collected during the pause


async def test_an_outage_is_waited_out_and_holds_up_nobody_else(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    inbox.failing = {ADA}
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.follow_collector.collect()
        await follow(app, "kettles")
        await follow(app, "kettles", destination=BOB)
        await arrive(app, "Kettles 1")
        sending = delivery(app, inbox)
        await app.follow_collector.collect()
        for _ in range(60):
            await sending.deliver()
            clock.move(minutes=1)
        assert inbox.titles(BOB) == [["Kettles 1"]]
        inbox.failing.clear()
        for _ in range(20):
            await sending.deliver()
            clock.move(minutes=1)
    assert inbox.titles(ADA) == [["Kettles 1"]]


async def test_a_process_that_may_not_send_sends_nothing(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    leading: list[str] = []
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.follow_collector.collect()
        await follow(app, "kettles")
        await arrive(app, "Kettles 1")
        await app.follow_collector.collect()
        sending = delivery(app, inbox, may_send=lambda: bool(leading))
        await sending.deliver()
        assert inbox.messages == []
        leading.append("now")
        await sending.deliver()
    assert inbox.titles() == [["Kettles 1"]]


async def test_what_is_followed_no_more_is_not_told(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    async with sample_app(tmp_path, papers=[], clock=clock) as app:
        await app.follow_collector.collect()
        await follow(app, "kettles")
        await arrive(app, "Kettles 1")
        await app.follow_collector.collect()
        (one,) = await app.follows.of_destination(ADA)
        assert await app.follows.remove(ADA, one.id)
        await look(app, inbox)
    assert inbox.messages == []


async def test_old_papers_and_those_from_before_are_no_news(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    async with sample_app(tmp_path, papers=[make_paper(title="Kettles of Yore")], clock=clock) as app:
        await follow(app, "kettles")
        await look(app, inbox)
        await arrive(app, "Kettles in History", published=None, listed=None, first=3)
        await arrive(app, "Kettles of 2023", published=date(2023, 11, 6), first=4)
        await look(app, inbox)
    assert inbox.titles() == [["Kettles in History"]]


async def _change(app: App, **facts: Any) -> None:
    await app.papers.upsert([make_paper(**facts)], now=app.clock().timestamp())


async def test_a_followed_paper_tells_of_versions_code_and_withdrawal(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    paper = make_paper(version=1)
    async with sample_app(tmp_path, papers=[paper], clock=clock) as app:
        await app.follow_collector.collect()
        await _change(app, version=2)  # before it is followed
        clock.move(minutes=5)
        await app.follows.follow_paper(paper, Wish(destination=ADA))
        await look(app, inbox)
        assert inbox.messages == []
        for facts in ({"version": 3}, {"code_url": "https://github.com/a/b"}, {"withdrawn": date(2024, 1, 6)}):
            await _change(app, **facts)
            await look(app, inbox)
            clock.move(minutes=5)
    told = [(item.kind, item.detail) for _, _, notice in inbox.messages for item in notice.items]
    assert told == [("version", "3"), ("code", "https://github.com/a/b"), ("withdrawn", "2024-01-06")]


async def test_a_paper_followed_before_its_arxiv_id_was_known_is_still_followed(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    paper = make_paper(arxiv_id=None)
    async with sample_app(tmp_path, papers=[paper], clock=clock) as app:
        await app.follow_collector.collect()
        await app.follows.follow_paper(paper, Wish(destination=ADA))
        await _change(app, arxiv_id="2401.00001", code_url="https://github.com/a/b")
        await look(app, inbox)
    assert inbox.titles() == [[paper.title]]


async def test_two_processes_at_once_send_one_message_when_one_of_them_leads(tmp_path: Path) -> None:
    clock = FakeClock()
    inbox = Inbox(clock)
    async with sample_app(tmp_path, papers=[], clock=clock) as one, sample_app(tmp_path, papers=[], clock=clock) as two:
        await one.follow_collector.collect()
        await follow(one, "kettles")
        await arrive(one, "Kettles 1")
        await asyncio.gather(one.follow_collector.collect(), two.follow_collector.collect())
        leads, waits = delivery(one, inbox), delivery(two, inbox, may_send=lambda: False)
        for _ in range(3):
            await asyncio.gather(leads.deliver(), waits.deliver())
            clock.move(minutes=2)
        # The leader is gone; the other one takes over and finds it told.
        await delivery(two, inbox).deliver()
    assert inbox.titles() == [["Kettles 1"]]
