"""Days of publication as hard filters."""

from datetime import date

import pytest

from bot.search.engine.index import Bm25Index
from bot.search.query.filters import SOLO, SURVEY, Filters, is_survey
from bot.search.text.tokens import tokenize
from bot.store.protocol import Bound
from tests.factories import make_paper, make_papers

DAY = date(2024, 1, 5)


@pytest.mark.parametrize(
    ("after", "before", "allowed"),
    [
        (None, None, True),
        (DAY, None, True),
        (None, DAY, True),
        (DAY, DAY, True),
        (date(2024, 1, 6), None, False),
        (None, date(2024, 1, 4), False),
        (date(2024, 1, 1), date(2024, 1, 31), True),
        (date(2024, 2, 1), date(2024, 1, 1), False),
    ],
)
def test_both_ends_are_included(after: date | None, before: date | None, allowed: bool) -> None:
    assert Filters(after=after, before=before).allow(make_paper(published=DAY)) is allowed


def test_a_paper_without_a_day_passes_only_when_none_is_asked_for() -> None:
    paper = make_paper(published=None)
    assert Filters().allow(paper)
    assert not Filters(after=date(1900, 1, 1)).allow(paper)
    assert not Filters(before=date(2100, 1, 1)).allow(paper)


def test_a_paper_must_have_every_field_that_is_asked_for() -> None:
    paper = make_paper(published=DAY, authors=("Geoffrey Hinton",), categories=("cs.CL",))
    assert Filters(fields=("author:hinton", "category:cs")).allow(paper)
    assert not Filters(fields=("author:hinton", "category:math")).allow(paper)
    assert not Filters(fields=("author:hinton",), after=date(2030, 1, 1)).allow(paper)


def test_filters_narrow_each_other_and_say_what_they_are() -> None:
    one = Filters(fields=("author:geoffrey hinton",), after=date(2023, 12, 1), before=date(2023, 12, 31))
    both = one.narrowed_by(Filters(fields=("code:yes", "author:geoffrey hinton"), after=date(2023, 12, 24)))
    assert both == Filters(
        fields=("author:geoffrey hinton", "code:yes"), after=date(2023, 12, 24), before=date(2023, 12, 31)
    )
    assert str(both) == "by Geoffrey Hinton with code from 24 Dec 2023 to 31 Dec 2023"
    assert str(Filters()) == ""
    assert str(Filters(before=DAY)) == "up to 5 Jan 2024"


def test_papers_can_be_chosen_from_among_a_few_alone() -> None:
    kettles, pots = make_papers("Kettles", "Pots")
    among = Filters(keys=frozenset({kettles.key}))
    assert among.allow(kettles)
    assert not among.allow(pots)
    assert among.narrowed_by(Filters()) == Filters().narrowed_by(among) == among
    assert among.narrowed_by(Filters(keys=frozenset({pots.key}))).keys == frozenset()
    index = Bm25Index([kettles, pots])
    terms = tokenize("kettles")
    assert [match.key for match in index.search(terms, limit=9, filters=among)] == [kettles.key]
    assert index.search(terms, limit=9, filters=Filters(keys=frozenset())) == []


@pytest.mark.parametrize(
    ("title", "abstract", "surveys"),
    [
        ("A Survey of Kettles", "", True),
        ("Kettles: A Comprehensive Review", "", True),
        ("An Overview of Kettles", "", True),
        ("Kettles at Rest", "In this survey, we collect kettles.", True),
        ("Kettles at Rest", "We provide a comprehensive overview of kettles.", True),
        ("Survey Data on Kettles", "We ask people about kettles.", False),
        ("Classifying Product Reviews", "We collect reviews of kettles.", False),
    ],
)
def test_a_survey_says_that_it_is_one(title: str, abstract: str, surveys: bool) -> None:
    assert is_survey(make_paper(title=title, abstract=abstract)) is surveys


def test_bounds_are_said_in_words() -> None:
    filters = Filters(fields=(SURVEY,), bounds=(SOLO, Bound("upvotes", least=1_000)))
    assert str(filters) == "classed as survey by a single author with at least 1,000 upvotes"
    assert str(Filters(bounds=(Bound("comments", 2, 2),))) == "with exactly 2 comments"
    assert str(Filters(bounds=(Bound("author_count", most=1),))) == "with at most 1 author"
    assert filters.allow(make_paper(title="A Survey", author_count=1, upvotes=1_000))
    assert not filters.allow(make_paper(title="A Survey", author_count=1, upvotes=999))
