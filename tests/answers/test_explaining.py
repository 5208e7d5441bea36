"""Explanations of terms, for three kinds of readers."""

from pathlib import Path

import pytest

from bot.answers.answer import Kind, Task
from bot.answers.request import READERS, Level
from tests.answers.asking import answer_of, assert_checked, with_model
from tests.apps import sample_app
from tests.fakes.model_server import FakeModel, says

TERM = "spiking neural network"


@pytest.mark.slow
@pytest.mark.parametrize("level", Level)
async def test_the_prompt_tells_for_whom(tmp_path: Path, level: Level) -> None:
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_of(app.assistant.explain(TERM, level=level))
    [request] = model.answered
    system, user = (message["content"] for message in request["messages"])
    assert f"for this reader: {READERS[level]}" in system
    assert user.endswith(f"Term: {TERM}")
    assert (answer.kind, answer.task) == (Kind.ANSWER, Task.EXPLANATION)
    assert_checked(answer)


async def test_without_a_model_sentences_that_tell_what_it_is_are_quoted(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        answer = await answer_of(app.assistant.explain("SpikeGPT"))
    assert answer.kind is Kind.EXTRACTS
    assert answer.statements[0].text.startswith("SpikeGPT is a language model")
    assert_checked(answer)


@pytest.mark.parametrize("configured", [True, False])
async def test_a_term_that_no_paper_has_is_not_explained(tmp_path: Path, configured: bool) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path, openai=with_model(model) if configured else {}) as app:
            answer = await answer_of(app.assistant.explain("zorbification"))
    assert (answer.kind, answer.statements, answer.sources) == (Kind.NOTHING, (), ())
    assert answer.notice == "Nothing in the store is about this. Try words that a paper about it would use."
    assert model.answered == []


async def test_a_model_that_finds_no_explanation_gives_the_closest_papers(tmp_path: Path) -> None:
    async with FakeModel(says("INSUFFICIENT")) as model, sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_of(app.assistant.explain(TERM))
    assert answer.kind is Kind.CLOSEST
    assert answer.notice == "The abstracts don't answer this. These papers come closest."
    assert answer.sources
