from datetime import date
from pathlib import Path

import pytest

from bot.store.database import Database, open_database
from bot.store.ledger import DigestLedger, LedgerEntry

CHANNEL = 2**63 - 1
MONDAY, TUESDAY = date(2026, 10, 5), date(2026, 10, 6)


@pytest.fixture
def ledger(database: Database) -> DigestLedger:
    return DigestLedger(database=database)


async def posted(ledger: DigestLedger, day: date, *, now: float, channel: int = CHANNEL) -> LedgerEntry:
    entry = await ledger.open(channel, day, first_since=now - 100, now=now)
    await ledger.confirm(entry, message_id=42, now=now + 1)
    return entry


async def test_a_channels_first_digest_begins_where_it_is_told(ledger: DigestLedger) -> None:
    entry = await ledger.open(CHANNEL, MONDAY, first_since=900, now=1000)
    assert entry == LedgerEntry(channel_id=CHANNEL, day=MONDAY, since=900, until=1000, state="pending", message_id=None)
    assert await ledger.find(CHANNEL, MONDAY) == entry


async def test_a_confirmed_digest_names_its_message(ledger: DigestLedger) -> None:
    entry = await posted(ledger, MONDAY, now=1000)
    found = await ledger.find(CHANNEL, MONDAY)
    assert found
    assert (found.state, found.message_id) == ("posted", 42)
    assert (found.since, found.until) == (entry.since, entry.until)


async def test_the_next_digest_begins_where_the_last_posted_one_ended(ledger: DigestLedger) -> None:
    await posted(ledger, MONDAY, now=1000)
    entry = await ledger.open(CHANNEL, TUESDAY, first_since=0, now=2000)
    assert (entry.since, entry.until) == (1000, 2000)


async def test_a_digest_that_was_never_posted_is_made_up_for_by_the_next(ledger: DigestLedger) -> None:
    await posted(ledger, date(2026, 10, 2), now=500)
    await ledger.open(CHANNEL, MONDAY, first_since=0, now=1000)
    entry = await ledger.open(CHANNEL, TUESDAY, first_since=0, now=2000)
    assert (entry.since, entry.until) == (500, 2000)


async def test_opening_a_day_again_returns_its_row_unchanged(ledger: DigestLedger) -> None:
    first = await ledger.open(CHANNEL, MONDAY, first_since=900, now=1000)
    assert await ledger.open(CHANNEL, MONDAY, first_since=0, now=5000) == first
    await ledger.confirm(first, message_id=42, now=1001)
    again = await ledger.open(CHANNEL, MONDAY, first_since=0, now=5000)
    assert (again.state, again.message_id, again.until) == ("posted", 42, 1000)


async def test_channels_do_not_mix(ledger: DigestLedger) -> None:
    await posted(ledger, MONDAY, now=1000, channel=1)
    assert await ledger.find(2, MONDAY) is None
    assert await ledger.posted_until(2) is None
    assert (await ledger.open(2, TUESDAY, first_since=7, now=2000)).since == 7


async def test_only_posted_digests_count_as_posted(ledger: DigestLedger) -> None:
    assert await ledger.posted_until(CHANNEL) is None
    entry = await ledger.open(CHANNEL, MONDAY, first_since=900, now=1000)
    assert await ledger.posted_until(CHANNEL) is None
    await ledger.confirm(entry, message_id=42, now=1001)
    assert await ledger.posted_until(CHANNEL) == 1000


async def test_a_restart_finds_what_was_pending(path: Path) -> None:
    async with open_database(path) as database:
        written = await DigestLedger(database=database).open(CHANNEL, MONDAY, first_since=900, now=1000)
    async with open_database(path) as database:
        assert await DigestLedger(database=database).find(CHANNEL, MONDAY) == written
