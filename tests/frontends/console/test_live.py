"""Answers while they are written."""

import io
import time
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot.answers.answer import Statement, Task
from bot.answers.events import Done, Event, RowReady, SentenceReady
from bot.frontends.console.asking import Asking, Request, follow, show
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper
from tests.frontends.console.answers import METHOD, make_answer, make_comparison
from tests.frontends.console.paper import make_paper_console, text_on


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
            answer = await show(console, Asking(assistant=app.assistant).ask("which kettles came out today?"))
            titles.append([source.paper.title for source in answer.sources])
            clock.move(minutes=2)
    assert titles == [["Kettles of Saturday"], ["Kettles of Sunday"]]


async def replayed(*events: Event) -> AsyncGenerator[Event]:
    for event in events:
        yield event


async def test_rows_are_shown_as_they_come() -> None:
    console = make_paper_console(terminal=True)
    answer = make_comparison(2)
    await follow(
        console, Request(Task.COMPARISON, replayed(RowReady(answer.rows[0], answer.columns), Done(make_answer())))
    )
    assert "A network of 12 layers" in text_on(console)
    assert "91.5%" not in text_on(console)


async def test_the_end_of_a_long_answer_stays_in_sight() -> None:
    console = make_paper_console(terminal=True, height=5)
    sentences = [Statement(f"Sentence {number}.", (1,), "\n") for number in range(1, 21)]
    await follow(
        console, Request(Task.ANSWER, replayed(*map(SentenceReady, sentences), Done(make_answer(statements=()))))
    )
    assert "Sentence 20" in text_on(console)


async def test_a_pipe_gets_the_finished_answer_alone() -> None:
    console = make_paper_console()
    await show(console, Request(Task.ANSWER, replayed(SentenceReady(METHOD), Done(make_answer()))))
    assert text_on(console).count("A network of 12 layers") == 1
    assert "\x1b" not in text_on(console)
