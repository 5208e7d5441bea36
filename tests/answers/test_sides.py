"""Comparisons through the assistant: an unknown side is named, the other one is shown, and settings are kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.answers.again import ask_again
from bot.answers.answer import Answer, Kind, Task
from bot.answers.request import RequestContext
from bot.app import App
from tests.answers.asking import ANN, answer_of, asked, assert_checked, with_model, within
from tests.apps import sample_app
from tests.factories import make_paper
from tests.fakes.model_server import FakeModel, says

STORMER = "Scaling transformer neural networks for skillful and reliable medium-range weather forecasting"
MISSING = "No paper in the store is about “Pangu-Weather”."


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with sample_app(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "Stormer vs Pangu-Weather accuracy",
        "is Stormer better than Pangu-Weather?",
        "what is the difference between Stormer and Pangu-Weather?",
        "Unterschied zwischen Stormer und Pangu-Weather",
        "quelle est la différence entre Stormer et Pangu-Weather ?",
    ],
)
async def test_an_unknown_side_is_named_and_the_other_one_shown(app: App, question: str) -> None:
    answer = await asked(app, question)
    assert_checked(answer)
    assert answer.kind is Kind.EXTRACTS
    assert (answer.notice or "").startswith(MISSING)
    assert [source.paper.title for source in answer.sources] == [STORMER]


async def test_a_model_tells_of_the_known_side_and_the_unknown_one_is_named(tmp_path: Path) -> None:
    async with FakeModel(says("Stormer is a simple weather forecasting model [1].")) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            answer = await asked(app, "Stormer vs Pangu-Weather accuracy")
    assert answer.kind is Kind.ANSWER
    assert answer.notice == MISSING


@pytest.mark.parametrize("message", ["compare Stormer and Pangu-Weather", "vergleiche Stormer mit Pangu-Weather"])
async def test_an_order_shows_a_sentence_of_the_known_side(app: App, message: str) -> None:
    answer = await asked(app, message)
    assert_checked(answer)
    assert (answer.kind, answer.task, answer.notice) == (Kind.CLOSEST, Task.COMPARISON, MISSING)
    assert [statement.citations for statement in answer.statements] == [(1,)]
    assert "Stormer" in answer.statements[0].text


async def test_two_known_sides_of_three_are_compared(app: App) -> None:
    answer = await answer_of(app.assistant.compare(["Stormer", "SpikeGPT", "Pangu-Weather"]))
    assert_checked(answer)
    assert answer.kind is Kind.EXTRACTS
    assert [column.name for column in answer.columns] == ["Stormer", "SpikeGPT"]
    assert (answer.notice or "").startswith(MISSING)


async def test_where_all_are_unknown_both_are_named(app: App) -> None:
    answer = await asked(app, "FoobarNet vs Zorb-9000")
    assert answer.statements == ()
    assert "“FoobarNet” or “Zorb-9000”" in (answer.notice or "")


def _papers() -> list[tuple[str, str]]:
    return [
        ("Graph Networks for Page Layout", "We use graph networks for document layout analysis of scanned pages."),
        ("Graph Networks for Molecules", "Graph networks predict properties of molecules. Graph networks are fast."),
        ("Transformers for Page Layout", "A transformer for document layout analysis reads pages as patches."),
        ("Transformers for Translation", "A transformer translates text. The transformer is trained on pairs."),
    ]


@pytest.fixture
async def layouts(tmp_path: Path) -> AsyncIterator[App]:
    papers = [
        make_paper(title=title, abstract=abstract, arxiv_id=f"2401.0000{number}")
        for number, (title, abstract) in enumerate(_papers(), start=1)
    ]
    async with sample_app(tmp_path, papers=papers) as opened:
        yield opened


async def _assert_of_layouts(app: App, answer: Answer) -> None:
    assert_checked(answer)
    assert answer.task is Task.COMPARISON
    first = [answer.sources[column.numbers[0] - 1].paper.title for column in answer.columns]
    assert first == ["Graph Networks for Page Layout", "Transformers for Page Layout"]


async def test_what_the_last_side_is_for_is_for_all(layouts: App) -> None:
    sides = ["graph networks", "transformer for document layout analysis"]
    answer = await answer_of(layouts.assistant.compare(sides))
    await _assert_of_layouts(layouts, answer)
    again = ask_again(layouts.assistant, answer, history=(), context=RequestContext())
    await _assert_of_layouts(layouts, await answer_of(again))


@pytest.mark.parametrize(
    "message",
    [
        "compare graph networks and transformers for document layout analysis",
        "vergleiche graph networks und transformers für document layout analysis",
        "compare graph networks et transformers pour document layout analysis",
    ],
)
async def test_an_order_keeps_what_is_compared_for(layouts: App, message: str) -> None:
    await _assert_of_layouts(layouts, await asked(layouts, message))


async def test_one_study_of_both_sides_is_told_of_in_prose(tmp_path: Path) -> None:
    study = make_paper(
        title="A Comparative Study of Graph and Transformer Models",
        abstract="We compare graph models with transformer models for document layout analysis. Graph models win.",
    )
    async with sample_app(tmp_path, papers=[study]) as app:
        answer = await asked(app, "compare graph models and transformer models for document layout analysis")
    assert answer.task is Task.ANSWER
    assert [source.paper.title for source in answer.sources] == [study.title]


async def test_a_second_order_is_told_as_not_done(app: App) -> None:
    answer = await asked(app, "summarise GPipe and compare it with SpikeGPT")
    assert answer.task is Task.SUMMARY
    assert (answer.notice or "").endswith("I do one thing at a time. Not done yet: “compare it with SpikeGPT”.")


async def test_orders_point_back_in_three_languages(app: App) -> None:
    for message in ("summarise it", "fasse es zusammen", "résume cet article"):
        conversation = app.conversations.start("console", ANN)
        await answer_of(app.assistant.ask("what is Stormer?", context=within(conversation)))
        answer = await answer_of(app.assistant.ask(message, context=within(conversation)))
        assert (answer.task, answer.columns[0].name) == (Task.SUMMARY, STORMER)


async def test_a_german_topic_that_no_abstract_has_is_asked_for_in_english(app: App) -> None:
    answer = await asked(app, "erkläre Diffusionsmodelle")
    assert answer.notice == (
        "No abstract contains these words. Abstracts are in English: ask in English, or name the paper."
    )
