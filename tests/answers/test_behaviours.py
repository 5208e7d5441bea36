"""Every behaviour of a model with every kind of request: nothing unchecked is shown, and the reader is told why."""

import re
from pathlib import Path

import pytest

from bot.answers.answer import Answer, Kind
from bot.errors.services import (
    ModelBusy,
    ModelDown,
    ModelError,
    ModelInterrupted,
    ModelLate,
    ModelOverflow,
    ModelSilent,
    ModelUnauthorised,
)
from tests.answers.asking import FAILED_CHECKS, NAMED_NO_SOURCES, Events, assert_events_checked, events_of, with_model
from tests.apps import sample_app
from tests.fakes.model_behaviours import BEHAVIOURS, fails
from tests.fakes.model_reply import in_long_pieces
from tests.fakes.model_server import Behaviour, FakeModel, Reply, faithful

# A stream that is left before its end leaves the client library's own generators to the garbage collector, which may
# meet one that runs.
pytestmark = [
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in.*AsyncResponseStream:pytest.PytestUnraisableExceptionWarning"
    ),
    pytest.mark.slow,
]

SOON = {"retry-after-ms": "5"}
FAST: dict[str, Behaviour] = {
    **BEHAVIOURS,
    "status_429": fails(429, **SOON),
    "status_429_retry_after": fails(429, **{"Retry-After": "0.01"}),
    "status_500": fails(500, **SOON),
    "status_500_plain_text": lambda _request: Reply(status=500, body="Internal Server Error", headers=SOON),
}
"""The behaviours, with servers that don't make their client wait."""

RIGHT = ["faithful", "paraphrasing", "invented_link", "mends_when_told", "malformed_plan", "thinking_aloud"]
RIGHT += ["thinking_unopened", "no_usage"]
WRONG = [
    "wrong_figure",
    "wrong_citation",
    "uncited",
    "out_of_range_citation",
    "invented_title",
    "garbage",
    "never_mends",
]
MIXED = ["swapped_figure", "never_abstains", "never_stops", "obeys"]
BROKEN: dict[str, type[ModelError]] = {"slow_tokens": ModelLate, "dropped_mid_stream": ModelInterrupted}
FAILING: dict[str, type[ModelError]] = {
    "slow_first_token": ModelLate,
    "empty_stream": ModelSilent,
    "status_401": ModelUnauthorised,
    "status_429": ModelBusy,
    "status_429_retry_after": ModelBusy,
    "status_500": ModelDown,
    "status_500_plain_text": ModelDown,
    "overflow_string_code": ModelOverflow,
    "overflow_integer_code": ModelOverflow,
    "overflow_message_alone": ModelOverflow,
    "overflow_empty_stream": ModelSilent,
}


def notice_of(answer: Answer) -> str:
    """Return an answer's notice without how many papers are about a topic and how much was left out of the rest."""
    notice = re.sub(r"^\d+ of the \d+ closest papers are about it\. ?", "", answer.notice or "")
    return re.sub(r"^\d sentences? left out \((?:failed the checks|no source named)\)\.$", "", notice)


async def every_request(folder: Path, name: str, *, seconds: float = 10.0) -> dict[str, Events]:
    """Return the events of one request of each kind, each of them checked."""
    planning = BEHAVIOURS[name] if name == "malformed_plan" else faithful
    async with FakeModel(in_long_pieces(FAST[name]), planning=planning) as model:
        async with sample_app(folder, openai=with_model(model, timeout_seconds=seconds)) as app:
            told = {
                "ask": await events_of(app.assistant.ask("how does Stormer forecast weather with a transformer?")),
                "explain": await events_of(app.assistant.explain("spiking neural network")),
                "summarise one": await events_of(app.assistant.summarise(["Quantized Spike-driven Transformer"])),
                "summarise several": await events_of(app.assistant.summarise(["spiking transformers"])),
                "compare": await events_of(app.assistant.compare(["DBConformer", "ClST", "GPipe"])),
            }
    for events in told.values():
        assert_events_checked(events)
        assert model.key not in f"{events.done}"
        if events.done.failure is not None:
            assert model.key not in str(events.done.failure)
    return told


def test_every_behaviour_is_tried() -> None:
    assert {*RIGHT, *WRONG, *MIXED, *BROKEN, *FAILING} == set(BEHAVIOURS)


@pytest.mark.parametrize("name", RIGHT)
async def test_what_is_right_is_an_answer(tmp_path: Path, name: str) -> None:
    for task, events in (await every_request(tmp_path, name)).items():
        answer = events.done
        assert (answer.kind, answer.failure) == (Kind.ANSWER, None), task
        # Rows that it left out, or copied, are quoted.
        assert not notice_of(answer) or (
            answer.rows and notice_of(answer).startswith("Quoted lines come word for word")
        ), task
        assert answer.statements or answer.rows


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_wrong_gives_extracts_that_say_why(tmp_path: Path, name: str) -> None:
    for task, events in (await every_request(tmp_path, name)).items():
        answer = events.done
        assert (answer.kind, answer.failure) == (Kind.EXTRACTS, None), task
        prose = name == "uncited" and not answer.rows
        assert notice_of(answer) == (NAMED_NO_SOURCES if prose else FAILED_CHECKS), task
        assert events.sentences == []


@pytest.mark.parametrize("name", MIXED)
async def test_of_a_mixture_only_what_is_right_is_shown(tmp_path: Path, name: str) -> None:
    for task, events in (await every_request(tmp_path, name)).items():
        assert events.done.failure is None, task
        kinds = {Kind.EXTRACTS, Kind.CLOSEST} if name == "obeys" else {Kind.ANSWER, Kind.EXTRACTS}
        assert events.done.kind in kinds, task


@pytest.mark.parametrize("name", BROKEN)
async def test_what_came_before_a_break_stays_and_says_that_it_breaks_off(tmp_path: Path, name: str) -> None:
    failure = BROKEN[name]
    seconds = 1.0 if failure is ModelLate else 10.0  # only a slow model is to be late, however busy the machine
    for task, events in (await every_request(tmp_path, name, seconds=seconds)).items():
        answer = events.done
        assert type(answer.failure) is failure, task
        assert notice_of(answer)
        if answer.kind is Kind.ANSWER:
            quoted = f"Quoted lines come word for word from abstracts because {failure.reason}."
            stops = notice_of(answer).startswith("The answer stops here")
            assert stops or (answer.rows and notice_of(answer) == quoted)
        else:
            assert answer.kind is Kind.EXTRACTS
            assert notice_of(answer) == f"These sentences come word for word from abstracts because {failure.reason}."


NAMES_ITS_CONTEXT = {"overflow_string_code", "overflow_message_alone"}


@pytest.mark.parametrize("name", FAILING)
async def test_a_failing_model_gives_extracts_and_the_reason(tmp_path: Path, name: str) -> None:
    failure = FAILING[name]
    seconds = 0.7 if failure is ModelLate else 10.0
    for task, events in (await every_request(tmp_path, name, seconds=seconds)).items():
        answer = events.done
        if answer.kind is Kind.ANSWER and name in NAMES_ITS_CONTEXT and task != "ask":
            continue  # the first request was too long, and those after it are made to fit
        assert answer.kind is Kind.EXTRACTS, task
        assert notice_of(answer) == f"These sentences come word for word from abstracts because {failure.reason}."
        assert type(answer.failure) is failure
        assert events.sentences == []
