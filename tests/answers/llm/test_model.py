"""One model on a loopback server, and everything that servers do."""

import asyncio
import json
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from bot.answers.llm.text_model import Call
from bot.errors.services import (
    ModelBusy,
    ModelDown,
    ModelError,
    ModelInterrupted,
    ModelMissing,
    ModelRefused,
    ModelSilent,
    ModelUnauthorised,
)
from tests.answers.models import ANSWER, PROMPT, chat_model, text_of
from tests.fakes.model_behaviours import (
    dropped_mid_stream,
    empty_stream,
    fails,
    fails_in_plain_text,
    faithful,
    never_stops,
    no_usage,
    says,
    slow_tokens,
    thinking_aloud,
    thinking_unopened,
)
from tests.fakes.model_server import Behaviour, FakeModel, Reply


def streamed(*chunks: dict[str, Any]) -> Behaviour:
    """Send chunks as they are, then the end."""
    body = "".join(f"data: {json.dumps({'id': '1', **chunk})}\n\n" for chunk in chunks)
    return lambda _request: Reply(body=f"{body}data: [DONE]\n\n")


def delta(content: Any, finish_reason: str | None = None, **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {"content": content, **more}, "finish_reason": finish_reason}]}


async def test_the_text_comes_in_pieces_and_the_request_holds_what_every_server_knows() -> None:
    async with FakeModel() as server, chat_model(server) as model:
        pieces = [piece async for piece in model.stream(PROMPT)]
    assert "".join(pieces) == ANSWER
    assert len(pieces) > 1
    [request] = server.requests
    assert request == {
        "model": "test-model",
        "messages": [{"role": "system", "content": PROMPT.system}, {"role": "user", "content": PROMPT.user}],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 100,
        "temperature": 0.2,
    }


async def test_a_temperature_that_is_not_set_is_not_sent_and_extra_fields_are() -> None:
    extra = {"chat_template_kwargs": {"thinking": False}}
    async with FakeModel() as server, chat_model(server, extra_body=extra) as model:
        await text_of(model, replace(PROMPT, temperature=None))
    assert "temperature" not in server.requests[0]
    assert server.requests[0]["chat_template_kwargs"] == {"thinking": False}


async def test_a_call_tells_who_answered_at_which_price_and_the_tokens_of_the_server() -> None:
    call = Call(input_tokens=9, output_tokens=9)
    async with FakeModel() as server, chat_model(server, price_input=0.4, price_output=1.6) as model:
        await text_of(model, call=call)
    assert call == Call("test-model", 0.4, 1.6, input_tokens=32, output_tokens=9)


@pytest.mark.parametrize(
    "behaviour",
    [
        no_usage,
        streamed(delta("Kettles.", "stop"), {"choices": [], "usage": None}),
        streamed(delta("Kettles.", "stop"), {"choices": [], "usage": {"prompt_tokens": "many"}}),
        streamed(delta("Kettles.", "stop"), {"choices": [], "usage": {"prompt_tokens": -1}}),
    ],
    ids=["none", "null", "words", "negative"],
)
async def test_tokens_that_a_server_does_not_tell_are_none(behaviour: Behaviour) -> None:
    call = Call(input_tokens=9, output_tokens=9)
    async with FakeModel(behaviour) as server, chat_model(server) as model:
        await text_of(model, call=call)
    assert (call.input_tokens, call.output_tokens) == (None, None)


async def test_tokens_that_are_counted_up_in_every_chunk_end_with_the_last_count() -> None:
    call = Call()
    counts: list[dict[str, Any]] = [{"usage": {"prompt_tokens": 7, "completion_tokens": number}} for number in (1, 2)]
    behaviour = streamed({**delta("Kettles "), **counts[0]}, {**delta("hum.", "stop"), **counts[1]})
    async with FakeModel(behaviour) as server, chat_model(server) as model:
        await text_of(model, call=call)
    assert (call.input_tokens, call.output_tokens) == (7, 2)


@pytest.mark.parametrize(
    "behaviour",
    [
        says("Kettles hum."),
        says("Kettles hum.", finish_reason="length"),
        says("\n\n  Kettles hum."),
        streamed(delta(None), {"choices": []}, delta("Kettles hum.", "stop", reasoning_content="Hm.", odd=[1])),
        streamed({"choices": None}, {}, delta("Kettles hum."), {"choices": [{"index": 0, "finish_reason": "stop"}]}),
        streamed(delta("", reasoning_content="Pots?"), delta("Kettles hum."), delta([3]), delta("", "stop")),
        says("<think>Pots?</think>\n\nKettles hum."),
        says("</think>\n\nKettles hum."),
        says("\n<think>\n\n</think>\n\nKettles hum."),
        lambda _: Reply(("Kettles ", "hum.", ""), done=False),
    ],
    ids=[
        *("plain", "cut by length", "white space first", "empty choices", "no choices, no delta", "reasoning"),
        *("thinking", "a closing tag", "an empty thought", "no [DONE]"),
    ],
)
async def test_the_text_is_the_same_however_a_server_sends_it(behaviour: Behaviour) -> None:
    async with FakeModel(behaviour) as server, chat_model(server) as model:
        assert await text_of(model) == "Kettles hum."


async def test_an_error_after_the_last_piece_costs_nothing() -> None:
    broken = 'data: {"choices": [{"index": 0, "delta": {"content": "Hum."}, "finish_reason": "stop"}]}\n\ndata: {br\n\n'
    async with FakeModel(lambda _: Reply(body=broken)) as server, chat_model(server) as model:
        assert await text_of(model) == "Hum."


async def test_thinking_without_an_opening_tag_is_expected_once_it_was_seen() -> None:
    async with FakeModel(thinking_unopened) as server, chat_model(server) as model:
        first = await text_of(model)
        assert first.endswith(f"\n</think>\n\n\n{ANSWER}"), "shown text can't be taken back, only marked"
        assert await text_of(model) == ANSWER
        server.behaviour = thinking_aloud
        assert await text_of(model) == ANSWER
        server.behaviour = says("Kettles hum.")
        assert await text_of(model) == "Kettles hum."


async def test_a_model_that_never_stops_is_cut_as_if_it_ended_and_the_connection_closed() -> None:
    async with FakeModel(never_stops) as server, chat_model(server) as model:
        text = await text_of(model)
        async with asyncio.timeout(5):
            await server.left.wait()
    assert len(text) == 8 * PROMPT.max_output_tokens


async def test_a_model_that_never_stops_thinking_is_given_up() -> None:
    endless = Reply(("<think>", *("hm, kettles " * 1000,) * 60))
    async with FakeModel(lambda _: endless) as server, chat_model(server) as model:
        with pytest.raises(ModelSilent):
            await text_of(model)


async def test_closing_the_text_early_closes_the_connection() -> None:
    async with FakeModel(slow_tokens(0.01, never_stops)) as server, chat_model(server) as model:
        async with aclosing(model.stream(PROMPT)) as pieces:
            assert await anext(pieces)
        async with asyncio.timeout(5):
            await server.left.wait()


async def test_a_cancelled_reader_stays_cancelled() -> None:
    async with FakeModel(slow_tokens(0.01, never_stops)) as server, chat_model(server) as model:
        begun = asyncio.Event()

        async def read() -> None:
            async for _ in model.stream(PROMPT):
                begun.set()

        reading = asyncio.create_task(read())
        await begun.wait()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading


def breaks_off(_request: dict[str, Any]) -> Reply:
    """End in the middle of a word, as a server does that another request takes the model from."""
    return Reply(("Kettles hu",), finish_reason=None, done=False)


FAILURES: list[tuple[str, Behaviour, type[ModelError], str]] = [
    ("401", fails(401), ModelUnauthorised, "HTTP 401: refused for Bearer …"),
    ("404", fails(404), ModelMissing, "HTTP 404: refused for Bearer …"),
    ("418", fails(418), ModelRefused, "HTTP 418: refused for Bearer …"),
    ("429", fails(429), ModelBusy, "HTTP 429: refused for Bearer …"),
    ("500 as text", fails_in_plain_text(500), ModelDown, "HTTP 500: Internal Server Error"),
    ("an empty stream", empty_stream, ModelSilent, "finish reason missing"),
    ("white space alone", says(" \n "), ModelSilent, "finish reason stop"),
    ("thinking alone", says("<think>Pots?"), ModelSilent, "finish reason stop"),
    (
        "no finish reason",
        breaks_off,
        ModelInterrupted,
        "no finish reason",
    ),
    ("dropped", dropped_mid_stream, ModelInterrupted, "the connection broke"),
    ("an error after text", says("Kettles", error_event=True), ModelInterrupted, "the backend died"),
    ("a number", lambda _: Reply(body="data: 3\n\n"), ModelInterrupted, "its stream couldn't be read"),
    ("choices are a number", streamed({"choices": 3}), ModelInterrupted, "its stream couldn't be read"),
    ("choices are text", streamed({"choices": ["no"]}), ModelInterrupted, "its stream couldn't be read"),
]


@pytest.mark.parametrize(("behaviour", "failure", "detail"), [f[1:] for f in FAILURES], ids=[f[0] for f in FAILURES])
async def test_whatever_fails_is_a_model_error_with_the_servers_words_and_without_the_key(
    behaviour: Behaviour, failure: type[ModelError], detail: str
) -> None:
    async with FakeModel(behaviour) as server, chat_model(server) as model:
        with pytest.raises(ModelError) as raised:
            await text_of(model)
    assert type(raised.value) is failure
    assert raised.value.facts == {"detail": detail}
    assert raised.value.__suppress_context__ or raised.value.__context__ is None, (
        "a traceback would show the server's text"
    )
    assert server.key not in str(raised.value)


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "0.01"}], ids=["without Retry-After", "with Retry-After"])
async def test_a_busy_server_is_asked_again_where_the_client_may(headers: dict[str, str]) -> None:
    async with FakeModel() as server, chat_model(server, max_retries=1) as model:
        server.script(fails(429, **headers))
        assert await text_of(model) == ANSWER
    assert len(server.requests) == 2


async def test_a_server_that_is_gone_is_down() -> None:
    async with FakeModel() as server:
        pass
    async with chat_model(server) as model:
        with pytest.raises(ModelDown):
            await text_of(model)


async def test_a_model_that_only_writes_from_sources_answers_a_ping() -> None:
    async with FakeModel(faithful) as server, chat_model(server) as model:
        await model.ping()
    assert len(server.requests) == 1
