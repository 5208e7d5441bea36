from pathlib import Path

from bot.store.database import Database, open_database
from bot.store.key_values import KeyValueStore
from bot.store.papers import SqlitePaperStore


async def test_a_name_without_a_value_has_none(database: Database) -> None:
    assert await KeyValueStore(database=database).get("commands") is None


async def test_the_last_value_under_a_name_counts(database: Database) -> None:
    state = KeyValueStore(database=database)
    for value in ("one", "", "zwei ✓"):
        await state.set("commands", value)
        assert await state.get("commands") == value
    await state.set("other", "3")
    assert (await state.get("commands"), await state.get("other")) == ("zwei ✓", "3")


async def test_values_outlive_a_run(path: Path) -> None:
    async with open_database(path) as database:
        await KeyValueStore(database=database).set("commands", "one")
    async with open_database(path) as database:
        assert await KeyValueStore(database=database).get("commands") == "one"


async def test_other_values_leave_the_papers_revision_alone(database: Database) -> None:
    await KeyValueStore(database=database).set("commands", "one")
    assert await SqlitePaperStore(database=database).revision() == 0


async def test_of_a_kind_of_values_only_the_newest_are_kept(database: Database) -> None:
    state = KeyValueStore(database=database)
    for name in ("found:a", "other", "found:b", "found:c", "found_d"):
        await state.set(name, "x")
    await state.trim("found:", keep=2)
    kept = [name for name in ("found:a", "other", "found:b", "found:c", "found_d") if await state.get(name)]
    assert kept == ["other", "found:b", "found:c", "found_d"]
