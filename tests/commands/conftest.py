"""Feeds for commands, on the loopback interface, in a thread of their own."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes.feeds import FakeFeeds
from tests.fakes.feeds.daily import item

TODAY = datetime.now(UTC).date()
"""The command uses the real clock."""


@pytest.fixture
def feeds(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeFeeds]:
    """Serve three papers for today and each of the six days before, weekends or not."""
    server, loop, ready = FakeFeeds(), asyncio.new_event_loop(), threading.Event()
    stop = asyncio.Event()

    async def serve() -> None:
        async with server:
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    server.today = TODAY
    for back in range(7):
        day = TODAY - timedelta(days=back)
        server.days[day] = [item(10 * back + number, day) for number in range(3)]
    monkeypatch.setenv("FEEDS_DAILY_PAPERS_URL", server.url)
    monkeypatch.setenv("FEEDS_ENABLED", "daily-papers")
    yield server
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    loop.close()
