"""Failed sentences are mended once, too long prompts sent again with less of the sources, all within one deadline."""

from pathlib import Path

import pytest

from bot.answers.answer import Kind
from bot.answers.events import SentenceReady
from bot.errors.services import ModelLate, ModelOverflow
from tests.answers.asking import FAILED_CHECKS, asked, assert_checked, assert_events_checked, events_of, with_model
from tests.apps import sample_app
from tests.fakes.model_behaviours import fails, mends, mends_when_told, never_mends, overflows, says, slow_first_token
from tests.fakes.model_manners import Dialect
from tests.fakes.model_prompts import sources_of, wants_mending
from tests.fakes.model_server import Behaviour, FakeModel, Json, Reply

QUESTION = "what is Stormer?"
MANY = "how do you forecast weather with a transformer?"
"""A question whose words stand in more than six papers."""

FIRST = "Stormer is a simple weather forecasting model [1]."
WRONG = "It beats existing methods at lead times longer than 99 days [1]."
RIGHT = "It beats existing methods at lead times longer than 7 days [1]."
LAST = "Its accuracy keeps growing with more training tokens [1]."


async def test_a_mended_sentence_stands_at_its_place(tmp_path: Path) -> None:
    async with FakeModel() as model:
        model.script(says(f"{FIRST} {WRONG} {LAST} Stormer is a kettle."), says(f"A: {RIGHT}"))
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            events = await events_of(app.assistant.ask(QUESTION))
    plain = [sentence.replace(" [1]", "") for sentence in (FIRST, RIGHT, LAST)]
    assert [statement.text for statement in events.done.statements] == plain
    assert events.sentences == [plain[0], plain[2], plain[1]], "what passed was shown before"
    assert events.done.kind is Kind.ANSWER
    assert events.done.notice == "1 sentence left out (no source named)."
    assert_events_checked(events)


async def test_the_correction_tells_the_failures_with_their_reasons_and_the_source(tmp_path: Path) -> None:
    async with FakeModel(says(f"{WRONG} Stormer is a kettle.")) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            await asked(app, QUESTION)
    first, second = (request["messages"][1]["content"] for request in model.answered)
    assert f"A: {WRONG} (the figure 99 is not in source 1)" in second
    assert "B: Stormer is a kettle. (it cites no source)" in second
    assert f"Asked for: {QUESTION}" in second
    assert first.partition("Title:")[2].partition("\n")[0] == second.partition("Title:")[2].partition("\n")[0]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("Stormer beats GraphCastNet and PanguNet [1].", "the names GraphCastNet and PanguNet are not in source 1"),
        ("Stormer needs 37 layers and 12 heads [1].", "the figures 37 and 12 are not in source 1"),
        ('Stormer "was never seen to fail at all" [1].', "“was never seen to fail at all” is not verbatim in source 1"),
        (
            "Stormer forecasts the weather at medium range with a simple transformer [2].",
            "source 1 says this, or source 2 doesn't",
        ),
    ],
)
async def test_the_correction_names_what_failed_and_gets_the_cited_source_and_its_rival(
    tmp_path: Path, wrong: str, reason: str
) -> None:
    async with FakeModel(says(wrong)) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            await asked(app, MANY)
    first, second = model.answered
    assert reason in second["messages"][1]["content"]
    assert len(sources_of(first)) == 6
    assert 1 in sources_of(second)
    assert 1 <= len(sources_of(second)) <= 2


@pytest.mark.slow
async def test_one_correction_makes_an_answer_of_a_model_that_mends(tmp_path: Path) -> None:
    async with FakeModel(mends_when_told) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            answer = await asked(app, MANY)
    assert answer.kind is Kind.ANSWER
    assert [wants_mending(request) for request in model.answered] == [False, True]
    assert_checked(answer)


@pytest.mark.slow
async def test_a_model_that_never_mends_is_asked_once(tmp_path: Path) -> None:
    async with FakeModel(never_mends) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            answer = await asked(app, MANY)
    assert answer.notice == FAILED_CHECKS
    assert [wants_mending(request) for request in model.answered] == [False, True]


async def test_an_answer_that_passes_is_not_corrected(tmp_path: Path) -> None:
    async with FakeModel() as model, sample_app(tmp_path, openai=with_model(model)) as app:
        await asked(app, MANY)
    assert len(model.answered) == 1


async def test_one_failure_among_many_sentences_is_dropped_without_another_call(tmp_path: Path) -> None:
    async with FakeModel(says(f"{FIRST} {RIGHT} {LAST} {WRONG}")) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            answer = await asked(app, QUESTION)
    assert len(answer.statements) == 3
    assert len(model.answered) == 1


@pytest.mark.parametrize(
    "correction",
    [
        fails(401),
        says("", finish_reason=None),
        says("hello"),
        says("Z: hello [1]."),
        says(f"A: {WRONG}"),
        says("A: [1]"),
    ],
    ids=["refused", "nothing", "no letter", "another letter", "as wrong as before", "no words"],
)
async def test_a_correction_that_fails_leaves_what_passed(tmp_path: Path, correction: Behaviour) -> None:
    async with FakeModel() as model:
        model.script(says(f"{FIRST} {WRONG}"), correction)
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            answer = await asked(app, QUESTION)
    assert [statement.text for statement in answer.statements] == [FIRST.replace(" [1]", "")]
    assert answer.kind is Kind.ANSWER
    assert answer.failure is None


async def test_a_sentence_is_not_said_twice(tmp_path: Path) -> None:
    async with FakeModel() as model:
        model.script(says(f"{FIRST} {FIRST} {WRONG}"), says(f"A: {FIRST}"))
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            events = await events_of(app.assistant.ask(QUESTION))
    assert events.sentences == [FIRST.replace(" [1]", "")]
    assert len(events.done.statements) == 1


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["string code", "integer code", "message alone", "empty stream"])
async def test_a_prompt_that_is_too_long_is_sent_again_with_fewer_tokens_of_sources(
    tmp_path: Path, dialect: Dialect
) -> None:
    async with FakeModel(overflows(dialect, chars=6_600)) as model:
        async with sample_app(tmp_path, openai=with_model(model)) as app:
            answer = await asked(app, MANY)
    *long, short = (sum(len(message["content"]) for message in request["messages"]) for request in model.answered)
    assert min(long) > 6_600 > short
    assert len(long) <= 2, "the long one once more without room for thinking, where the server names the reason"
    assert answer.kind is Kind.ANSWER
    assert answer.failure is None
    cited = {number for statement in answer.statements for number in statement.citations}
    assert cited >= {1, 2}, "of a context that was named, less is left for the sources"
    assert_checked(answer)


async def test_a_prompt_that_is_too_long_again_gives_extracts(tmp_path: Path) -> None:
    async with FakeModel(overflows("string code")) as model, sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await asked(app, MANY)
    assert type(answer.failure) is ModelOverflow
    assert answer.kind is Kind.EXTRACTS
    assert len(model.answered) == 4, "two lengths, each once more without room for thinking"


@pytest.mark.slow
async def test_the_deadline_holds_for_the_whole_answer(tmp_path: Path) -> None:
    async with FakeModel(slow_first_token(30)) as model:
        async with sample_app(tmp_path, openai=with_model(model, timeout_seconds=0.5)) as app:
            answer = await asked(app, QUESTION)
    assert type(answer.failure) is ModelLate
    assert answer.notice == "These sentences come word for word from abstracts because the model took too long."


async def test_nothing_is_corrected_when_too_little_time_is_left(tmp_path: Path) -> None:
    async with FakeModel(mends(says(WRONG))) as model:
        async with sample_app(tmp_path, openai=with_model(model, timeout_seconds=2.5)) as app:
            answer = await asked(app, QUESTION)
    assert answer.notice == FAILED_CHECKS
    assert len(model.answered) == 1


async def test_a_reader_who_leaves_ends_the_models_work(tmp_path: Path) -> None:
    def on_and_on(request: Json) -> Reply:
        return Reply((f"{FIRST} ", *("It goes on " for _ in range(500))), delay_s=0.02)

    async with FakeModel(on_and_on) as model, sample_app(tmp_path, openai=with_model(model)) as app:
        events = app.assistant.ask(QUESTION)
        async for event in events:
            if isinstance(event, SentenceReady):
                break
        await events.aclose()
        await model.left.wait()
        report = await app.usage.report(app.clock().date(), "purpose")
    assert {row.name for row in report} >= {"answer"}
