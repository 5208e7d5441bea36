"""Exactly one message a day and channel, wherever the process is killed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.assistant.digests.delivery import DigestDelivery, nonce
from bot.assistant.digests.digest import Digest
from tests.apps import sample_app
from tests.factories import make_paper

FIRST = date(2024, 1, 6)
MORNING = datetime(2024, 1, 6, 8, tzinfo=UTC)
NONCE_LIFE = timedelta(minutes=5)


class Killed(Exception):
    """The process ends here."""


class Clock:
    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Channel:
    """An outlet that remembers its messages, and nonces for some minutes, over the lives of processes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.messages: list[tuple[int, datetime, Digest]] = []
        self._nonces: dict[tuple[int, str], tuple[int, datetime]] = {}

    async def post(self, channel_id: int, digest: Digest, *, nonce: str) -> int:
        now = self._clock()
        message_id, posted = self._nonces.get((channel_id, nonce), (0, now - NONCE_LIFE))
        if now - posted < NONCE_LIFE:
            return message_id
        self.messages.append((channel_id, now, digest))
        self._nonces[channel_id, nonce] = len(self.messages), now
        return len(self.messages)

    async def find(self, channel_id: int, day: date, *, since: datetime) -> int | None:
        for number, (channel, posted, digest) in enumerate(self.messages, start=1):
            if channel == channel_id and digest.day == day and posted >= since:
                return number
        return None

    def said(self, channel_id: int = 1) -> list[tuple[date, list[str]]]:
        return [
            (digest.day, [item.paper.title for item in digest.items])
            for channel, _, digest in self.messages
            if channel == channel_id
        ]


class Deadly:
    """A part whose call of one method ends the process, before or after the method has done its work."""

    def __init__(self, part: Any, method: str, *, before: bool) -> None:
        self._part, self._method, self._before = part, method, before

    def __getattr__(self, name: str) -> Any:
        working = getattr(self._part, name)
        if name != self._method:
            return working

        async def dying(*args: Any, **more: Any) -> None:
            if not self._before:
                await working(*args, **more)
            raise Killed

        return dying


@asynccontextmanager
async def process(
    folder: Path, clock: Clock, channel: Channel, *, dies_at: tuple[str, str] | None = None, before: bool = True
) -> AsyncIterator[DigestDelivery]:
    """Open the store's file as a new process does."""
    async with sample_app(folder, papers=[], clock=clock) as app:
        parts: dict[str, Any] = {"ledger": app.ledger, "writer": app.digests, "outlet": channel}
        if dies_at:
            part, method = dies_at
            parts[part] = Deadly(parts[part], method, before=before)
        yield DigestDelivery(**parts, clock=clock)


async def add(folder: Path, clock: Clock, title: str) -> None:
    async with sample_app(folder, papers=[], clock=clock) as app:
        await app.papers.upsert([make_paper(title=title, arxiv_id=None)], now=clock().timestamp())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def channel(clock: Clock) -> Channel:
    return Channel(clock)


async def test_a_digest_is_posted_once_however_often_it_is_asked_for(
    tmp_path: Path, clock: Clock, channel: Channel
) -> None:
    await add(tmp_path, clock, "Kettles")
    for _ in range(2):
        async with process(tmp_path, clock, channel) as delivery:
            await delivery.deliver(1, FIRST)
            await delivery.deliver(1, FIRST)
    assert channel.said() == [(FIRST, ["Kettles"])]


STEPS = [
    ("ledger", "find"),
    ("ledger", "open"),
    ("writer", "write"),
    ("outlet", "post"),
    ("ledger", "confirm"),
]


@pytest.mark.parametrize("later", [timedelta(seconds=20), timedelta(hours=3)], ids=["soon", "much later"])
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS, ids=[" ".join(step) for step in STEPS])
async def test_a_kill_at_any_step_leaves_exactly_one_message(
    tmp_path: Path, clock: Clock, channel: Channel, step: tuple[str, str], before: bool, later: timedelta
) -> None:
    await add(tmp_path, clock, "Kettles")
    async with process(tmp_path, clock, channel, dies_at=step, before=before) as delivery:
        with pytest.raises(Killed):
            await delivery.deliver(1, FIRST)
    clock.now += later
    await add(tmp_path, clock, "Came meanwhile")
    async with process(tmp_path, clock, channel) as delivery:
        await delivery.deliver(1, FIRST)
        await delivery.deliver(1, FIRST)
    assert len(channel.messages) == 1
    clock.now += timedelta(days=1)
    async with process(tmp_path, clock, channel) as delivery:
        await delivery.deliver(1, FIRST + timedelta(days=1))
    told = [title for _, titles in channel.said() for title in titles]
    assert sorted(told) == ["Came meanwhile", "Kettles"]


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_a_second_kill_while_looking_for_the_first_ones_message(
    tmp_path: Path, clock: Clock, channel: Channel, before: bool
) -> None:
    await add(tmp_path, clock, "Kettles")
    async with process(tmp_path, clock, channel, dies_at=("ledger", "confirm")) as delivery:
        with pytest.raises(Killed):
            await delivery.deliver(1, FIRST)
    clock.now += timedelta(hours=1)
    async with process(tmp_path, clock, channel, dies_at=("outlet", "find"), before=before) as delivery:
        with pytest.raises(Killed):
            await delivery.deliver(1, FIRST)
    async with process(tmp_path, clock, channel) as delivery:
        await delivery.deliver(1, FIRST)
    assert channel.said() == [(FIRST, ["Kettles"])]


async def test_two_channels_each_have_their_own(tmp_path: Path, clock: Clock, channel: Channel) -> None:
    await add(tmp_path, clock, "Kettles")
    async with process(tmp_path, clock, channel, dies_at=("outlet", "post")) as delivery:
        with pytest.raises(Killed):
            await delivery.deliver(1, FIRST)
    async with process(tmp_path, clock, channel) as delivery:
        await delivery.deliver(2, FIRST)
        await delivery.deliver(1, FIRST)
    assert channel.said(1) == channel.said(2) == [(FIRST, ["Kettles"])]
    assert nonce(1, FIRST) != nonce(2, FIRST)


async def test_the_next_digest_continues_where_the_last_one_ended(
    tmp_path: Path, clock: Clock, channel: Channel
) -> None:
    await add(tmp_path, clock, "Kettles")
    async with process(tmp_path, clock, channel) as delivery:
        await delivery.deliver(1, FIRST)
    await add(tmp_path, clock, "Pots")
    clock.now += timedelta(days=1)
    async with process(tmp_path, clock, channel) as delivery:
        await delivery.deliver(1, FIRST + timedelta(days=1))
        clock.now += timedelta(days=1)
        await delivery.deliver(1, FIRST + timedelta(days=2))
    assert channel.said() == [
        (FIRST, ["Kettles"]),
        (FIRST + timedelta(days=1), ["Pots"]),
        (FIRST + timedelta(days=2), []),
    ]


async def test_a_day_that_was_never_posted_is_made_up_by_the_next(
    tmp_path: Path, clock: Clock, channel: Channel
) -> None:
    async with process(tmp_path, clock, channel) as delivery:
        await delivery.deliver(1, FIRST)
    await add(tmp_path, clock, "Kettles")
    clock.now += timedelta(days=1)
    async with process(tmp_path, clock, channel, dies_at=("outlet", "post")) as delivery:
        with pytest.raises(Killed):
            await delivery.deliver(1, FIRST + timedelta(days=1))
    clock.now += timedelta(days=1)
    async with process(tmp_path, clock, channel) as delivery:
        await delivery.deliver(1, FIRST + timedelta(days=2))
    assert channel.said() == [(FIRST, []), (FIRST + timedelta(days=2), ["Kettles"])]


async def test_the_first_digest_tells_of_a_week(tmp_path: Path, clock: Clock, channel: Channel) -> None:
    clock.now = MORNING - timedelta(days=8)
    await add(tmp_path, clock, "Too old")
    clock.now = MORNING - timedelta(days=6)
    await add(tmp_path, clock, "Recent")
    clock.now = MORNING
    async with process(tmp_path, clock, channel) as delivery:
        await delivery.deliver(1, FIRST)
    assert channel.said() == [(FIRST, ["Recent"])]


def test_a_nonce_fits_and_is_the_same_for_each_attempt() -> None:
    assert nonce(1, FIRST) == nonce(1, FIRST)
    assert nonce(1, FIRST) != nonce(1, FIRST + timedelta(days=1))
    assert len(nonce(10**19, FIRST)) <= 25
