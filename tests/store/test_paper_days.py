"""Papers by day, as a list or the calendar has them."""

from datetime import date

import pytest

from bot.store.database import Database
from bot.store.papers import SqlitePaperStore
from bot.store.protocol import PaperPage, PaperStore
from tests.factories import make_paper

LISTED = make_paper(title="Listed", arxiv_id="2401.00001", published=date(2024, 1, 1), listed=date(2024, 1, 3))
PUBLISHED = make_paper(title="Published", arxiv_id="2401.00002", published=date(2024, 1, 3), upvotes=0, comments=2)
VOTED = make_paper(title="Voted", arxiv_id="2401.00003", published=date(2024, 1, 3), upvotes=1)
OLD = make_paper(title="Old", arxiv_id="2401.00004", published=date(2023, 1, 2))
UNDATED = make_paper(title="Undated", arxiv_id="2401.00005", published=None)


@pytest.fixture
async def papers(database: Database) -> PaperStore:
    store = SqlitePaperStore(database=database)
    await store.upsert([LISTED, PUBLISHED, VOTED, OLD, UNDATED], now=1)
    return store


async def test_a_days_papers_are_those_listed_on_it_else_published(papers: PaperStore) -> None:
    assert await papers.of_day(date(2024, 1, 3), limit=9) == PaperPage([VOTED, PUBLISHED, LISTED], 3, 1)
    assert await papers.of_day(date(2024, 1, 1), limit=9) == PaperPage([], 0, 0)


async def test_a_span_has_what_was_listed_or_published_in_it(papers: PaperStore) -> None:
    assert await papers.between(date(2023, 12, 1), date(2024, 1, 1), limit=9) == PaperPage([LISTED], 1, 0)
    assert (await papers.between(date(2023, 1, 1), date(2024, 1, 3), limit=9)).total == 4


async def test_pages_follow_each_other(papers: PaperStore) -> None:
    assert await papers.of_day(date(2024, 1, 3), limit=2) == PaperPage([VOTED, PUBLISHED], 3, 1)
    assert await papers.of_day(date(2024, 1, 3), limit=2, offset=2) == PaperPage([LISTED], 3, 1)


async def test_the_newest_and_the_nearest_day_have_papers(papers: PaperStore) -> None:
    assert await papers.newest_day() == date(2024, 1, 3)
    assert await papers.nearest_day(date(2023, 1, 3)) == date(2023, 1, 2)
    assert await papers.nearest_day(date(2030, 1, 1)) == date(2024, 1, 3)
    assert await papers.nearest_day(date(2023, 7, 4)) == date(2024, 1, 3)  # as far from either


async def test_where_no_paper_has_a_day_there_is_none(database: Database) -> None:
    store = SqlitePaperStore(database=database)
    await store.upsert([UNDATED], now=1)
    assert await store.newest_day() is None
    assert await store.nearest_day(date(2024, 1, 1)) is None


async def test_titles_come_newest_first(papers: PaperStore) -> None:
    assert list(await papers.titles()) == [
        (paper.key, paper.title) for paper in (VOTED, PUBLISHED, LISTED, OLD, UNDATED)
    ]
