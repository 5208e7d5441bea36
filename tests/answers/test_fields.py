"""Questions about authors, venues and phrases, through the assistant."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answers.answer import Kind
from bot.answers.events import Done
from bot.answers.wording import nothing_found
from bot.app import App
from tests.apps import sample_app
from tests.factories import make_paper

HINTON = make_paper(
    title="Kettle Distillation", arxiv_id="2401.00001", authors=("Geoffrey Hinton",), venue="NeurIPS 2023"
)
OTHER = make_paper(title="Kettle Whistles", arxiv_id="2401.00002", authors=("Ada Lovelace",), categories=("cs.CL",))


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with sample_app(tmp_path, papers=[HINTON, OTHER]) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("kettle papers by Geoffrey Hinton", [HINTON]),
        ("author:lovelace kettle", [OTHER]),
        ("author:lovelace", [OTHER]),
        ("kettles in cs.CL", [OTHER]),
        ("kettle papers at NeurIPS 2023", [HINTON]),
        ('kettle "kettle whistles"', [OTHER, HINTON]),
        ("whistles improved by Kettles", [OTHER, HINTON]),
    ],
)
async def test_what_is_asked_for_is_what_is_found(app: App, question: str, expected: list[object]) -> None:
    assert list((await app.assistant.find(question, limit=5)).papers) == expected


async def test_an_author_whom_no_paper_has_is_said(app: App) -> None:
    found = await app.assistant.find("author:turing kettles", limit=5)
    assert found.papers == ()
    assert nothing_found(found) == "The store has no papers by Turing. Loosen a filter, or try different words."
    events = [event async for event in app.assistant.ask("author:turing kettles")]
    assert isinstance(events[-1], Done)
    assert events[-1].answer.kind is Kind.NOTHING
    assert events[-1].answer.notice == "The store has no papers by Turing."


async def test_words_that_stand_everywhere_are_told_apart_from_unknown_ones(app: App) -> None:
    assert "Name a topic" in nothing_found(await app.assistant.find("what is the", limit=5))
    assert "contains any of these words" in nothing_found(await app.assistant.find("samovars", limit=5))
