"""Answers in a terminal."""

import io
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot.assistant.answer import Answer, Kind
from bot.frontends import console as terminal
from bot.search.filters import Filters
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper


def shown(answer: Answer) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(terminal.render_answer(answer))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def make_answer(wording: str | None) -> Answer:
    return Answer(
        question="and?",
        kind=Kind.NOTHING,
        statements=(),
        sources=(),
        searched=3,
        span=None,
        wording=wording,
        notice="No.",
    )


def test_another_wording_stands_below_the_heading() -> None:
    assert shown(make_answer("What is KettleNet?")).startswith("No answer\nSearched for: What is KettleNet?\n\nNo.\n")
    assert "Searched for" not in shown(make_answer(None))


def test_a_long_wording_is_cut() -> None:
    text = " ".join(shown(make_answer("kettle " * 90)).split())
    assert "kettle… No." in text
    assert len(text) < 400


@pytest.fixture
def auckland(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put this machine on UTC+13."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "<+13>-13")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("auckland")
async def test_today_is_that_of_the_machine(tmp_path: Path) -> None:
    papers = [
        make_paper(title="Kettles of Saturday", arxiv_id="2401.00001", published=date(2024, 1, 6)),
        make_paper(title="Kettles of Sunday", arxiv_id="2401.00002", published=date(2024, 1, 7)),
    ]
    console = Console(file=io.StringIO())
    titles = []
    clock = FakeClock(datetime(2024, 1, 6, 10, 59, tzinfo=UTC))
    async with sample_app(tmp_path, papers=papers, clock=clock) as app:
        for _ in range(2):
            answer = await terminal.ask(console, app.assistant, "which kettles came out today?", filters=Filters())
            titles.append([source.paper.title for source in answer.sources])
            clock.move(minutes=2)
    assert titles == [["Kettles of Saturday"], ["Kettles of Sunday"]]
