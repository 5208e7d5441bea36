"""The jobs that poll feeds in the background."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors.operation import StoreError
from bot.jobs import INTERVAL_S, feed_jobs
from tests.apps import sample_app
from tests.fakes.feeds import FakeFeeds, failures
from tests.ingest.ingesting import Ingesting, fill, ingesting


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Ingesting]:
    async with FakeFeeds() as server, ingesting(server, tmp_path / "store.db") as opened:
        fill(server)
        yield opened


class EnoughError(Exception):
    pass


async def run(parts: Ingesting, times: int) -> None:
    """Let the feed's job run so many times, the clock moving as it sleeps."""
    runs = 0

    async def sleep(seconds: float) -> None:
        nonlocal runs
        runs += 1
        parts.clock.move(seconds=seconds)
        if runs == times:
            raise EnoughError

    [job] = feed_jobs(parts.feeds)
    with pytest.raises(EnoughError):
        await job.run_forever(sleep)


async def test_a_feed_is_polled_as_often_as_is_set(parts: Ingesting) -> None:
    await run(parts, int(2 * 3600 / INTERVAL_S))
    assert len(await parts.runs.recent("daily-papers")) == 4


async def test_a_restart_does_not_poll_before_it_is_time(parts: Ingesting) -> None:
    for _ in range(5):
        await run(parts, 3)
    assert len(await parts.runs.recent("daily-papers")) == 1


async def test_a_clock_that_was_set_back_does_not_stop_polls(parts: Ingesting) -> None:
    await run(parts, 1)
    parts.clock.move(days=-3)
    await run(parts, 1)
    assert len(await parts.runs.recent("daily-papers")) == 2


async def test_nothing_ends_it(
    parts: Ingesting, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    parts.server.always(failures.status(500))
    await run(parts, 1)
    assert "is unreachable or failing (HTTP 500)" in caplog.text
    for error in (StoreError(path="store.db", reason="disk I/O error"), ValueError("a bug")):

        async def fail(*_: object, raised: Exception = error, **__: object) -> None:
            raise raised

        with monkeypatch.context() as patch:
            patch.setattr(parts.papers, "upsert", fail)
            parts.server.always(None)
            parts.clock.move(hours=1)
            await run(parts, 1)
        assert str(error) in caplog.text
    parts.clock.move(hours=1)
    caplog.set_level(logging.INFO)
    await run(parts, 1)
    assert "Daily Papers: 15 new, 0 changed, 0 unchanged, 0 rejected (done)" in caplog.text


async def test_new_papers_are_found_and_completed_without_a_restart(tmp_path: Path) -> None:
    async with FakeFeeds() as server:
        fill(server)
        chosen = {"enabled": ["daily-papers"], "daily_papers_url": server.url}
        async with sample_app(tmp_path, feeds=chosen) as app:
            assert (await app.searcher.index()).size == 52
            assert await app.titles.matching("Kettle Study", limit=5) == []
            [feed] = app.feeds.enabled
            [job] = feed_jobs(app.feeds)
            async with job.running():
                await app.feeds.runner.fill(feed, since=server.today)
                await asyncio.sleep(0)
            assert (await app.searcher.index()).size >= 55
            await app.titles.current(patience_s=10)
            assert len(await app.titles.matching("Kettle Study", limit=3)) == 3
