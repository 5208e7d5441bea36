"""Runs of Daily Papers into a store."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.ingest.runner import RunReport
from bot.store.feeds import Outcome
from bot.store.protocol import UpsertCounts
from tests.fakes.feeds import FakeFeeds, failures
from tests.fakes.feeds.daily import item
from tests.ingest.ingesting import THURSDAY, Ingesting, fill, ingesting

TUESDAY = date(2026, 10, 6)


@pytest.fixture
async def server() -> AsyncIterator[FakeFeeds]:
    async with FakeFeeds() as opened:
        yield opened


@pytest.fixture
async def parts(server: FakeFeeds, tmp_path: Path) -> AsyncIterator[Ingesting]:
    async with ingesting(server, tmp_path / "store.db") as opened:
        yield opened


async def poll(parts: Ingesting) -> RunReport:
    report = await parts.runner.poll(parts.feed)
    assert report is not None
    return report


async def test_a_poll_reads_the_last_seven_days_with_all_that_is_told(parts: Ingesting) -> None:
    fill(parts.server)
    report = await poll(parts)
    assert (report.outcome, report.counts) == (Outcome.DONE, UpsertCounts(15, 0, 0))
    assert [asked["date"] for asked in parts.server.asked] == [f"2026-10-{day:02}" for day in range(2, 9)]
    assert {asked["limit"] for asked in parts.server.asked} == {"100"}
    [paper] = await parts.papers.wanted(keys=["2610.00001"])
    assert (paper.upvotes, paper.comments, paper.keywords) == (1, 3, ("kettles",))
    assert (paper.code_url, paper.organisation) == ("https://github.com/example/kettles", "Example Lab")
    assert paper.listed == date(2026, 10, 2)
    run = await parts.last_run()
    assert (run.outcome, run.counts, run.newest) == (Outcome.DONE, UpsertCounts(15, 0, 0), THURSDAY)


async def test_late_papers_and_new_votes_come_with_the_next_poll(parts: Ingesting) -> None:
    fill(parts.server)
    await poll(parts)
    parts.server.days[TUESDAY].append(item(99, TUESDAY))
    parts.server.days[THURSDAY][0]["paper"]["upvotes"] = 500
    assert (await poll(parts)).counts == UpsertCounts(1, 1, 5)  # the lists that are as they were don't come again
    [voted] = await parts.papers.wanted(keys=[parts.server.days[THURSDAY][0]["paper"]["id"]])
    assert voted.upvotes == 500


async def test_a_busy_day_is_read_page_by_page(parts: Ingesting) -> None:
    fill(parts.server, days=1, papers=230)
    assert (await poll(parts)).counts.new == 230
    assert [asked["p"] for asked in parts.server.asked if asked["date"] == "2026-10-08"] == ["0", "1", "2"]
    again = await poll(parts)
    assert again.counts == UpsertCounts(0, 0, 0)
    # A hundred papers that are unchanged may be followed by changed ones.
    assert [asked["p"] for asked in parts.server.asked if asked["date"] == "2026-10-08"][3:] == ["0", "1", "2"]


async def test_a_server_that_repeats_its_pages_is_read_once(parts: Ingesting) -> None:
    fill(parts.server, days=1, papers=150)
    parts.server.repeats = True
    assert (await poll(parts)).counts.new == 150
    assert [asked["p"] for asked in parts.server.asked if asked["date"] == "2026-10-08"] == ["0", "1"]


async def test_a_list_that_does_not_exist_yet_is_no_failure(parts: Ingesting) -> None:
    fill(parts.server)
    parts.server.today = date(2026, 10, 7)
    report = await poll(parts)
    assert (report.outcome, report.counts.new) == (Outcome.DONE, 12)


async def test_the_same_answer_for_an_earlier_day_is_one(parts: Ingesting) -> None:
    parts.server.always(failures.status(400))
    report = await poll(parts)
    assert report.outcome is Outcome.FAILED
    assert "Daily Papers refused the request (HTTP 400)" in str(report.error)


async def test_empty_lists_for_ever_end(parts: Ingesting) -> None:
    parts.server.always(failures.body(b"[]"))
    report = await poll(parts)
    assert (report.outcome, report.counts, len(parts.server.requests)) == (Outcome.DONE, UpsertCounts(0, 0, 0), 7)


async def test_what_is_refused_is_told_and_the_rest_is_kept(parts: Ingesting) -> None:
    fill(parts.server, days=1)
    broken: list[Any] = [item(7, THURSDAY, title=""), item(8, THURSDAY, id="no id"), {"paper": 3}, "kettle", None]
    parts.server.days[THURSDAY] += broken
    report = await poll(parts)
    assert (report.outcome, report.counts.new, len(report.refusals)) == (Outcome.DONE, 3, 5)
    run = await parts.last_run()
    assert run.refused == 5
    assert run.refusals[0] == "2026-10-08, record 4: no title: 2610.00007"
    assert run.refusals[1] == "2026-10-08, record 5: not an arXiv id: 'no id'"


async def test_what_is_too_long_to_be_a_papers_is_refused_or_left_out(parts: Ingesting) -> None:
    parts.server.days[THURSDAY] = [
        item(1, THURSDAY, title="kettle " * 1_500),
        item(2, THURSDAY, summary="They whistle. " * 2_000),
        item(3, THURSDAY, ai_keywords=["k" * 5_000, "kettles"], organization={"name": "lab " * 1_000}),
    ]
    report = await poll(parts)
    assert report.refusals == (
        "2026-10-08, record 1: a title longer than 1,000 characters: 2610.00001",
        "2026-10-08, record 2: an abstract longer than 20,000 characters: 2610.00002",
    )
    [kept] = await parts.papers.all()
    assert (kept.keywords, kept.organisation) == (("kettles",), None)


async def test_a_day_to_come_is_not_believed(parts: Ingesting) -> None:
    parts.server.days[THURSDAY] = [
        item(1, THURSDAY, publishedAt="2099-01-01T00:00:00Z", submittedOnDailyAt="9999-12-31T00:00:00Z"),
        item(2, THURSDAY),
    ]
    await poll(parts)
    assert len(await parts.papers.all()) == 2
    assert await parts.papers.newest_day() == THURSDAY


async def test_a_paper_whose_title_changes_every_day_stays_one(parts: Ingesting) -> None:
    for number in range(5):
        parts.server.days[THURSDAY] = [item(1, THURSDAY, title=f"Kettles, {number}")]
        await poll(parts)
    assert await parts.titles() == {"Kettles, 4"}


async def test_the_reasons_that_are_kept_are_bounded(parts: Ingesting) -> None:
    parts.server.days[THURSDAY] = [item(n, THURSDAY, title="") for n in range(80)]
    assert len((await poll(parts)).refusals) == 80
    run = await parts.last_run()
    assert (run.refused, len(run.refusals)) == (80, 20)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (failures.status(503), "the feed is unreachable or failing (HTTP 503)"),
        (failures.html(), "it's HTML or XML instead of JSON"),
        (failures.body(b'{"error": "no"}'), "it isn't a list of papers"),
        (failures.body(b"[" + b"{}," * 1_000_000 + b"{}]"), "it contains 1,000,001 records, but 100 were requested"),
        (failures.endless(50_000_000), "more than 4,000,000 bytes"),
        (failures.redirect("/api/daily_papers"), "more than 3 redirects"),
    ],
)
async def test_a_feed_that_fails_is_noted_and_what_came_before_is_kept(
    parts: Ingesting, failure: failures.Failure, words: str
) -> None:
    fill(parts.server)
    await poll(parts)
    held = await parts.titles()
    parts.server.always(failure)
    report = await poll(parts)
    assert report.outcome is Outcome.FAILED
    run = await parts.last_run()
    assert run.outcome is Outcome.FAILED
    assert words in str(run.reason)
    assert await parts.titles() == held


async def test_a_failure_in_the_middle_keeps_the_days_before_and_goes_on_there(parts: Ingesting) -> None:
    fill(parts.server)
    seen: list[str] = []

    def break_after_three(report: RunReport) -> None:
        assert report.batch is not None
        seen.append(report.batch.part)
        if len(seen) == 3:
            parts.server.always(failures.status(500))

    report = await parts.runner.fill(parts.feed, since=date(2026, 10, 2), progress=break_after_three)
    assert (report.outcome, report.counts.new) == (Outcome.FAILED, 3)
    parts.server.always(None)
    parts.server.requests.clear()
    report = await parts.runner.fill(parts.feed, since=date(2026, 10, 2))
    assert (report.outcome, report.counts.new, report.resumed) == (Outcome.DONE, 12, True)
    assert parts.server.asked[0]["date"] == "2026-10-05"
    report = await parts.runner.fill(parts.feed, since=date(2026, 10, 2))
    assert (report.resumed, report.counts.new) == (False, 0)


async def test_a_cancelled_run_is_noted_and_keeps_what_it_stored(parts: Ingesting) -> None:
    fill(parts.server)
    reached = asyncio.Event()

    def hang_after_two(report: RunReport) -> None:
        if report.batch is not None and report.batch.part == "2026-10-05":
            parts.server.always(failures.silent())
            reached.set()

    task = asyncio.create_task(parts.runner.fill(parts.feed, since=None, progress=hang_after_two))
    await reached.wait()
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    run = await parts.last_run()
    assert (run.outcome, run.counts.new) == (Outcome.STOPPED, 6)
    assert len(await parts.titles()) == 6


async def test_a_poll_has_a_deadline_and_the_next_one_goes_on(server: FakeFeeds, tmp_path: Path) -> None:
    fill(server)
    async with ingesting(server, tmp_path / "store.db", run_seconds=0.3) as parts:
        server.script(*[failures.body(b"[]")] * 3, failures.silent())
        report = await poll(parts)
        assert report.outcome is Outcome.STOPPED
        server.requests.clear()
        assert (await poll(parts)).outcome is Outcome.DONE
        assert server.asked[0]["date"] == "2026-10-05"


async def test_two_processes_do_not_poll_twice(server: FakeFeeds, tmp_path: Path) -> None:
    fill(server)
    half = timedelta(minutes=30)
    async with ingesting(server, tmp_path / "store.db") as one:
        async with ingesting(server, tmp_path / "store.db", clock=one.clock) as other:
            reports = await asyncio.gather(
                one.runner.poll(one.feed, not_within=half), other.runner.poll(other.feed, not_within=half)
            )
            assert [report is None for report in reports].count(True) == 1
            one.clock.move(minutes=31)
            assert await other.runner.poll(other.feed, not_within=half) is not None


async def test_a_back_fill_uses_weekly_and_monthly_lists(parts: Ingesting) -> None:
    fill(parts.server, days=90)
    report = await parts.runner.fill(parts.feed, since=date(2026, 7, 20))
    kinds = [next(iter({"date", "week", "month"} & asked.keys())) for asked in parts.server.asked]
    assert report.counts.new == 3 * sum(1 for day in parts.server.days if day >= date(2026, 7, 20))
    assert kinds.count("month") == 2
    assert len(kinds) < 25


async def test_a_rehearsal_tells_the_same_and_stores_nothing(parts: Ingesting) -> None:
    fill(parts.server)
    report = await parts.runner.rehearse(parts.feed, since=None)
    assert (report.outcome, report.counts) == (Outcome.DONE, UpsertCounts(15, 0, 0))
    assert await parts.titles() == set()
    assert await parts.runs.recent("daily-papers") == []
    await poll(parts)
    parts.server.days[THURSDAY][0]["paper"]["upvotes"] = 500
    parts.server.days[THURSDAY].append(item(99, THURSDAY))
    assert (await parts.runner.rehearse(parts.feed, since=None)).counts == UpsertCounts(1, 1, 14)


async def test_a_topic_that_the_store_lacks_can_be_searched_for(parts: Ingesting) -> None:
    fill(parts.server)
    found = await parts.feed.search("study 2: x" + "y" * 400, limit=5, within_s=5)
    assert len(found) == 5
    assert len(parts.server.asked[0]["q"]) == 250


async def test_runs_are_dated_by_the_clock(parts: Ingesting) -> None:
    await poll(parts)
    assert (await parts.last_run()).started_at == datetime(2026, 10, 8, 12, 0, tzinfo=UTC)
