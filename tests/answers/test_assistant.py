"""Questions through the whole core, with a loopback model server and a real store."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import Answer, Kind
from bot.answers.events import Done, Searching, SentenceReady, SourcesFound
from bot.answers.request import RequestContext
from bot.app import App
from bot.errors.operation import StoreEmpty
from bot.errors.requests import QuestionEmpty, QuestionTooLong
from bot.errors.services import (
    ModelBusy,
    ModelDown,
    ModelError,
    ModelInterrupted,
    ModelLate,
    ModelMissing,
    ModelPage,
    ModelRefused,
    ModelSilent,
    ModelUnauthorised,
)
from bot.search.query.filters import Filters
from bot.sources.files import read_sample
from tests.apps import sample_app
from tests.fakes.model_server import Behaviour, FakeModel, Reply, fails, half, refuses_options, says

QUESTION = "what is Stormer?"
MANY = "how do you forecast weather with a transformer?"
"""A question whose words stand in more than six papers."""
KEY = "fake-key"


@pytest.fixture
async def model() -> AsyncIterator[FakeModel]:
    async with FakeModel(key=KEY) as server:
        yield server


def with_model(model: FakeModel, **more: Any) -> dict[str, Any]:
    return {
        "base_url": model.base_url,
        "api_key": KEY,
        "model": "test-model",
        "timeout_seconds": 5.0,
        "reading_seconds": 0,
        **more,
    }


async def answer_to(app: App, question: str, filters: Filters = Filters()) -> Answer:
    events = [event async for event in app.assistant.ask(question, context=RequestContext(filters=filters))]
    assert isinstance(events[-1], Done)
    return events[-1].answer


async def test_without_a_model_the_answer_is_verbatim_sentences_and_says_why(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        answer = await answer_to(app, QUESTION)
    abstracts = {source.number: source.paper.abstract for source in answer.sources}
    assert answer.kind is Kind.EXTRACTS
    assert answer.notice == "These sentences come word for word from abstracts because no model is set up."
    assert "Stormer" in answer.statements[0].text
    for statement in answer.statements:
        assert statement.text in abstracts[statement.citations[0]]


@pytest.mark.slow
async def test_a_faithful_model_streams_checked_sentences_with_sources_from_the_store(
    tmp_path: Path, model: FakeModel
) -> None:
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        events = [event async for event in app.assistant.ask(MANY)]
    assert [type(event) for event in events[:2]] == [Searching, SourcesFound]
    assert all(isinstance(event, SentenceReady) for event in events[2:-1])
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert answer.kind is Kind.ANSWER
    assert [statement.citations for statement in answer.statements] == [(n,) for n in range(1, 7)]
    assert {source.paper.title for source in answer.sources} <= {paper.title for paper in read_sample()}
    assert answer.model == "test-model"
    assert answer.notice is None


@pytest.mark.slow
async def test_the_prompt_holds_the_sources_the_question_and_no_key(tmp_path: Path, model: FakeModel) -> None:
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        await answer_to(app, MANY)
    [request] = model.answered
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert request["messages"][1]["content"].rstrip().endswith(f"Question: {MANY}")
    assert "Valid numbers: [1], [2], [3], [4], [5], [6]." in request["messages"][1]["content"]
    assert KEY not in str(request)
    assert len(str(request["messages"])) / 3 <= 4000


@pytest.mark.parametrize(
    "text",
    [
        "Stormer forecasts 97 days ahead [1].",
        "Stormer is a weather model.",
        "Stormer is a weather model [9].",
        "Stormer beats GraphCastNet [1].",
        'The authors write that "nothing like this was ever done" [1].',
    ],
    ids=["wrong figure", "uncited", "no such source", "foreign name", "altered quote"],
)
async def test_a_sentence_that_fails_its_checks_is_never_shown(tmp_path: Path, model: FakeModel, text: str) -> None:
    model.behaviour = says(text)
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        events = [event async for event in app.assistant.ask(QUESTION)]
    assert not any(isinstance(event, SentenceReady) for event in events)
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert answer.kind is Kind.EXTRACTS
    assert answer.notice is not None
    assert answer.notice.endswith("what the model wrote failed the checks.")


async def test_good_sentences_stay_when_a_bad_one_is_dropped(tmp_path: Path, model: FakeModel) -> None:
    model.behaviour = says("Stormer forecasts the weather [1]. It needs 12345 GPUs [1]. Its code is public [1].")
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_to(app, QUESTION)
    assert [statement.text for statement in answer.statements] == [
        "Stormer forecasts the weather.",
        "Its code is public.",
    ]


async def test_citations_are_numbered_in_the_order_of_their_appearance(tmp_path: Path, model: FakeModel) -> None:
    question = "how does Stormer forecast weather with a transformer, and do others?"
    model.behaviour = says("It uses a transformer [3]. So does this one [1][3].")
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        found = await app.assistant.find(question, limit=3)
        answer = await answer_to(app, question)
    assert [statement.citations for statement in answer.statements] == [(1,), (2, 1)]
    assert [source.paper for source in answer.sources] == [found.papers[2], found.papers[0]]


async def test_links_and_pings_of_a_model_are_deleted(tmp_path: Path, model: FakeModel) -> None:
    model.behaviour = says("Stormer forecasts weather, see [this](https://evil.example/x) @everyone <@1> [1].")
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_to(app, QUESTION)
    text = answer.statements[0].text
    assert "evil" not in text
    assert "@" not in text
    assert "<" not in text


async def test_a_model_that_says_insufficient_gives_the_closest_papers(tmp_path: Path, model: FakeModel) -> None:
    model.behaviour = says("INSUFFICIENT")
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_to(app, "what learning rate did they train SpikeGPT with?")
    assert answer.kind is Kind.CLOSEST
    assert answer.statements == ()
    assert "SpikeGPT" in answer.sources[0].paper.title


async def test_thinking_aloud_is_not_shown(tmp_path: Path, model: FakeModel) -> None:
    model.behaviour = says("<think>Stormer is about weather [1].</think>Stormer forecasts the weather [1].")
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_to(app, QUESTION)
    assert [statement.text for statement in answer.statements] == ["Stormer forecasts the weather."]


async def test_a_server_that_refuses_optional_parameters_is_asked_without_them(
    tmp_path: Path, model: FakeModel
) -> None:
    model.behaviour = refuses_options
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_to(app, QUESTION)
    assert answer.kind is Kind.ANSWER


FAILURES: list[tuple[str, Behaviour, type[ModelError]]] = [
    ("401", fails(401), ModelUnauthorised),
    ("403", fails(403), ModelUnauthorised),
    ("404", fails(404), ModelMissing),
    ("429", fails(429, **{"retry-after-ms": "5"}), ModelBusy),
    ("500", fails(500, **{"retry-after-ms": "5"}), ModelDown),
    ("422", fails(422), ModelRefused),
    ("an empty stream", lambda _request: Reply(finish_reason=None), ModelSilent),
    ("nothing but a finish reason", lambda _request: Reply(), ModelSilent),
    ("a web page", lambda _request: Reply(body="<html>hello</html>"), ModelPage),
    ("garbage in the stream", lambda _request: Reply(body="data: {broken\n\n"), ModelInterrupted),
    ("an error in the stream", lambda _request: Reply(error_event=True), ModelDown),
    ("silence", lambda _request: Reply(("late",), delay_s=30), ModelLate),
]


@pytest.mark.slow
@pytest.mark.parametrize(("behaviour", "failure"), [f[1:] for f in FAILURES], ids=[f[0] for f in FAILURES])
async def test_a_failing_model_gives_extracts_and_the_reason(
    tmp_path: Path, model: FakeModel, behaviour: Behaviour, failure: type[ModelError]
) -> None:
    model.behaviour = behaviour
    async with sample_app(tmp_path, openai=with_model(model, timeout_seconds=1.0)) as app:
        answer = await answer_to(app, QUESTION)
    assert answer.kind is Kind.EXTRACTS
    assert answer.notice == f"These sentences come word for word from abstracts because {failure.reason}."
    assert type(answer.failure) is failure
    assert KEY not in f"{answer.notice} {answer.failure}"


@pytest.mark.slow
async def test_a_model_that_cannot_be_reached_gives_extracts(tmp_path: Path) -> None:
    async with sample_app(tmp_path, openai={"base_url": "http://127.0.0.1:9/v1", "timeout_seconds": 5}) as app:
        answer = await answer_to(app, QUESTION)
    assert answer.kind is Kind.EXTRACTS
    assert type(answer.failure) is ModelDown


@pytest.mark.parametrize(
    "behaviour",
    [half, says("Stormer forecasts the weather [1]. And here it", finish_reason=None)],
    ids=["dropped", "no finish reason"],
)
async def test_half_a_stream_keeps_what_was_checked_and_says_that_it_breaks_off(
    tmp_path: Path, model: FakeModel, behaviour: Behaviour
) -> None:
    model.behaviour = behaviour
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_to(app, QUESTION)
    assert answer.kind is Kind.ANSWER
    assert len(answer.statements) == 1
    assert answer.notice == "The answer stops here. Everything above was checked."
    assert type(answer.failure) is ModelInterrupted


@pytest.mark.slow
async def test_an_answer_that_is_too_slow_keeps_what_came_in_time(tmp_path: Path, model: FakeModel) -> None:
    first = "Stormer forecasts the weather [1]. "
    model.behaviour = lambda _request: Reply((first, "It ", "is ", "simple [1]."), delay_s=0.5)
    async with sample_app(tmp_path, openai=with_model(model, timeout_seconds=1.2)) as app:
        answer = await answer_to(app, QUESTION)
    assert [statement.text for statement in answer.statements] == ["Stormer forecasts the weather."]
    assert answer.notice == "The answer stops here (the model took too long). Everything above was checked."


async def test_the_model_is_not_called_when_nothing_is_found(tmp_path: Path, model: FakeModel) -> None:
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_to(app, "alphafold style protein folding?")
    assert answer.kind is Kind.NOTHING
    assert answer.notice == "Nothing in the store is about this. Try words that a paper about it would use."
    assert model.answered == []


async def test_a_span_without_papers_is_said_and_not_widened(tmp_path: Path, model: FakeModel) -> None:
    async with sample_app(tmp_path, openai=with_model(model)) as app:
        answer = await answer_to(app, QUESTION, Filters(after=date(2026, 1, 1)))
    assert answer.kind is Kind.NOTHING
    assert answer.notice == "Nothing came since 1 Jan 2026; the newest papers are of 11 Jul 2025."


async def test_an_answer_tells_how_many_papers_of_which_days_were_searched(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        answer = await answer_to(app, QUESTION, Filters(after=date(2023, 1, 1), before=date(2023, 12, 31)))
    assert answer.searched == sum(p.published is not None and p.published.year == 2023 for p in read_sample())
    assert answer.span is not None
    assert {day.year for day in answer.span} == {2023}


@pytest.mark.parametrize("question", ["", "   ", "???", "\u200b\u202e", "<@123456789012345678>"])
async def test_an_empty_question_is_refused(tmp_path: Path, question: str) -> None:
    async with sample_app(tmp_path) as app:
        with pytest.raises(QuestionEmpty, match="There's no question yet"):
            await answer_to(app, question)


async def test_a_question_of_4000_characters_is_refused_with_both_numbers(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        with pytest.raises(QuestionTooLong, match=r"4,000 characters long; the limit is 1,000"):
            await answer_to(app, "w" * 4000)


async def test_an_empty_store_says_how_to_fill_it(tmp_path: Path) -> None:
    async with sample_app(tmp_path, papers=[]) as app:
        with pytest.raises(StoreEmpty, match="paperbot import"):
            await answer_to(app, QUESTION)


async def test_extracts_number_their_sources_without_gaps(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app:
        answer = await answer_to(app, "how do spiking transformers save energy?")
    assert [source.number for source in answer.sources] == list(range(1, len(answer.sources) + 1))
    assert {number for s in answer.statements for number in s.citations} == {s.number for s in answer.sources}
    for statement in answer.statements:
        assert statement.text in answer.sources[statement.citations[0] - 1].paper.abstract
