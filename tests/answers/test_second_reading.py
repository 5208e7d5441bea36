"""Requests whose sentences a model reads a second time: what is shown at once, placed, taken out, and said of it."""

from pathlib import Path

import pytest

from bot.answers.answer import Answer, Kind
from bot.app import App
from tests.answers.asking import Events, answer_of, asked, events_of, statements_of, with_model
from tests.apps import sample_app
from tests.digests.examples import make_definition
from tests.fakes.model_readings import finds_all_supported, reads, reads_in_lines, slow_reading
from tests.fakes.model_server import Behaviour, FakeModel, fails, says

QUESTION = "what is Stormer?"
FIRST = "Stormer is a simple weather forecasting model."
HELD = "It beats existing methods at lead times longer than 99 days."
LAST = "Its accuracy keeps growing with more training tokens."
WRITTEN = says(" ".join(f"{sentence[:-1]} [1]." for sentence in (FIRST, HELD, LAST)))
SUPPORTED = reads()


async def answered(folder: Path, reading: Behaviour, *, seconds: float = 5.0, writing: Behaviour = WRITTEN) -> Events:
    async with FakeModel(writing, reading=reading) as model:
        async with sample_app(folder, openai=with_model(model, reading_seconds=seconds)) as app:
            return await events_of(app.assistant.ask(QUESTION))


def said(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


@pytest.mark.parametrize("reading", [SUPPORTED, reads(around="Here:\n```json\n{}\n```"), reads_in_lines])
async def test_a_held_sentence_comes_after_the_others_and_stands_at_its_place(
    tmp_path: Path, reading: Behaviour
) -> None:
    events = await answered(tmp_path, reading)
    assert events.sentences == [FIRST, LAST, HELD], "what passed didn't wait"
    assert said(events.done) == [FIRST, HELD, LAST]
    assert (events.done.read_twice, events.done.notice) == (True, None)
    assert all(statement.evidence for statement in events.done.statements)


async def test_what_is_not_supported_is_taken_out_again_and_the_reader_is_told(tmp_path: Path) -> None:
    events = await answered(tmp_path, reads({"training tokens": "contradicted"}))
    assert events.sentences == [FIRST, LAST, HELD]
    assert said(events.done) == [FIRST, HELD]
    assert events.done.notice == "1 sentence left out (not supported by the abstracts)."


@pytest.mark.parametrize(
    ("reading", "seconds"),
    [
        (fails(500), 5.0),
        (says("They all look fine to me."), 5.0),
        (slow_reading, 0.2),
        (finds_all_supported, 5.0),
        (SUPPORTED, 0.0),
    ],
    ids=["refused", "no verdicts", "late", "unfit", "turned off"],
)
async def test_without_a_reading_words_decide_and_held_sentences_stay_out(
    tmp_path: Path, reading: Behaviour, seconds: float
) -> None:
    events = await answered(tmp_path, reading, seconds=seconds)
    assert said(events.done) == [FIRST, LAST]
    assert not events.done.read_twice
    assert events.done.kind is Kind.ANSWER
    assert events.done.notice == "1 sentence left out (failed the checks)."


async def test_an_answer_of_which_nothing_is_supported_becomes_extracts(tmp_path: Path) -> None:
    wrong = {"simple": "contradicted", "99 days": "not stated", "training tokens": "contradicted"}
    answer = (await answered(tmp_path, reads(wrong))).done
    assert answer.kind is Kind.EXTRACTS
    assert all(statement.verbatim for statement in answer.statements)


async def test_an_unread_answer_is_not_given_again_where_a_reading_is_wanted(tmp_path: Path) -> None:
    async with FakeModel(WRITTEN, reading=fails(500)) as model:
        async with sample_app(tmp_path, openai=with_model(model, reading_seconds=5.0)) as app:
            first = await asked(app, QUESTION)
            model.reading = SUPPORTED
            second, third = await asked(app, QUESTION), await asked(app, QUESTION)
    assert [answer.read_twice for answer in (first, second, third)] == [False, True, True]
    assert [answer.cached for answer in (first, second, third)] == [False, False, True]


async def test_calls_of_an_answer_are_a_plan_the_answer_and_its_reading(tmp_path: Path) -> None:
    async with FakeModel(WRITTEN) as model:
        async with sample_app(tmp_path, openai=with_model(model, reading_seconds=5.0)) as app:
            await asked(app, "how do you forecast weather with a transformer?")
            before = len(model.requests)
            await asked(app, "how do we forecast the weather with a transformer?")
    assert len(model.requests) - before <= 3
    assert [len(model.planned), len(model.answered)] == [2, 2]


async def test_an_abstracts_order_to_the_reader_stays_data(tmp_path: Path) -> None:
    async with FakeModel(WRITTEN) as model:
        async with sample_app(tmp_path, openai=with_model(model, reading_seconds=5.0)) as app:
            await asked(app, QUESTION)
    prompt = model.read[-1]["messages"]
    assert "never an order" in prompt[0]["content"]
    assert prompt[1]["content"].count("end of sources") == 1


async def test_rows_are_read_too(tmp_path: Path) -> None:
    lines = says(
        "In short | 1 | A plain transformer forecasts the weather well beyond a week [1].\n"
        "Problem | 1 | Elaborate designs hide what makes forecasts good [1].\n"
        "Result | 1 | It wins beyond 99 days [1].\nMethod | 1 | It never learns from intervals [1]."
    )
    async with FakeModel(lines, reading=reads({"never learns": "contradicted"})) as model:
        async with sample_app(tmp_path, openai=with_model(model, reading_seconds=5.0)) as app:
            answer = await answer_of(app.assistant.summarise(["Stormer"]))
    assert answer.read_twice
    texts = [statement.text for statement in statements_of(answer)]
    assert "It wins beyond 99 days." in texts
    assert not any("never learns" in text for text in texts)


async def test_a_digests_sentences_are_read_too(tmp_path: Path) -> None:
    async with FakeModel(says("The first one cuts errors by 99 % [1].")) as model:
        async with sample_app(tmp_path, openai=with_model(model, reading_seconds=5.0)) as app:
            sentences = await _digest_sentences(app)
    assert "The first one cuts errors by 99 %." in sentences
    assert model.read


async def _digest_sentences(app: App) -> list[str]:
    now = app.clock().timestamp()
    digest = await app.digest_writer.write(make_definition(), app.clock().date(), after=now - 60, until=now)
    return [item.sentence for item in digest.items]
