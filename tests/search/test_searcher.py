"""Searching a store in a real file, while others write to it."""

import asyncio
from pathlib import Path

import pytest

from bot.errors.operation import StoreEmpty
from bot.models import Paper
from bot.search.query.filters import Filters
from bot.search.ranking.second_stage import Query
from bot.search.searcher import Searcher
from bot.store.database import Database, open_database
from bot.store.documents import SqliteDocuments
from bot.store.papers import SqlitePaperStore
from tests.factories import make_paper

TEAPOT = make_paper(title="Teapots at Rest", abstract="Porcelain teapots pour best when warm.", arxiv_id="2402.00002")


def searcher_of(database: Database) -> Searcher:
    return Searcher(papers=SqlitePaperStore(database=database), documents=SqliteDocuments(database=database))


async def add_elsewhere(path: Path, *papers: Paper, now: float = 1.0) -> None:
    """Add papers over a connection of their own, as another process does."""
    async with open_database(path) as database:
        await SqlitePaperStore(database=database).upsert(papers, now=now)


async def test_an_empty_store_is_refused_until_papers_come(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    async with open_database(path) as database:
        searcher = searcher_of(database)
        with pytest.raises(StoreEmpty, match="paperbot import"):
            await searcher.search(Query(question="kettles"), limit=5)
        await add_elsewhere(path, make_paper())
        result = await searcher.search(Query(question="kettles"), limit=5)
    assert result.papers == (make_paper(),)


async def test_papers_of_another_process_are_seen_and_an_old_snapshot_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    await add_elsewhere(path, make_paper())
    async with open_database(path) as database:
        searcher = searcher_of(database)
        before = await searcher.search(Query(question="teapots kettles"), limit=5)
        await add_elsewhere(path, TEAPOT, now=2.0)
        after = await searcher.search(Query(question="teapots kettles"), limit=5)
    assert before.papers == (make_paper(),)
    assert before.index.listed(Filters(), order="oldest", limit=5) == [make_paper().key]
    assert set(after.papers) == {make_paper(), TEAPOT}
    assert after.index.listed(Filters(), order="oldest", limit=5) == [make_paper().key, TEAPOT.key]


async def test_a_changed_abstract_is_searched_anew(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    await add_elsewhere(path, make_paper())
    async with open_database(path) as database:
        searcher = searcher_of(database)
        assert (await searcher.search(Query(question="samovars"), limit=5)).papers == ()
        await add_elsewhere(path, make_paper(abstract="Samovars hum."), now=2.0)
        assert (await searcher.search(Query(question="samovars"), limit=5)).papers[0].abstract == "Samovars hum."


async def test_nothing_is_built_anew_while_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    async with open_database(path) as database:
        store = SqlitePaperStore(database=database)
        await store.upsert([make_paper()], now=1.0)
        searcher = searcher_of(database)
        index = await searcher.index()
        assert await searcher.index() is index
        await store.upsert([make_paper()], now=2.0)
        assert await searcher.index() is index


async def test_many_searches_at_once_share_one_snapshot(tmp_path: Path) -> None:
    async with open_database(tmp_path / "store.db") as database:
        store = SqlitePaperStore(database=database)
        await store.upsert([make_paper(), TEAPOT], now=1.0)
        searcher = searcher_of(database)
        results = await asyncio.gather(*(searcher.search(Query(question="teapots"), limit=5) for _ in range(20)))
    assert {id(result.index) for result in results} == {id(results[0].index)}
    assert all(result.papers == (TEAPOT,) for result in results)
