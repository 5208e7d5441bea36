"""The preference for newer papers."""

from datetime import date

from bot.models import Paper
from bot.search.engine.protocol import Hit
from bot.search.query.filters import Filters
from bot.search.ranking.second_stage import RECENCY_WEIGHT, Query, with_recency
from tests.factories import make_paper
from tests.search.in_memory import search_in

NEWEST = date(2026, 1, 1)
OLD = make_paper(arxiv_id="2001.00001", published=date(2020, 1, 1))
NEW = make_paper(arxiv_id="2601.00001", published=NEWEST)
UNDATED = make_paper(arxiv_id="2601.00002", published=None)


def ranked(*papers: Paper, **wanted: object) -> list[Paper]:
    return list(search_in(papers, Query(question="kettle whistles", **wanted), limit=5).papers)  # type: ignore[arg-type]


def test_of_papers_that_fit_alike_the_newer_comes_first_and_one_without_a_date_between() -> None:
    assert ranked(OLD, UNDATED, NEW) == [NEW, UNDATED, OLD]


def test_a_span_of_time_or_an_order_leaves_age_alone() -> None:
    assert ranked(OLD, NEW, filters=Filters(before=NEWEST)) == [OLD, NEW]
    assert ranked(OLD, NEW, order="oldest") == [OLD, NEW]


def test_a_better_fit_outweighs_age() -> None:
    hits = with_recency([Hit(OLD, 10.0), Hit(NEW, 10.0 * (1 - 2 * RECENCY_WEIGHT))], NEWEST)
    assert [hit.paper for hit in hits] == [OLD, NEW]


def test_without_any_date_the_order_stays() -> None:
    hits = with_recency([Hit(UNDATED, 2.0), Hit(OLD, 1.0)], None)
    assert [hit.paper for hit in hits] == [UNDATED, OLD]
