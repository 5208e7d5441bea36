"""Definitions of digests in the store."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.store.database import Database, migrations, open_database
from bot.store.digest_ledger import DigestLedger
from bot.store.digests import DigestDefinition, DigestStore, Period

MORNING = DigestDefinition(key="", guild="7", channel=2**62, name="Morning", at=time(8, 30), made_by="5")
FULL = replace(
    MORNING,
    name="Räder",
    zone="Europe/Berlin",
    weekdays=(0, 4),
    period="weekly",
    topics=("spiking transformers", "Räder"),
    excluded=("survey",),
    categories=("cs.LG",),
    authors=("Ada Example",),
    organisations=("Example Lab",),
    min_upvotes=3,
    length=25,
    writer="extracts",
    when_empty="silent",
    thread=True,
    created_at=100.5,
)


@pytest.fixture
def digests(database: Database) -> DigestStore:
    return DigestStore(database=database)


async def added(digests: DigestStore, definition: DigestDefinition) -> DigestDefinition:
    kept = await digests.add(definition, limit=25)
    assert kept is not None
    return kept


async def test_a_definition_comes_back_as_it_was_given(digests: DigestStore) -> None:
    kept = await added(digests, FULL)
    assert kept == replace(FULL, key="1")
    assert await digests.get("1") == kept
    assert await digests.all() == [kept]


async def test_a_definition_is_found_by_its_name_in_any_case_in_its_guild_alone(digests: DigestStore) -> None:
    kept = await added(digests, MORNING)
    assert await digests.named("MORNING", guild="7") == kept
    assert await digests.named("Morning", guild="8") is None
    assert await digests.of_guild("8") == []


async def test_a_guild_has_no_more_than_the_limit(digests: DigestStore) -> None:
    assert await digests.add(MORNING, limit=1)
    assert await digests.add(replace(MORNING, name="Evening"), limit=1) is None
    assert await digests.add(replace(MORNING, guild="8"), limit=1)


async def test_a_definition_is_changed_paused_and_removed(digests: DigestStore) -> None:
    kept = await added(digests, MORNING)
    assert await digests.change(replace(kept, name="Evening", at=time(20)))
    assert await digests.pause(kept.key, "the channel is gone")
    assert not await digests.pause(kept.key, "the channel is gone")
    found = await digests.get(kept.key)
    assert found
    assert (found.name, found.at, found.paused) == ("Evening", time(20), "the channel is gone")
    assert not await digests.remove(kept.key, guild="8")
    assert await digests.remove(kept.key, guild="7")
    assert not await digests.change(kept)
    assert await digests.get(kept.key) is None


async def test_a_removed_digests_number_is_not_given_again(digests: DigestStore) -> None:
    first = await added(digests, MORNING)
    await digests.remove(first.key, guild="7")
    assert (await added(digests, MORNING)).key == "2"


async def test_a_digest_of_the_settings_is_no_row(digests: DigestStore) -> None:
    assert await digests.get("settings-5") is None
    assert not await digests.pause("settings-5", "gone")


async def test_who_made_a_digest_is_forgotten_and_the_digest_stays(digests: DigestStore) -> None:
    kept = await added(digests, MORNING)
    assert await digests.of_user("5") == [kept]
    assert await digests.forget_user("5") == 1
    assert await digests.of_user("5") == []
    assert await digests.all() == [replace(kept, made_by=None)]


def days_of(period: Period, *weekdays: int) -> list[date]:
    definition = replace(MORNING, period=period, weekdays=weekdays)
    first = date(2026, 10, 1)  # a Thursday
    return [day for day in (first + timedelta(days=n) for n in range(35)) if definition.posts_on(day)]


def test_a_daily_digest_is_posted_on_its_weekdays() -> None:
    assert days_of("daily", 0, 4)[:3] == [date(2026, 10, 2), date(2026, 10, 5), date(2026, 10, 9)]


def test_a_weekly_digest_is_posted_on_the_first_of_its_weekdays() -> None:
    assert days_of("weekly", 0, 4) == [date(2026, 10, n) for n in (5, 12, 19, 26)] + [date(2026, 11, 2)]


def test_a_monthly_digest_is_posted_on_the_first_of_its_weekdays_in_the_month() -> None:
    assert days_of("monthly", *range(7)) == [date(2026, 10, 1), date(2026, 11, 1)]
    assert days_of("monthly", 0, 1, 2, 3, 4) == [date(2026, 10, 1), date(2026, 11, 2)]


async def test_what_an_older_paperbot_posted_is_carried_over(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for number, sql in migrations():
            if number < 10:
                connection.executescript(sql)
        connection.execute("PRAGMA user_version = 9")
        connection.execute("PRAGMA application_id = 0x50415042")
        connection.execute("INSERT INTO digest_ledger VALUES (42, '2026-10-05', 1, 2, 'posted', 99, 3)")
        connection.commit()
    async with open_database(path) as database:
        entry = await DigestLedger(database=database).find("settings-42", date(2026, 10, 5))
        (row,) = await database.rows("SELECT * FROM digest_posts")
    assert entry is not None
    assert (entry.state, entry.until, row["digest"], row["message"]) == ("posted", 2, "settings-42", 99)
