import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.errors.operation import StoreError
from bot.models import SAMPLE_ORIGIN, Paper
from bot.store.database import Database
from bot.store.papers import SqlitePaperStore
from bot.store.protocol import PaperStore, UpsertCounts

NEW, CHANGED, UNCHANGED = UpsertCounts(1, 0, 0), UpsertCounts(0, 1, 0), UpsertCounts(0, 0, 1)

PLAIN = Paper(title="A Made-Up Paper", abstract="It says little.", origin="saved page")
WITH_ID = replace(PLAIN, origin="daily papers", arxiv_id="2610.01234")
FULL = Paper(
    title="Größe: 漢字 & \"quotes\" 'n' 🚀",
    abstract="One.\n\nTwo.",
    origin="daily papers",
    arxiv_id="hep-th/9901001",
    version=2,
    authors=("Ada Example", "Béla Example"),
    author_count=9,
    published=date(1999, 1, 5),
    listed=date(2026, 10, 6),
    comments=0,
    upvotes=2**53,
    code_url="https://github.com/a/b",
    stars=0,
    project_url="https://project.example/",
    organisation="Example Lab",
    keywords=("bm25",),
    categories=("cs.CL", "cs.AI"),
    withdrawn=date(2026, 10, 3),
)


@pytest.fixture
def papers(database: Database) -> PaperStore:
    return SqlitePaperStore(database=database)


@pytest.mark.parametrize("paper", [PLAIN, FULL], ids=["plain", "full"])
async def test_a_paper_comes_back_as_it_was_given(papers: PaperStore, paper: Paper) -> None:
    assert await papers.upsert([paper], now=1) == NEW
    assert await papers.get(paper.key) == paper
    assert await papers.all() == [paper]


async def test_an_empty_store_has_no_paper(papers: PaperStore) -> None:
    assert await papers.all() == []
    assert await papers.get("2610.01234") is None
    assert await papers.upsert([], now=1) == UpsertCounts(0, 0, 0)


async def test_giving_the_same_papers_again_changes_nothing(papers: PaperStore) -> None:
    await papers.upsert([PLAIN, FULL], now=1)
    revision = await papers.revision()
    assert await papers.upsert([PLAIN, FULL], now=2) == UpsertCounts(0, 0, 2)
    assert await papers.all() == [PLAIN, FULL]
    assert await papers.arrived(after=1, until=3) == []
    assert await papers.revision() == revision


async def test_a_paper_twice_in_one_batch_is_one_paper(papers: PaperStore) -> None:
    assert await papers.upsert([PLAIN, PLAIN, replace(PLAIN, comments=4)], now=1) == UpsertCounts(1, 1, 1)
    assert await papers.all() == [replace(PLAIN, comments=4)]


async def test_a_record_that_tells_more_is_merged(papers: PaperStore) -> None:
    await papers.upsert([replace(FULL, upvotes=None)], now=1)
    later = Paper(
        title=FULL.title, abstract="Three.", origin="json lines", arxiv_id=FULL.arxiv_id, version=2, upvotes=7
    )
    assert await papers.upsert([later], now=2) == CHANGED
    assert await papers.all() == [replace(FULL, abstract="Three.", origin="json lines", upvotes=7)]


async def test_a_paper_changes_its_title_under_its_id(papers: PaperStore) -> None:
    await papers.upsert([WITH_ID], now=1)
    renamed = replace(WITH_ID, title="Another Title", version=2)
    assert await papers.upsert([renamed], now=2) == CHANGED
    assert await papers.all() == [renamed]
    assert await papers.upsert([replace(renamed, arxiv_id=None, version=None)], now=3) == UNCHANGED


async def test_a_paper_gets_a_new_key_when_its_arxiv_id_becomes_known(papers: PaperStore) -> None:
    await papers.upsert([replace(PLAIN, comments=4)], now=1)
    assert await papers.upsert([replace(WITH_ID, title="A made-up  PAPER!")], now=2) == CHANGED
    expected = replace(WITH_ID, title="A made-up  PAPER!", comments=4)
    assert await papers.all() == [expected]
    assert await papers.get("2610.01234") == expected
    assert await papers.get(PLAIN.key) is None


async def test_a_record_without_an_id_finds_the_paper_that_has_one(papers: PaperStore) -> None:
    await papers.upsert([WITH_ID], now=1)
    assert await papers.upsert([replace(PLAIN, comments=4)], now=2) == CHANGED
    assert await papers.all() == [replace(WITH_ID, origin="saved page", comments=4)]


async def test_papers_of_one_title_and_different_ids_stay_apart(papers: PaperStore) -> None:
    other = replace(WITH_ID, arxiv_id="2610.09999")
    assert await papers.upsert([WITH_ID, other], now=1) == UpsertCounts(2, 0, 0)
    assert await papers.all() == [WITH_ID, other]


@pytest.mark.parametrize("real", [PLAIN, WITH_ID], ids=["without id", "with id"])
async def test_a_sample_never_overwrites_a_real_paper(papers: PaperStore, real: Paper) -> None:
    await papers.upsert([real], now=1)
    assert await papers.upsert([replace(PLAIN, abstract="Retold.", origin=SAMPLE_ORIGIN)], now=2) == UNCHANGED
    assert await papers.all() == [real]


@pytest.mark.parametrize("real", [PLAIN, WITH_ID], ids=["without id", "with id"])
async def test_a_real_paper_takes_its_samples_place(papers: PaperStore, real: Paper) -> None:
    await papers.upsert([replace(PLAIN, abstract="Retold.", origin=SAMPLE_ORIGIN)], now=1)
    assert await papers.upsert([real], now=2) == CHANGED
    assert await papers.all() == [real]


async def test_an_older_version_never_overwrites_a_newer_one(papers: PaperStore) -> None:
    second = replace(WITH_ID, version=2)
    await papers.upsert([second], now=1)
    assert await papers.upsert([replace(WITH_ID, version=1, abstract="Draft.")], now=2) == UNCHANGED
    assert await papers.all() == [second]
    third = replace(WITH_ID, version=3, abstract="Final.")
    assert await papers.upsert([third], now=3) == CHANGED
    assert await papers.all() == [third]


async def test_papers_stand_in_the_order_of_their_arrival(papers: PaperStore) -> None:
    named = {name: replace(PLAIN, title=name) for name in "dbca"}
    await papers.upsert([named["d"], named["b"]], now=2)
    await papers.upsert([named["a"]], now=3)
    await papers.upsert([named["c"]], now=1)
    await papers.upsert([replace(named["d"], arxiv_id="2610.01234")], now=4)
    assert [paper.title for paper in await papers.all()] == ["c", "d", "b", "a"]


async def test_arrival_is_after_one_moment_and_until_the_other(papers: PaperStore) -> None:
    for moment in (1.0, 2.0, 3.0, 3.5):
        await papers.upsert([replace(PLAIN, title=f"at {moment}")], now=moment)
    assert [paper.title for paper in await papers.arrived(after=1.0, until=3.0)] == ["at 2.0", "at 3.0"]
    assert await papers.arrived(after=3.5, until=9.0) == []


async def test_a_change_does_not_make_a_paper_arrive_again(papers: PaperStore) -> None:
    await papers.upsert([PLAIN], now=1)
    await papers.upsert([WITH_ID], now=5)
    assert await papers.arrived(after=1, until=9) == []


async def test_the_revision_grows_with_every_batch_that_changes_something(papers: PaperStore) -> None:
    revisions = [await papers.revision()]
    for batch in ([PLAIN], [PLAIN, replace(PLAIN, comments=1)], [WITH_ID, FULL]):
        await papers.upsert(batch, now=1)
        revisions.append(await papers.revision())
    assert revisions == sorted(set(revisions))


async def test_a_batch_that_breaks_off_leaves_nothing(papers: PaperStore) -> None:
    def breaking_off() -> Iterator[Paper]:
        yield PLAIN
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await papers.upsert(breaking_off(), now=1)
    assert await papers.all() == []
    assert await papers.revision() == 0


async def test_a_store_that_fails_midway_keeps_nothing_of_the_batch(papers: PaperStore, database: Database) -> None:
    with sqlite3.connect(database.path) as connection:
        connection.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON papers WHEN NEW.title = 'Refused'"
            " BEGIN SELECT RAISE(ABORT, 'the disk is on fire'); END"
        )
    connection.close()
    with pytest.raises(StoreError, match="the disk is on fire"):
        await papers.upsert([PLAIN, replace(PLAIN, title="Refused")], now=1)
    assert await papers.all() == []
