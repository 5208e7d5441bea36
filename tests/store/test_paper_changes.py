from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.models import SAMPLE_ORIGIN, Paper
from bot.store.database import Database
from bot.store.merging import PaperChange
from bot.store.papers import SqlitePaperStore

FIRST = Paper(title="A Made-Up Paper", abstract="It says little.", origin="arxiv", arxiv_id="2610.01234", version=1)
WITHDRAWN = replace(FIRST, version=2, withdrawn=date(2026, 10, 3))
CODE = "https://github.com/a/b"


@pytest.fixture
def papers(database: Database) -> SqlitePaperStore:
    return SqlitePaperStore(database=database)


async def test_a_new_version_a_withdrawal_and_code_are_told_once_each(papers: SqlitePaperStore) -> None:
    for moment, paper in enumerate([FIRST, WITHDRAWN, WITHDRAWN, replace(WITHDRAWN, code_url=CODE), FIRST], start=1):
        await papers.upsert([paper], now=moment)
    told = [(change.kind, change.detail, change.at) for change in await papers.changes(after=0)]
    assert told == [("version", "2", 2), ("withdrawn", "2026-10-03", 2), ("code", CODE, 4)]


async def test_an_arrival_and_votes_are_no_change_to_tell(papers: SqlitePaperStore) -> None:
    await papers.upsert([WITHDRAWN, replace(WITHDRAWN, upvotes=5, stars=3)], now=1)
    assert await papers.changes(after=0) == []
    assert await papers.last_change() == 0


async def test_a_place_that_tells_the_version_first_is_no_news(papers: SqlitePaperStore) -> None:
    await papers.upsert([replace(FIRST, version=None), replace(FIRST, version=4)], now=1)
    assert await papers.changes(after=0) == []


async def test_a_real_paper_in_its_samples_place_is_no_news(papers: SqlitePaperStore) -> None:
    await papers.upsert([replace(FIRST, origin=SAMPLE_ORIGIN)], now=1)
    await papers.upsert([replace(WITHDRAWN, code_url=CODE)], now=2)
    assert await papers.changes(after=0) == []


async def test_a_change_stands_under_the_key_that_the_paper_has_then(papers: SqlitePaperStore) -> None:
    await papers.upsert([replace(FIRST, arxiv_id=None, version=None)], now=1)
    await papers.upsert([replace(FIRST, code_url=CODE)], now=2)
    assert [change.key for change in await papers.changes(after=0)] == ["2610.01234"]


async def test_readers_go_on_after_the_last_change_and_ask_for_their_papers(papers: SqlitePaperStore) -> None:
    other = replace(FIRST, title="Another", arxiv_id="2610.09999")
    await papers.upsert([FIRST, other], now=1)
    await papers.upsert([replace(FIRST, version=2), replace(other, version=3)], now=2)
    first, second = await papers.changes(after=0)
    assert await papers.changes(after=0, limit=1) == [first]
    assert await papers.changes(after=first.id) == [second] == [PaperChange(second.id, other.key, second.kind, "3", 2)]
    assert await papers.changes(after=0, keys=[other.key]) == [second]
    assert await papers.changes(after=0, keys=[]) == []
    assert await papers.last_change() == second.id


async def test_a_batch_that_fails_leaves_no_change(papers: SqlitePaperStore, database: Database) -> None:
    await papers.upsert([FIRST], now=1)

    def breaking_off() -> Iterator[Paper]:
        yield WITHDRAWN
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await papers.upsert(breaking_off(), now=2)
    assert await papers.changes(after=0) == []
    assert await papers.get(FIRST.key) == FIRST


async def test_a_version_after_the_withdrawal_puts_the_paper_back(papers: SqlitePaperStore) -> None:
    await papers.upsert([WITHDRAWN], now=1)
    back = replace(FIRST, version=3)
    await papers.upsert([back], now=2)
    assert await papers.get(FIRST.key) == back


async def test_the_first_day_of_a_withdrawal_stays(papers: SqlitePaperStore) -> None:
    await papers.upsert([WITHDRAWN], now=1)
    await papers.upsert([replace(WITHDRAWN, withdrawn=date(2026, 10, 5)), replace(WITHDRAWN, withdrawn=None)], now=2)
    assert await papers.get(FIRST.key) == WITHDRAWN
