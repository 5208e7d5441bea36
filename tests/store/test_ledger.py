"""The ledger of digests in an open store."""

from datetime import date
from pathlib import Path

import pytest

from bot.errors.operation import LeaseLost
from bot.store.database import Database, open_database
from bot.store.digest_ledger import DigestLedger, LedgerEntry
from bot.store.leases import LEASE_S, Lease
from tests.clocks import FakeClock

MONDAY, TUESDAY, WEDNESDAY = date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 3)


@pytest.fixture
def ledger(database: Database) -> DigestLedger:
    return DigestLedger(database=database)


async def posted(ledger: DigestLedger, day: date, *, now: float, digest: str = "1") -> LedgerEntry:
    entry = await ledger.open(digest, day, first_since=0, now=now)
    await ledger.confirm(entry, message=7, now=now)
    return entry


async def test_a_digests_first_post_begins_where_it_is_told(ledger: DigestLedger) -> None:
    entry = await ledger.open("1", MONDAY, first_since=900, now=1000)
    assert (entry.since, entry.until, entry.state, entry.attempts) == (900, 1000, "pending", 0)


async def test_a_confirmed_post_names_its_message_and_what_was_sent(ledger: DigestLedger) -> None:
    entry = await ledger.open("1", MONDAY, first_since=900, now=1000)
    await ledger.attempt(entry, content="{}", content_hash="abc", now=1001)
    await ledger.note_failure("1", MONDAY, "discord down", now=1002)
    await ledger.confirm(entry, message=7, now=1003)
    found = await ledger.find("1", MONDAY)
    assert found
    assert (found.state, found.message, found.content, found.content_hash) == ("posted", 7, "{}", "abc")
    assert (found.attempts, found.reason) == (1, None)


async def test_the_next_post_begins_where_the_last_one_ended(ledger: DigestLedger) -> None:
    await posted(ledger, MONDAY, now=1000)
    assert (await ledger.open("1", TUESDAY, first_since=0, now=2000)).since == 1000


@pytest.mark.parametrize("state", ["pending", "missed", "skipped"])
async def test_what_was_never_posted_is_made_up_for_by_the_next(ledger: DigestLedger, state: str) -> None:
    await posted(ledger, MONDAY, now=1000)
    entry = await ledger.open("1", TUESDAY, first_since=0, now=2000)
    if state == "missed":
        assert await ledger.miss("1", TUESDAY, "not running", now=2500)
    if state == "skipped":
        await ledger.skip(entry, "nothing new", now=2000)
    assert (await ledger.open("1", WEDNESDAY, first_since=0, now=3000)).since == 1000


async def test_after_a_clock_that_was_ahead_no_papers_are_passed_over(ledger: DigestLedger) -> None:
    await posted(ledger, MONDAY, now=1000)
    await posted(ledger, date(2024, 1, 9), now=9000)  # the clock is days ahead, and set right then
    tuesday = await ledger.open("1", TUESDAY, first_since=0, now=2000)
    assert tuesday.since == 1000
    await ledger.confirm(tuesday, message=8, now=2000)
    await posted(ledger, WEDNESDAY, now=3000)
    # What came between 3000 and 9000 came after the post that was made too early.
    assert (await ledger.open("1", date(2024, 1, 10), first_since=0, now=10_000)).since == 3000


async def test_opening_a_day_again_returns_its_row_unchanged(ledger: DigestLedger) -> None:
    first = await ledger.open("1", MONDAY, first_since=900, now=1000)
    assert await ledger.open("1", MONDAY, first_since=0, now=2000) == first


async def test_a_missed_day_that_is_due_after_all_is_opened_anew(ledger: DigestLedger) -> None:
    assert await ledger.miss("1", MONDAY, "not running", now=1000)
    entry = await ledger.open("1", MONDAY, first_since=0, now=2000)
    assert (entry.state, entry.until, entry.reason) == ("pending", 2000, None)


async def test_a_posted_day_is_never_missed(ledger: DigestLedger) -> None:
    await posted(ledger, MONDAY, now=1000)
    assert not await ledger.miss("1", MONDAY, "not running", now=2000)
    found = await ledger.find("1", MONDAY)
    assert found
    assert found.state == "posted"


async def test_a_missed_post_keeps_the_reason_of_its_last_failure(ledger: DigestLedger) -> None:
    await ledger.open("1", MONDAY, first_since=0, now=1000)
    await ledger.note_failure("1", MONDAY, "discord down", now=1500)
    await ledger.miss("1", MONDAY, "not running", now=2000)
    found = await ledger.find("1", MONDAY)
    assert found
    assert found.reason == "discord down"


async def test_digests_do_not_mix(ledger: DigestLedger) -> None:
    await posted(ledger, MONDAY, now=1000)
    assert await ledger.posted_until("2", now=2000) is None
    assert (await ledger.open("2", MONDAY, first_since=5, now=2000)).since == 5


async def test_what_awaits_something_is_listed(ledger: DigestLedger) -> None:
    entry = await posted(ledger, MONDAY, now=1000)
    await ledger.open("1", TUESDAY, first_since=0, now=2000)
    assert [one.day for one in await ledger.open_ends("1")] == [TUESDAY]
    await ledger.owe_edit(entry, content="{}", now=2100)
    assert [one.day for one in await ledger.open_ends("1")] == [MONDAY, TUESDAY]
    await ledger.confirm_edit(entry, content_hash="abc", now=2200)
    assert [one.day for one in await ledger.open_ends("1")] == [TUESDAY]


async def test_a_process_that_lost_its_lease_writes_nothing_that_leads_to_a_post(database: Database) -> None:
    clock = FakeClock()
    leases = [Lease(database=database, name="digests", clock=clock) for _ in range(2)]
    former, present = (DigestLedger(database=database, lease=lease) for lease in leases)
    await leases[0].take()
    entry = await former.open("1", MONDAY, first_since=0, now=1000)
    clock.move(seconds=LEASE_S)
    await leases[1].take()
    with pytest.raises(LeaseLost):
        await former.attempt(entry, content=None, content_hash="", now=1001)
    with pytest.raises(LeaseLost):
        await former.open("1", TUESDAY, first_since=0, now=1001)
    with pytest.raises(LeaseLost):
        await former.owe_edit(entry, content="{}", now=1001)
    assert await present.find("1", MONDAY) == entry
    assert await present.find("1", TUESDAY) is None
    # What it sent before it lost the lease it may still note.
    await former.confirm(entry, message=7, now=1002)


async def test_the_ledger_outlives_the_process(path: Path) -> None:
    async with open_database(path) as database:
        written = await DigestLedger(database=database).open("1", MONDAY, first_since=900, now=1000)
    async with open_database(path) as database:
        assert await DigestLedger(database=database).find("1", MONDAY) == written
