"""Titles in memory, beside a store that changes."""

from pathlib import Path

from bot.search.completion import Titles
from bot.store.database import open_database
from bot.store.papers import SqlitePaperStore
from tests.factories import make_papers


async def test_titles_follow_the_store(tmp_path: Path) -> None:
    async with open_database(tmp_path / "store.db") as database:
        papers = SqlitePaperStore(database=database)
        titles = Titles(papers=papers)
        assert await titles.matching("kettles", limit=25) == []
        await papers.upsert(make_papers("Kettles"), now=1)
        assert [titled.title for titled in await titles.matching("kettles", limit=25)] == ["Kettles"]
        known = await titles.current()
        assert await titles.current() is known  # and is not made again while nothing changed
        await titles.close()


async def test_a_store_that_fails_leaves_what_is_known(tmp_path: Path) -> None:
    async with open_database(tmp_path / "store.db") as database:
        papers = SqlitePaperStore(database=database)
        await papers.upsert(make_papers("Kettles"), now=1)
        titles = Titles(papers=papers)
        await titles.current()
        await database.rows("DROP TABLE state")
        assert len(await titles.matching("kettles", limit=25)) == 1


async def test_closing_stops_what_is_under_way(tmp_path: Path) -> None:
    async with open_database(tmp_path / "store.db") as database:
        papers = SqlitePaperStore(database=database)
        titles = Titles(papers=papers)
        async with database.snapshot():  # nothing else can be read meanwhile
            assert await titles.matching("kettles", limit=25) == []
            await titles.close()
