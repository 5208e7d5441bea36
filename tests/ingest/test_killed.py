"""`paperbot ingest` as a real process that is killed while it reads, at one request after the other."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store.database import open_database
from bot.store.feeds import FeedRun, FeedRunStore, Outcome
from bot.store.papers import SqlitePaperStore
from tests.fakes.feeds import FakeFeeds, failures
from tests.fakes.feeds.daily import item

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TODAY = datetime.now(UTC).date()
"""The process uses the real clock."""

DAYS, PAPERS = 3, 120
SINCE = f"{TODAY - timedelta(days=DAYS - 1)}"


def process_environment(feeds: FakeFeeds, store: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "SSL_CERT_FILE"}}
    settings = {"STORE_PATH": str(store), "FEEDS_DAILY_PAPERS_URL": feeds.url, "FEEDS_ENABLED": "daily-papers"}
    return {**kept, **settings, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "100"}


async def start(feeds: FakeFeeds, store: Path) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "ingest", "--since", SINCE),
        env=process_environment(feeds, store), cwd=store.parent, stdout=pipe, stderr=pipe,
    )  # fmt: skip


async def held(store: Path) -> tuple[int, list[FeedRun]]:
    async with open_database(store) as database:
        papers = await SqlitePaperStore(database=database).all()
        assert len({paper.key for paper in papers}) == len(papers)
        return len(papers), await FeedRunStore(database=database).recent("daily-papers")


def fill(feeds: FakeFeeds) -> None:
    feeds.today = TODAY
    for back in range(DAYS):
        day = TODAY - timedelta(days=back)
        feeds.days[day] = [item(back * 1000 + number, day) for number in range(PAPERS)]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
async def test_a_run_that_is_ended_goes_on_where_it_was(tmp_path: Path, end: signal.Signals) -> None:
    store = tmp_path / "store.db"
    async with FakeFeeds() as feeds:
        fill(feeds)
        # Nothing comes of the second page of the second day: the process can't be done before it is ended.
        feeds.script(*[feeds.listing] * 3, failures.silent())
        process = await start(feeds, store)
        await asyncio.wait_for(feeds.reached(4), 60)
        process.send_signal(end)
        _, errors = await process.communicate()
        count, [run] = await held(store)
        assert PAPERS <= count < DAYS * PAPERS
        if end is signal.SIGINT:
            assert process.returncode == 130
            assert b"interrupted. Stored papers are kept; run the same command again to resume." in errors
            assert b"Traceback" not in errors
            assert run.outcome is Outcome.STOPPED
        else:
            assert run.ended_at is None
        before = len(feeds.requests)
        process = await start(feeds, store)
        out, errors = await process.communicate()
        assert process.returncode == 0, errors.decode()
        assert b"; resumed where the last run stopped" in out
        assert len(feeds.requests) - before < 2 * DAYS  # not from the beginning
        count, runs = await held(store)
        assert (count, runs[0].outcome) == (DAYS * PAPERS, Outcome.DONE)
