"""What makes two requests equal."""

from datetime import date
from typing import Any

import pytest

from bot.answers.answer import Task
from bot.answers.history.archive import cache_key
from tests.factories import make_paper, make_papers

PAPERS = make_papers("Kettles", "Pots")


def key(**changes: Any) -> str:
    facts: dict[str, Any] = {
        "prompts_hash": "abc",
        "model": "small",
        "task": Task.ANSWER,
        "request": "which vessel whistles?",
        "options": {"level": "expert", "today": date(2024, 1, 6)},
        "papers": PAPERS,
    }
    return cache_key(**{**facts, **changes})


def test_equal_requests_have_the_same_key() -> None:
    assert key() == key(options={"today": date(2024, 1, 6), "level": "expert"}, papers=make_papers("Kettles", "Pots"))
    assert len(key()) == 64


@pytest.mark.parametrize(
    "changes",
    [
        {"prompts_hash": "abd"},
        {"model": "large"},
        {"task": Task.EXPLANATION},
        {"request": "which vessel hums?"},
        {"options": {"level": "expert", "today": date(2024, 1, 7)}},
        {"options": {}},
        {"papers": PAPERS[:1]},
        {"papers": PAPERS[::-1]},
        {"papers": ()},
    ],
    ids=repr,
)
def test_whatever_an_answer_depends_on_gives_another_key(changes: dict[str, Any]) -> None:
    assert key(**changes) != key()


@pytest.mark.parametrize(
    "changes",
    [
        {"abstract": "Kettles hum."},
        {"title": "Kettles!"},
        {"code_url": "https://example.org/kettles"},
        {"version": 2},
        {"arxiv_id": "2401.00009"},
        {"published": None},
    ],
    ids=repr,
)
def test_a_source_that_changes_gives_another_key(changes: dict[str, Any]) -> None:
    assert key(papers=[make_paper(**changes)]) != key(papers=[make_paper()])


def test_what_no_answer_shows_may_change() -> None:
    assert key(papers=[make_paper(upvotes=7, comments=1)]) == key(papers=[make_paper()])
