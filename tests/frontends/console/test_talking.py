"""Small talk and orders in a terminal, which says where they are carried out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answers.events import Done
from bot.app import App
from bot.errors.requests import PaperUnknown
from bot.frontends.console.asking import CONSOLE, PLACE, Asking, Request, show, wait_for_answer
from tests.apps import sample_app
from tests.frontends.console.paper import make_paper_console, text_on


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with sample_app(tmp_path) as app:
        yield app


async def shown(app: App, line: str) -> str:
    console = make_paper_console()
    asking = Asking(assistant=app.assistant, conversation=app.conversations.start(PLACE, CONSOLE))
    await show(console, asking.ask(line))
    return " ".join(text_on(console).split())


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("thanks", "You're welcome!"),
        ("merci !", "Avec plaisir !"),
        (
            "save GPipe",
            "I can't save papers here. In Discord, send me “save GPipe: Efficient Training of Giant Neural Networks "
            "using Pipeline Parallelism”, or use /save.",
        ),
        (
            "follow diffusion models",
            "I can't notify you here. In Discord, send me “follow diffusion models”, or use /follow.",
        ),
        (
            "unfollow diffusion models",
            "Nothing is followed from here. In Discord, /follow does it, and /following lists it.",
        ),
        (
            "my saved papers",
            "There are no saved papers here. In Discord, /save keeps one, and /saved lists yours.",
        ),
        ("save it", "This refers to something earlier, but there's nothing before it. Name the paper or topic."),
    ],
)
async def test_it_is_said_and_nothing_is_searched(app: App, line: str, text: str) -> None:
    assert await shown(app, line) == text


async def test_a_greeting_tells_who_answers_and_what_to_try(app: App) -> None:
    text = await shown(app, "Hallo")
    assert text.startswith("Hallo! Ich bin paperbot")
    assert "• fasse DBConformer zusammen" in text
    assert "Searched" not in text


async def test_beside_an_answer_it_is_said_too(app: App) -> None:
    text = await shown(app, "summarise GPipe and save it")
    assert text.startswith("Summary (extracts)")
    assert "I can't save papers here. In Discord, send me “save GPipe" in text
    as_json = await wait_for_answer(Asking(assistant=app.assistant).ask("summarise GPipe and save it"))
    assert "I can't save papers here." in (as_json.notice or "")


async def test_two_orders_are_both_told(app: App) -> None:
    text = await shown(app, "save GPipe and follow it")
    assert "I can't save papers here." in text
    assert "I can't notify you here." in text


async def test_an_unknown_paper_is_an_error(app: App) -> None:
    with pytest.raises(PaperUnknown, match="a paper called “Pangu-Weather”"):
        await shown(app, "save Pangu-Weather")


async def test_small_talk_is_no_turn_of_the_conversation(app: App) -> None:
    conversation = app.conversations.start(PLACE, CONSOLE)
    asking = Asking(assistant=app.assistant, conversation=conversation)
    await wait_for_answer(asking.ask("what is GPipe?"))
    await wait_for_answer(asking.ask("thanks!"))
    turns, _ = await app.conversations.history(conversation)
    assert [turn.content for turn in turns if turn.role == "user"] == ["what is GPipe?"]


async def test_what_was_shown_is_meant(app: App) -> None:
    asking = Asking(assistant=app.assistant, conversation=app.conversations.start(PLACE, CONSOLE))
    await wait_for_answer(asking.ask("what is GPipe?"))
    request: Request = asking.ask("save it")
    events = [event async for event in request.events]
    assert isinstance(events[-1], Done)
    assert "send me “save GPipe" in (events[-1].answer.notice or "")
