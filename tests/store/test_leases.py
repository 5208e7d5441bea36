"""Leases between processes on one store, each with clocks of its own."""

import asyncio
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.errors.operation import LeaseLost
from bot.store.database import Database, open_database
from bot.store.leases import LEASE_S, Lease, keep_lease
from tests.clocks import FakeClock

ROOT = Path(__file__).parents[2]


class Times:
    """The clocks of one machine: the wall clock, which can be set, and the one that only goes on."""

    def __init__(self) -> None:
        self.wall = FakeClock()
        self.own = 0.0

    def go_on(self, seconds: float) -> None:
        self.wall.move(seconds=seconds)
        self.own += seconds


def lease(database: Database, times: Times) -> Lease:
    """Return the lease as a process of its own sees it."""
    return Lease(database=database, name="digests", clock=times.wall, own_time=lambda: times.own)


async def guarded(database: Database, held: Lease) -> bool:
    """Whether a transaction that only the owner may make goes through."""
    try:
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO state (name, value) VALUES ('work', 'x') ON CONFLICT DO NOTHING")
            await held.guard(connection)
    except LeaseLost:
        return False
    return True


async def test_one_process_holds_it_and_the_second_waits(database: Database) -> None:
    times = Times()
    first, second = lease(database, times), lease(database, times)
    assert await first.take()
    assert not await second.take()
    for _ in range(20):
        times.go_on(LEASE_S / 3)
        assert await first.take()
        assert not await second.take()
    assert (first.held, second.held) == (True, False)


async def test_what_isnt_renewed_runs_out_and_its_owner_notices_in_its_next_transaction(database: Database) -> None:
    times = Times()
    first, second = lease(database, times), lease(database, times)
    assert await first.take()
    times.go_on(LEASE_S - 0.1)
    assert not await second.take()
    times.go_on(0.2)
    assert await second.take()
    assert first.held
    assert not await guarded(database, first)
    assert not first.held
    assert await guarded(database, second)
    assert not await first.take()


async def test_a_refused_transaction_leaves_nothing_behind(database: Database) -> None:
    times = Times()
    first, second = lease(database, times), lease(database, times)
    await first.take()
    times.go_on(LEASE_S)
    await second.take()
    assert not await guarded(database, first)
    assert await database.row("SELECT 1 FROM state WHERE name = 'work'") is None


async def test_a_late_owner_goes_on_when_nobody_else_asked(database: Database) -> None:
    times = Times()
    first = lease(database, times)
    await first.take()
    times.go_on(100 * LEASE_S)
    assert await guarded(database, first)
    assert await first.take()


async def test_given_up_it_is_free_at_once(database: Database) -> None:
    times = Times()
    first, second = lease(database, times), lease(database, times)
    await first.take()
    await first.release()
    assert await second.take()
    await first.release()
    assert await guarded(database, second)


async def test_a_clock_set_back_by_a_day_delays_nobody(database: Database) -> None:
    times = Times()
    first, second = lease(database, times), lease(database, times)
    await first.take()
    times.wall.move(days=-1)
    assert not await second.take()
    times.go_on(LEASE_S - 1)
    assert not await second.take()
    times.go_on(1)
    assert await second.take()
    assert not await guarded(database, first)


async def test_a_clock_set_back_takes_it_from_no_living_owner(database: Database) -> None:
    times = Times()
    first, second = lease(database, times), lease(database, times)
    await first.take()
    times.wall.move(days=-1)
    for _ in range(10):
        times.go_on(LEASE_S / 3)
        assert await first.take()
        assert not await second.take()


async def test_a_clock_that_jumps_ahead_never_leaves_two_owners(database: Database) -> None:
    times = Times()
    first, second = lease(database, times), lease(database, times)
    await first.take()
    times.wall.move(days=3)
    assert await second.take()
    assert [await guarded(database, first), await guarded(database, second)] == [False, True]


async def test_an_owner_that_comes_back_has_no_claim_to_the_term_that_it_lost(database: Database) -> None:
    times = Times()
    first, second = lease(database, times), lease(database, times)
    await first.take()
    times.go_on(LEASE_S)
    await second.take()
    await second.release()
    assert not await guarded(database, first)
    assert await first.take()
    assert await guarded(database, first)


async def test_it_is_renewed_while_the_body_is_slow_and_given_up_at_its_end(path: Path) -> None:
    async with open_database(path) as ours, open_database(path) as theirs:
        times = Times()
        first, second = lease(ours, times), lease(theirs, times)
        async with keep_lease(first, every=0.01):
            await _until(lambda: first.held)
            for _ in range(5):
                times.go_on(LEASE_S - 1)
                await _until_renewed(ours)
                assert not await second.take()
        assert await second.take()


async def test_a_store_that_fails_for_a_while_ends_no_renewals(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_database(path) as database:
        held = lease(database, Times())
        async with keep_lease(held, every=0.01):
            await _until(lambda: held.held)
            with sqlite3.connect(path) as other:
                other.execute("ALTER TABLE leases RENAME TO hidden")
            await _until(lambda: "couldn't renew the lease" in caplog.text)
            with sqlite3.connect(path) as other:
                other.execute("ALTER TABLE hidden RENAME TO leases")
            other.close()
            await _until_renewed(database)


@pytest.mark.slow
async def test_another_process_takes_over_from_a_killed_one_and_not_before(path: Path) -> None:
    async with _process(path) as first:
        assert first.stdout
        assert await first.stdout.readline() == b"held\n"
        async with _process(path) as second:
            assert second.stdout
            waiting = asyncio.create_task(second.stdout.readline())
            # Twice as long as the lease lasts: the first one's renewals keep it.
            await asyncio.sleep(1.0)
            assert not waiting.done()
            first.kill()
            assert await asyncio.wait_for(waiting, 10) == b"held\n"


@asynccontextmanager
async def _process(path: Path) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.leaseholder", str(path), "0.5", cwd=ROOT, stdout=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def _until_renewed(database: Database) -> None:
    before = await _beats(database)
    while await _beats(database) == before:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def _beats(database: Database) -> int:
    row = await database.row("SELECT beats FROM leases")
    return int(row["beats"]) if row else 0
