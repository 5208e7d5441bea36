"""The index in a store that outlives its process: kills, damage, another process, another release."""

import asyncio
import random
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.models import Paper
from bot.search import searcher as searching
from bot.search.engine.index import DocumentBatch
from bot.search.ranking.second_stage import Query
from bot.search.searcher import Searcher
from bot.store.database import APPLICATION_ID, Database, migrations, open_database
from bot.store.documents import FAN_IN, Position, SqliteDocuments
from bot.store.papers import SqlitePaperStore
from bot.store.protocol import IndexedPapers
from tests.factories import make_paper, make_papers
from tests.search.in_memory import search_in

ROOT = Path(__file__).parents[2]
QUERIES = ("kettle", "first words", "other words", "k3", "k17", "kettle k40 other", "unheard")


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[tuple[Database, Searcher]]:
    async with open_database(path) as database:
        papers = SqlitePaperStore(database=database)
        yield database, Searcher(papers=papers, documents=SqliteDocuments(database=database))


async def found(searcher: Searcher, question: str) -> dict[str, float]:
    return {hit.paper.key: hit.score for hit in (await searcher.search(Query(question=question), limit=50)).hits}


async def assert_right(path: Path) -> int:
    """Assert that the stored index finds what one made of the papers finds. Return how many papers there are."""
    async with opened(path) as (database, searcher):
        papers = await SqlitePaperStore(database=database).all()
        for question in QUERIES:
            fresh = search_in(papers, Query(question=question), limit=50)
            assert await found(searcher, question) == pytest.approx({hit.paper.key: hit.score for hit in fresh.hits})
        return len(papers)


async def killed_after(path: Path, lines: int, *, first: int) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.search.indexer", str(path), str(first), "500", cwd=ROOT, stdout=PIPE
    )
    assert process.stdout
    for _ in range(lines):
        assert await process.stdout.readline() == b"searched\n"
    await asyncio.sleep(random.Random(first).random() / 50)  # somewhere within the next paper
    process.kill()
    await process.wait()


@pytest.mark.slow
async def test_a_process_that_is_killed_again_and_again_leaves_a_right_index(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    for first in (0, 100, 200, 300):
        await killed_after(path, 15, first=first)
        assert await assert_right(path) >= 15


@pytest.mark.slow
async def test_two_processes_that_index_at_once_leave_a_right_index(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    async with open_database(path):
        pass
    await asyncio.gather(killed_after(path, 20, first=0), killed_after(path, 20, first=100))
    assert await assert_right(path) >= 40


async def test_a_restart_reads_the_index_instead_of_making_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    async with opened(path) as (database, searcher):
        await SqlitePaperStore(database=database).upsert(make_papers("Kettles", "Pots"), now=1.0)
        before = await found(searcher, "pots")

    def encode(papers: Sequence[Paper], questions: object) -> IndexedPapers:
        raise AssertionError("made again")

    monkeypatch.setattr(searching, "encode", encode)
    async with opened(path) as (_, searcher):
        assert await found(searcher, "pots") == before != {}


async def test_many_small_additions_are_all_found_and_few_segments_stay(tmp_path: Path) -> None:
    async with opened(tmp_path / "store.db") as (database, searcher):
        store = SqlitePaperStore(database=database)
        for number in range(FAN_IN * 3):
            paper = make_paper(title=f"Kettle w{number}", arxiv_id=f"2401.{number:05}")
            await store.upsert([paper], now=float(number))
            assert list(await found(searcher, f"w{number}")) == [paper.key]
        assert len(await found(searcher, "kettle")) == FAN_IN * 3
        changes = await SqliteDocuments(database=database).changes(Position())
        assert len(changes.segments) < FAN_IN


async def test_a_damaged_index_is_made_anew_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "store.db"
    async with opened(path) as (database, searcher):
        await SqlitePaperStore(database=database).upsert(make_papers("Kettles", "Pots"), now=1.0)
        await found(searcher, "pots")
        async with database.transaction() as connection:
            await connection.execute("UPDATE index_segments SET data = substr(data, 1, length(data) - 1)")
    async with opened(path) as (_, searcher):
        assert len(await found(searcher, "pots")) == 1
    assert "rebuilt from the papers" in caplog.text
    caplog.clear()
    async with opened(path) as (_, searcher):
        assert len(await found(searcher, "pots")) == 1
    assert not caplog.text


async def test_an_index_of_an_older_release_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.db"
    monkeypatch.setattr(searching, "FORM", "of old")
    async with opened(path) as (database, searcher):
        await SqlitePaperStore(database=database).upsert(make_papers("Kettles", "Pots"), now=1.0)
        await found(searcher, "pots")
        monkeypatch.undo()
        await SqlitePaperStore(database=database).upsert(make_papers("Lids"), now=2.0)
        assert len(await found(searcher, "pots")) == 1
        assert len(await found(searcher, "lids")) == 1


async def test_a_store_from_before_papers_terms_were_kept_is_searched_alike(tmp_path: Path) -> None:
    path, old = tmp_path / "store.db", tmp_path / "old.db"
    papers = [make_paper(title=f"Kettle w{number}", arxiv_id=f"2401.{number:05}") for number in range(30)]
    async with opened(path) as (database, searcher):
        await SqlitePaperStore(database=database).upsert(papers, now=1.0)
        before = await found(searcher, "kettle w3")
    with closing(sqlite3.connect(path)) as now, closing(sqlite3.connect(old)) as then:
        then.executescript("".join(sql for _, sql in migrations()[:13]))
        then.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        then.execute("PRAGMA user_version = 13")
        names = ", ".join(row[1] for row in then.execute("PRAGMA table_info(papers)"))
        rows = now.execute(f"SELECT {names} FROM papers").fetchall()
        then.executemany(f"INSERT INTO papers ({names}) VALUES ({', '.join('?' * len(rows[0]))})", rows)
        then.execute("INSERT INTO index_segments VALUES (0, 30, ?)", (DocumentBatch.of(papers).to_bytes(),))
        then.execute("UPDATE state SET value = 'tokens 2, fields 1, title 3' WHERE name = 'index_form'")
        then.commit()
    for _ in range(2):
        async with opened(old) as (database, searcher):
            assert await found(searcher, "kettle w3") == pytest.approx(before)
            [row] = await database.rows("SELECT count(*) AS number FROM index_terms")
            assert row["number"] == 30


@pytest.mark.parametrize("change", ["DELETE FROM index_terms", "UPDATE index_terms SET terms = x'00'"])
async def test_a_paper_whose_terms_are_missing_is_ranked_by_its_text(tmp_path: Path, change: str) -> None:
    async with opened(tmp_path / "store.db") as (database, searcher):
        await SqlitePaperStore(database=database).upsert(make_papers("Kettles", "Kettle lids", "Pots"), now=1.0)
        before = await found(searcher, "kettle lids")
        await database.change(change)
        assert await found(searcher, "kettle lids") == before != {}


async def test_a_search_goes_on_while_another_process_numbers_all_papers_anew(tmp_path: Path) -> None:
    class Renumbered(SqliteDocuments):
        async def terms(self, numbers: Iterable[int], *, generation: int) -> Mapping[int, bytes]:
            await self.reset()
            others = [make_paper(title="Other lids", arxiv_id=f"2402.{number:05}") for number in range(3)]
            await SqlitePaperStore(database=self._database).upsert(others, now=0.5)
            await Searcher(papers=papers, documents=SqliteDocuments(database=self._database)).index()
            return await super().terms(numbers, generation=generation)

    async with open_database(tmp_path / "store.db") as database:
        papers = SqlitePaperStore(database=database)
        await papers.upsert(make_papers("Kettles", "Kettle lids", "Pots"), now=1.0)
        expected = await found(Searcher(papers=papers, documents=SqliteDocuments(database=database)), "kettle lids")
        assert await found(Searcher(papers=papers, documents=Renumbered(database=database)), "kettle lids") == expected


async def test_an_index_mostly_of_papers_that_changed_is_made_anew(tmp_path: Path) -> None:
    async with opened(tmp_path / "store.db") as (database, searcher):
        store = SqlitePaperStore(database=database)
        for number in range(12):
            await store.upsert([make_paper(abstract=f"Words w{number}.")], now=float(number))
            assert len(await found(searcher, f"w{number}")) == 1
        changes = await SqliteDocuments(database=database).changes(Position())
        assert changes.position.total < 6


async def test_similar_papers_are_found_without_the_paper_itself(tmp_path: Path) -> None:
    async with opened(tmp_path / "store.db") as (database, searcher):
        papers = make_papers("Kettle whistles", "Kettle lids", "Kettle whistles of steam", "Spoons", abstract="Text.")
        await SqlitePaperStore(database=database).upsert(papers, now=1.0)
        similar = await searcher.similar(papers[0], limit=2)
    assert [hit.paper.title for hit in similar] == ["Kettle whistles of steam", "Kettle lids"]
