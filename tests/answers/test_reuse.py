"""Answers that are given again to equal requests, and when they are not."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.answer import Answer, Kind
from bot.answers.events import Done, SentenceReady, SourcesFound
from bot.answers.llm.prompts import prompts_folder
from bot.answers.request import Level, RequestContext
from bot.models import Paper
from bot.sources.files import read_sample
from tests.answers.asking import ANN, BEN, answer_of, asked, assert_checked, events_of, with_model
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.fakes.model_behaviours import dropped_mid_stream, says, wrong_figure
from tests.fakes.model_server import Behaviour, FakeModel

QUESTION = "what is Stormer?"


def stormer() -> Paper:
    return next(paper for paper in read_sample() if "Stormer" in paper.abstract)


def without_id(answer: Answer) -> Answer:
    return replace(answer, id=None, cached=False)


async def test_an_equal_question_is_answered_without_the_model_also_for_others(tmp_path: Path) -> None:
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        first = await asked(app, QUESTION, requester=ANN)
        second = await events_of(app.assistant.ask(QUESTION, context=RequestContext(requester=BEN)))
    assert len(model.answered) == 1
    assert (first.cached, second.done.cached) == (False, True)
    assert without_id(second.done) == without_id(first)
    assert first.id != second.done.id, "each has its own turn and its own evidence"
    assert [type(event) for event in second[1:]] == [SourcesFound, *[SentenceReady] * len(first.statements), Done]
    assert_checked(second.done)


async def test_what_is_given_again_tells_the_askers_own_words(tmp_path: Path) -> None:
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        await asked(app, QUESTION)
        again = await asked(app, f"  {QUESTION}  ")
        other = await asked(app, "what is Stormer then?")
    assert (again.cached, again.question) == (True, QUESTION)
    assert not other.cached
    assert len(model.answered) == 2


@pytest.mark.slow
async def test_summaries_comparisons_and_explanations_are_given_again_too(tmp_path: Path) -> None:
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:

        async def all_of_them() -> list[Answer]:
            return [
                await answer_of(app.assistant.summarise(["Quantized Spike-driven Transformer"])),
                await answer_of(app.assistant.summarise(["spiking transformers"])),
                await answer_of(app.assistant.compare(["DBConformer", "ClST"], aspects=["energy use"])),
                await answer_of(app.assistant.explain("spiking neural network", level=Level.NEWCOMER)),
            ]

        first = await all_of_them()
        calls = len(model.answered)
        second = await all_of_them()
        assert len(model.answered) == calls
        expert = await answer_of(app.assistant.explain("spiking neural network", level=Level.EXPERT))
        others = await answer_of(app.assistant.compare(["DBConformer", "ClST"], aspects=["channels"]))
    assert [answer.cached for answer in second] == [True] * 4
    assert [without_id(answer) for answer in second] == [without_id(answer) for answer in first]
    assert (expert.cached, others.cached) == (False, False)


@pytest.mark.parametrize(
    "change", [{"abstract": "Stormer is a simple model."}, {"code_url": "https://example.org/new"}]
)
async def test_a_source_that_changed_asks_for_a_new_answer(tmp_path: Path, change: dict[str, str]) -> None:
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        await asked(app, QUESTION)
        await app.papers.upsert([replace(stormer(), **change)], now=app.clock().timestamp() + 1)  # type: ignore[arg-type]
        again = await asked(app, QUESTION)
    assert not again.cached
    assert len(model.answered) == 2
    assert_checked(again)


async def test_a_fresh_answer_is_asked_for(tmp_path: Path) -> None:
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        await asked(app, QUESTION)
        fresh = await asked(app, QUESTION, fresh=True)
        after = await asked(app, QUESTION)
    assert (fresh.cached, after.cached) == (False, True)
    assert len(model.answered) == 2


@pytest.mark.slow
async def test_another_model_or_other_prompts_write_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = tmp_path / "prompts"
    changed.mkdir()
    for path in prompts_folder().glob("*.md"):
        (changed / path.name).write_text(path.read_text("utf-8") + "\nBe brief.\n", "utf-8")
    async with FakeModel() as model:
        for settings in (with_model(model), with_model(model, model="another")):
            async with sample_app(tmp_path, openai=settings) as app:
                assert not (await asked(app, QUESTION)).cached
        monkeypatch.setattr("bot.app.prompts_folder", lambda: changed)
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            assert not (await asked(app, QUESTION)).cached
            assert (await asked(app, QUESTION)).cached
    assert len(model.answered) == 3


async def test_a_restart_keeps_them_and_a_week_is_their_time(tmp_path: Path) -> None:
    clock = FakeClock()
    async with FakeModel() as model:
        async with sample_app(tmp_path, clock=clock, openai=with_model(model)) as app:
            await asked(app, QUESTION)
        clock.move(days=6.9)
        async with sample_app(tmp_path, clock=clock, openai=with_model(model)) as app:
            assert (await asked(app, QUESTION)).cached
            clock.move(days=0.2)
            assert not (await asked(app, QUESTION)).cached


@pytest.mark.parametrize(
    "behaviour",
    [dropped_mid_stream, wrong_figure, says("INSUFFICIENT")],
    ids=["broken off", "wrong", "nothing in the sources"],
)
async def test_what_is_no_whole_answer_is_not_given_again(tmp_path: Path, behaviour: Behaviour) -> None:
    async with FakeModel(behaviour) as model, sample_app(tmp_path, openai=with_model(model)) as app:
        await asked(app, QUESTION)
        before = len(model.answered)
        assert not (await asked(app, QUESTION)).cached
    assert len(model.answered) > before


async def test_extracts_without_a_model_are_not_given_for_answers(tmp_path: Path) -> None:
    async with FakeModel() as model:
        async with sample_app(tmp_path) as app:
            await asked(app, QUESTION)
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            answer = await asked(app, QUESTION)
    assert (answer.kind, answer.cached) == (Kind.ANSWER, False)
