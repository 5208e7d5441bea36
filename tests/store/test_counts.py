"""Papers by their numbers of upvotes, comments and authors."""

from datetime import date

import pytest

from bot.store.database import Database
from bot.store.papers import SqlitePaperStore
from bot.store.protocol import Bound
from tests.factories import make_paper

PAPERS = [
    make_paper(title="Loved", arxiv_id="2401.00001", upvotes=500, comments=1, author_count=1),
    make_paper(title="Liked", arxiv_id="2401.00002", upvotes=100, comments=9, author_count=4),
    make_paper(title="Unknown", arxiv_id="2401.00003"),
    make_paper(title="Listed", arxiv_id="2401.00004", upvotes=7, published=date(2020, 1, 1), listed=date(2024, 2, 1)),
]


@pytest.fixture
def papers(database: Database) -> SqlitePaperStore:
    return SqlitePaperStore(database=database)


async def test_numbers_are_within_bounds_and_unknown_ones_never(papers: SqlitePaperStore) -> None:
    await papers.upsert(PAPERS, now=0)
    assert await papers.within([Bound("upvotes", least=101)]) == ["2401.00001"]
    assert set(await papers.within([Bound("upvotes", most=100)])) == {"2401.00002", "2401.00004"}
    assert await papers.within([Bound("upvotes", least=100), Bound("author_count", 1, 1)]) == ["2401.00001"]
    assert await papers.within([Bound("upvotes", least=10**30)]) == []


async def test_the_highest_number_comes_first_among_papers_and_within_days(papers: SqlitePaperStore) -> None:
    await papers.upsert(PAPERS, now=0)
    assert await papers.top("upvotes", limit=9) == ["2401.00001", "2401.00002", "2401.00004"]
    assert await papers.top("comments", limit=1) == ["2401.00002"]
    assert await papers.top("upvotes", limit=9, keys=["2401.00002", "2401.00003"]) == ["2401.00002"]
    february = (date(2024, 2, 1), date(2024, 2, 29))
    assert await papers.top("upvotes", limit=9, days=february) == ["2401.00004"]
