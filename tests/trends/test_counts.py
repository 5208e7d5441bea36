"""Counting a topic's papers over time."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors.operation import StoreEmpty
from bot.errors.requests import TopicsWrong
from bot.models import Paper
from bot.trends.counts import Span, Trend, Unit
from tests.apps import sample_app
from tests.factories import make_paper

TODAY = date(2026, 11, 25)  # a Wednesday


def dated(*days: date | None, title: str = "Red Kettles", start: int = 1) -> list[Paper]:
    return [
        make_paper(title=f"{title} {number}", abstract="We boil.", arxiv_id=f"2401.{number:05}", published=day)
        for number, day in enumerate(days, start=start)
    ]


async def trend(folder: Path, text: str, papers: Sequence[Paper], *, span: Span = "all") -> Trend:
    async with sample_app(folder, papers=papers) as app:
        return await app.trends.of(text, span=span, today=TODAY)


async def test_papers_count_that_have_every_word_in_title_or_abstract(tmp_path: Path) -> None:
    papers = [
        *dated(date(2026, 11, 23)),
        make_paper(title="A Kettle", abstract="It is redder than others.", arxiv_id="2401.00002", published=TODAY),
        make_paper(title="Pots", abstract="A red kettle was here.", arxiv_id="2401.00003", published=TODAY),
        make_paper(title="Kettles", abstract="Blue ones.", arxiv_id="2401.00004", published=TODAY),
    ]
    found = await trend(tmp_path, "red kettles", papers)
    assert [(topic.topic, topic.total) for topic in found.topics] == [("red kettles", 2)]
    assert found.held == 4


@pytest.mark.parametrize(
    ("span", "first", "unit", "parts"),
    [
        ("quarter", date(2026, 8, 24), Unit.WEEK, 14),
        ("year", date(2025, 11, 1), Unit.MONTH, 13),
        ("5 years", date(2021, 11, 1), Unit.MONTH, 61),
        ("all", date(2019, 1, 1), Unit.YEAR, 8),
    ],
)
async def test_a_span_is_counted_by_what_suits_it(
    tmp_path: Path, span: Span, first: date, unit: Unit, parts: int
) -> None:
    papers = dated(date(2019, 6, 1), date(2026, 11, 2), date(2026, 11, 24), date(2027, 1, 1), None)
    found = await trend(tmp_path, "kettles", papers, span=span)
    assert (found.starts[0], found.unit, len(found.starts)) == (first, unit, parts)
    [topic] = found.topics
    assert topic.total == (3 if span == "all" else 2)
    assert topic.elsewhen == (1 if span == "all" else 2)  # what is dated in the future counts in no span
    assert topic.undated == 1
    assert found.unfinished


async def test_a_young_store_is_shown_by_week_over_some_weeks(tmp_path: Path) -> None:
    found = await trend(tmp_path, "kettles", dated(TODAY, TODAY))
    assert found.unit is Unit.WEEK
    assert len(found.starts) == 9
    assert found.topics[0].counts == (0,) * 8 + (2,)


async def test_topics_with_vs_between_them_are_counted_beside_each_other(tmp_path: Path) -> None:
    papers = [*dated(TODAY), *dated(TODAY, TODAY, title="Blue Pots", start=10)]
    found = await trend(tmp_path, "Kettles VS. pots versus  samovar; kettle", papers)
    assert [(topic.topic, topic.total) for topic in found.topics] == [("Kettles", 1), ("pots", 2), ("samovar", 0)]


@pytest.mark.parametrize("text", ["", "the", "kettles vs the", "red vs blue vs pink vs grey vs teal"])
async def test_what_cannot_be_counted_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(TopicsWrong, match="up to 4 topics"):
        await trend(tmp_path, text, dated(TODAY))


async def test_an_empty_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreEmpty):
        await trend(tmp_path, "kettles", [])


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(Unit))
def test_each_day_lies_in_just_one_part(day: date, unit: Unit) -> None:
    start = unit.start(day)
    assert start <= day < unit.next(start)
    assert unit.start(start) == start
    assert unit.start(unit.next(start)) == unit.next(start)
