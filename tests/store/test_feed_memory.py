"""What the feeds' client remembers, over processes."""

from pathlib import Path

from bot.sources.fetching.exchange import Validators
from bot.store.database import Database, open_database
from bot.store.feeds import VALIDATORS_KEPT, FeedMemory


async def test_starts_through_a_gate_keep_their_distance_over_all_connections(database: Database, path: Path) -> None:
    async with open_database(path) as another:
        one, other = FeedMemory(database=database), FeedMemory(database=another)
        waits = [await memory.reserve("arxiv", gap_s=3.0, now=100.0) for memory in (one, other, one, other)]
        assert waits == [0, 3, 6, 9]
        assert await other.reserve("arxiv", gap_s=3.0, now=110.5) == 1.5
        assert await one.reserve("another", gap_s=3.0, now=100.0) == 0
        assert await one.reserve("arxiv", gap_s=3.0, now=500.0) == 0


async def test_a_clock_that_was_set_back_closes_no_gate_for_days(database: Database) -> None:
    memory = FeedMemory(database=database)
    await memory.reserve("arxiv", gap_s=3.0, now=1_000_000.0)
    assert await memory.reserve("arxiv", gap_s=3.0, now=1_000.0) == 0


async def test_validators_are_kept_by_address_and_the_oldest_go(database: Database) -> None:
    memory = FeedMemory(database=database)
    await memory.keep_validators("a", Validators('"1"', None, "57"), now=1.0)
    await memory.keep_validators("a", Validators('"2"', "Thu, 08 Oct 2026 00:00:00 GMT", "58"), now=2.0)
    assert await memory.validators("a") == Validators('"2"', "Thu, 08 Oct 2026 00:00:00 GMT", "58")
    assert await memory.validators("b") is None
    async with database.transaction() as connection:
        await connection.executemany(
            "INSERT INTO feed_validators (address, note, at) VALUES (?, '', ?)",
            [(f"list {number}", 10.0 + number) for number in range(VALIDATORS_KEPT)],
        )
    await memory.keep_validators("c", Validators('"3"'), now=1e6)
    assert await memory.validators("a") is None
    assert await memory.validators("c") == Validators('"3"')
