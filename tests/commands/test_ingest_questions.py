"""`paperbot ingest --questions`, with a model on the loopback interface that runs in a thread of its own."""

import asyncio
import os
import signal
import threading
from collections.abc import Iterator

import pytest

from tests.cli import Cli
from tests.fakes.model_reply import Json, Reply, in_pieces
from tests.fakes.model_server import FakeModel


def writes(request: Json) -> Reply:
    """Write a question for each paper of a prompt."""
    count = request["messages"][-1]["content"].count(" source [")
    return Reply(in_pieces("\n".join(f"{number} | why is my boiler noisy?" for number in range(1, count + 1))))


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Iterator[FakeModel]:
    """Serve a model that writes questions, to a store of the 52 bundled papers."""
    server, loop, ready, stop = FakeModel(writes), asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with server:
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    assert cli("import", "--sample").code == 0
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", server.key)
    yield server
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    loop.close()


def test_all_stored_papers_get_questions_once(cli: Cli, model: FakeModel) -> None:
    ran = cli("ingest", "--questions")
    assert (ran.code, ran.out) == (0, "52 of 52 papers have questions, 0 are left.\n")
    assert len(model.requests) == 7
    assert cli("ingest", "--questions").code == 0
    assert len(model.requests) == 7
    assert cli("search", "noisy boiler").code == 0


def test_it_stops_at_the_days_tokens_and_says_how_to_go_on(
    cli: Cli, model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEARCH_QUESTIONS_TOKENS", "6000")
    ran = cli("ingest", "--questions")
    assert ran.code == 0
    assert "of 52 papers have questions" in ran.out
    assert "Today's tokens are used up (6,000 in SEARCH_QUESTIONS_TOKENS)" in ran.err
    monkeypatch.setenv("SEARCH_QUESTIONS_TOKENS", "0")
    assert cli("ingest", "--questions").out == "52 of 52 papers have questions, 0 are left.\n"


def test_a_model_that_writes_something_else_ends_it(cli: Cli, model: FakeModel) -> None:
    model.behaviour = lambda _: Reply(in_pieces("I am a teapot."))
    ran = cli("ingest", "--questions")
    assert (ran.code, ran.out) == (69, "0 of 52 papers have questions, 51 are left.\n")  # one was asked about alone
    assert "wrote no questions that can be used" in ran.err


def test_what_was_written_before_an_interruption_is_kept(cli: Cli, model: FakeModel) -> None:
    def then_stops(request: Json) -> Reply:
        if len(model.requests) == 2:
            os.kill(os.getpid(), signal.SIGINT)  # Ctrl-C
            return Reply(first_delay_s=0.4, pieces=("late",))
        return writes(request)

    model.behaviour = then_stops
    ran = cli("ingest", "--questions")
    assert ran.code == 130
    assert "The questions written so far are kept." in ran.err
    assert "Traceback" not in ran.err
    model.behaviour = writes
    assert cli("ingest", "--questions").out == "52 of 52 papers have questions, 0 are left.\n"
    assert len(model.requests) == 2 + 6


def test_it_needs_a_model_and_stands_alone(cli: Cli) -> None:
    ran = cli("ingest", "--questions")
    assert (ran.code, ran.out) == (78, "")
    assert "No model is set up. Set OPENAI_API_KEY or OPENAI_BASE_URL" in ran.err
    assert cli("ingest", "--questions", "--dry-run").code == 2
