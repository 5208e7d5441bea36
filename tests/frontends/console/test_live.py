"""Answers while they are written."""

import io
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot.frontends.console.asking import Asking
from bot.frontends.console.live import show
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper


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
