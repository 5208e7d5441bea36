"""The first messages on papers, channel by channel."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.channel_memory import ChannelMemoryStore, Discussion
from bot.store.database import open_database

ALPHA, BETA = "2401.00001", "2401.00002"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[ChannelMemoryStore]:
    async with open_database(tmp_path / "store.db") as database:
        yield ChannelMemoryStore(database=database)


async def test_the_first_message_of_each_channel_stands(store: ChannelMemoryStore) -> None:
    await store.note("1", "10", "100", [ALPHA, BETA], now=5)
    await store.note("1", "10", "101", [ALPHA], now=6)
    await store.note("1", "11", "102", [ALPHA], now=4)
    await store.note("2", "20", "103", [ALPHA], now=1)
    assert await store.of("1", [ALPHA]) == [Discussion(ALPHA, "11", "102", 4), Discussion(ALPHA, "10", "100", 5)]
    assert await store.of("3", [ALPHA]) == []


async def test_of_many_claims_at_once_one_gets_a_paper(store: ChannelMemoryStore) -> None:
    claims = await asyncio.gather(*(store.claim("10", [ALPHA, BETA], now=100, since=50) for _ in range(20)))
    assert sorted(map(len, claims)) == [0] * 19 + [2]
    assert await store.claim("10", [ALPHA], now=120, since=100) == {ALPHA}
    assert await store.claim("11", [ALPHA], now=120, since=50) == {ALPHA}


async def test_a_channel_counts_as_told_of_what_was_first_discussed_there(store: ChannelMemoryStore) -> None:
    await store.note("1", "10", "100", [ALPHA], now=100)
    assert await store.claim("10", [ALPHA, BETA], now=120, since=50) == {BETA}
    await store.note("1", "10", "101", [ALPHA], now=200)  # not the first one
    assert await store.claim("10", [ALPHA], now=201, since=150) == {ALPHA}


async def test_it_forgets_by_message_channel_guild_and_time(store: ChannelMemoryStore) -> None:
    for number, (guild, channel) in enumerate([("1", "10"), ("1", "11"), ("1", "12"), ("2", "20"), ("3", "30")]):
        await store.note(guild, channel, str(number), [ALPHA], now=number)
    await store.forget_message("0")
    assert [each.channel for each in await store.of("1", [ALPHA])] == ["11", "12"]
    await store.forget_channel("1", "11")
    assert [each.channel for each in await store.of("1", [ALPHA])] == ["12"]
    await store.forget_guild("1")
    assert await store.of("1", [ALPHA]) == []
    await store.forget_before(4)
    assert await store.of("2", [ALPHA]) == []
    assert await store.of("3", [ALPHA]) == [Discussion(ALPHA, "30", "4", 4)]
