"""The preference for newer papers."""

from datetime import date

from bot.models import Paper
from bot.search.query.filters import Filters
from bot.search.ranking.second_stage import RECENCY_WEIGHT, Query, Ranked, with_recency
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
    old = Ranked("old", 10.0, OLD.published)
    hits = with_recency([old, Ranked("new", 10.0 * (1 - 2 * RECENCY_WEIGHT), NEW.published)], NEWEST)
    assert [hit.key for hit in hits] == ["old", "new"]


def test_without_any_date_the_order_stays() -> None:
    hits = with_recency([Ranked("undated", 2.0, None), Ranked("old", 1.0, OLD.published)], None)
    assert [hit.key for hit in hits] == ["undated", "old"]
