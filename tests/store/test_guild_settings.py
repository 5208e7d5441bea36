"""What guilds set, as rows."""

import asyncio
import json
import logging
from pathlib import Path

import pytest

from bot.store.database import Database, open_database
from bot.store.guild_settings import GuildSettingsStore


async def test_names_are_set_one_by_one_and_taken_out_with_none(database: Database) -> None:
    store = GuildSettingsStore(database=database)
    assert await store.get("1") == {}
    await store.change("1", {"channels": ["5"], "user_answers": 3})
    assert await store.change("1", {"user_answers": None, "roles": ["7"]}) == {"channels": ["5"], "roles": ["7"]}
    assert await store.get("1") == {"channels": ["5"], "roles": ["7"]}
    assert await store.get("2") == {}


async def test_what_a_newer_version_set_survives_a_change(database: Database) -> None:
    store = GuildSettingsStore(database=database)
    await store.change("1", {"quiet_hours": {"from": 22}})
    await store.change("1", {"roles": ["7"]})
    assert await store.get("1") == {"quiet_hours": {"from": 22}, "roles": ["7"]}


async def test_two_processes_that_change_at_once_lose_nothing(path: Path) -> None:
    async with open_database(path) as first, open_database(path) as second:
        stores = [GuildSettingsStore(database=first), GuildSettingsStore(database=second)]
        await asyncio.gather(*(stores[n % 2].change("1", {f"name {n}": n}) for n in range(40)))
        assert await stores[0].get("1") == {f"name {n}": n for n in range(40)}


async def test_a_malformed_row_counts_as_nothing_and_is_told_in_the_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    store = GuildSettingsStore(database=database)
    for text in ("{", json.dumps(["a"])):
        await store.change("1", {"roles": ["7"]})
        async with database.transaction() as connection:
            await connection.execute("UPDATE guild_settings SET settings = ?", (text,))
        with caplog.at_level(logging.WARNING):
            assert await store.get("1") == {}
        assert "the settings of server 1 are malformed" in caplog.text
        assert await store.change("1", {"user_answers": 2}) == {"user_answers": 2}


async def test_settings_go_long_after_the_bot_left_unless_it_comes_back(database: Database) -> None:
    store = GuildSettingsStore(database=database)
    for guild in ("stays", "left", "back", "missed"):
        await store.change(guild, {"roles": ["7"]})
    await store.left("left", now=100.0)
    await store.left("back", now=100.0)
    await store.present(["stays", "back", "left"], now=150.0)
    await store.left("left", now=160.0)
    await store.left("left", now=300.0)
    assert await store.purge(before=150.0) == 0
    assert await store.purge(before=155.0) == 1
    assert [guild for guild in ("stays", "left", "back", "missed") if await store.get(guild)] == [
        "stays",
        "left",
        "back",
    ]
    assert await store.purge(before=200.0) == 1
    assert await store.get("left") == {}
