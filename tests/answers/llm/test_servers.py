"""The manners of servers and of models that people run: the answer is the same, or its failure has the true cause."""

import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest

from bot.answers.llm.model import ChatModel
from bot.answers.llm.text_model import Learnt
from bot.errors.services import (
    ModelBusy,
    ModelDeclined,
    ModelDown,
    ModelError,
    ModelFiltered,
    ModelInterrupted,
    ModelMissing,
    ModelPage,
    ModelQuota,
    ModelSilent,
    ModelThought,
    ModelUnauthorised,
)
from tests.answers.models import ANSWER, PROMPT, chat_model, text_of
from tests.fakes.model_server import Behaviour, FakeModel, Reply, faithful, in_pieces, says

Json = dict[str, Any]
JSON = {"Content-Type": "application/json"}
HM = "Hm, pots [1]. "


def chunk(finish_reason: str | None = None, **delta: Any) -> Json:
    return {"id": "1", "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}


def event(value: Json | str) -> str:
    return f"data: {value if isinstance(value, str) else json.dumps(value)}\n\n"


WRITTEN = [chunk(role="assistant", content=""), *(chunk(content=piece) for piece in in_pieces(ANSWER)), chunk("stop")]


def streams(*events: Json | str, between: str = "", end: str = event("[DONE]")) -> Behaviour:
    """Send events as they are."""
    return lambda _: Reply(body=between.join(map(event, events)) + end)


def body(value: Any, **headers: str) -> Behaviour:
    """Send a body of JSON with 200, in place of a stream."""
    return lambda _: Reply(body=json.dumps(value), headers={**JSON, **headers})


def refusal(status: int, value: Any) -> Behaviour:
    return lambda _: Reply(status=status, body=value if isinstance(value, str) else json.dumps(value), headers=JSON)


def without_reason() -> list[Json]:
    return WRITTEN[:-1]


WHOLE = {"choices": [{"message": {"role": "assistant", "content": ANSWER}, "finish_reason": "stop"}]}

MANNERS: dict[str, Behaviour] = {
    "parts of content": streams(
        *(chunk(content=[{"type": "text", "text": p}]) for p in in_pieces(ANSWER)), chunk("stop")
    ),
    "parts of thinking": streams(
        chunk(content=[{"type": "thinking", "thinking": [{"type": "text", "text": HM}]}]), *WRITTEN
    ),
    "reasoning_content": streams(chunk(reasoning_content=HM), *WRITTEN),
    "reasoning": streams(chunk(reasoning=HM), *WRITTEN),
    "an answer taken for thinking": streams(*(chunk(reasoning_content=p) for p in in_pieces(ANSWER)), chunk("stop")),
    "message for delta": streams({"choices": [{"message": {"content": ANSWER}, "finish_reason": "stop"}]}),
    "message after deltas": streams(
        *WRITTEN[:-1], {"choices": [{"message": {"content": ANSWER}, "finish_reason": "stop"}]}
    ),
    "JSON in place of a stream": body(WHOLE),
    "no reason, but [DONE]": streams(*without_reason()),
    "neither a reason nor [DONE]": streams(*without_reason(), end=""),
    "another reason": streams(*without_reason(), chunk("eos")),
    "empty data": streams(*WRITTEN, between="data: \n\n"),
    "a comment after an id": streams(*WRITTEN, between="id: 7\n\n: ping\n\n"),
    "a retry": streams(*WRITTEN, between="retry: 3000\n\n"),
    "a comment as data": streams(": PROCESSING", *WRITTEN),
    "a ping": lambda _: Reply(body="event: ping\ndata: {}\n\n" + "".join(map(event, WRITTEN))),
    "carriage returns": lambda _: Reply(body="".join(map(event, WRITTEN)).replace("\n", "\r\n")),
    "a byte order mark": lambda _: Reply(body="\ufeff" + "".join(map(event, WRITTEN))),
    "no blank lines": lambda _: Reply(body="".join(map(event, WRITTEN)).replace("\n\n", "\n")),
}
for name, opening, closing in (
    ("think", "<think>", "</think>"),
    ("Thinking", "<Thinking>\n", "\n</Thinking>"),
    ("thought", "<thought>", "</thought>"),
    ("Kimi's", "◁think▷", "◁/think▷"),
    ("Magistral's", "[THINK]", "[/THINK]"),
    ("Seed's", "<seed:think>", "</seed:think>"),
    ("Cohere's", "<|START_THINKING|>", "<|END_THINKING|><|START_RESPONSE|>"),
    ("channels", "<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>"),
    ("channels without tokens", "analysis", "assistantfinal"),
):
    MANNERS[f"thinking: {name}"] = says(f"{opening}{HM}{closing}{ANSWER}")
MANNERS["reasoning and answer"] = says(f"<reasoning>{HM}</reasoning>\n<answer>{ANSWER}</answer>")
for token in (
    "<|im_end|>",
    "<|eot_id|>",
    "</s>",
    "<end_of_turn>",
    "<|endoftext|>",
    "<|return|>",
    "<｜end▁of▁sentence｜>",
):
    MANNERS[f"leaked {token}"] = says(f"{ANSWER}{token}")
MANNERS["another turn after the end"] = says(f"{ANSWER}<|im_end|>\n<|im_start|>user\nAnd pots?")
MANNERS["tokens around"] = says(f" [/INST] {ANSWER} </s>")
MANNERS["JSON around"] = says(json.dumps({"answer": ANSWER}))
MANNERS["a fence around"] = says(f"```markdown\n{ANSWER}\n```")


@pytest.mark.parametrize("manner", MANNERS)
async def test_the_answer_is_the_same_whatever_the_manner(manner: str) -> None:
    async with FakeModel(MANNERS[manner]) as server, chat_model(server) as model:
        assert (await text_of(model)).strip() == ANSWER
        assert (await text_of(model)).strip() == ANSWER, "also with what was learnt"


async def test_entities_are_characters_and_an_ampersand_is_one() -> None:
    async with FakeModel(says("AT&amp;T &amp; pots &lt; 5 & more&")) as server, chat_model(server) as model:
        assert await text_of(model) == "AT&T & pots < 5 & more&"


async def test_json_that_was_asked_for_stays() -> None:
    plan = '{"answer": "a &amp; b"}'
    async with FakeModel(says(plan)) as server, chat_model(server) as model:
        assert await text_of(model, replace(PROMPT, json_object=True)) == plan


FAILURES: dict[str, tuple[Behaviour, type[ModelError], str]] = {
    "a status within a stream": (
        streams({"error": {"message": "Rate limit exceeded", "code": 429}}),
        ModelBusy,
        "code 429: Rate limit exceeded",
    ),
    "an error without choices": (
        streams({"choices": [], "error": {"message": "Worker is full", "code": 502}}),
        ModelDown,
        "code 502: Worker is full",
    ),
    "an error as text": (streams({"error": "the runner stopped"}), ModelDown, "the runner stopped"),
    "an error event": (
        lambda _: Reply(body='event: error\ndata: {"message": "overloaded", "code": 529}\n\n'),
        ModelDown,
        "code 529: overloaded",
    ),
    "bare JSON in the stream": (
        lambda _: Reply(body=event(WRITTEN[0]) + '{\n "error": {\n  "code": 503,\n  "message": "overloaded"\n }\n}\n'),
        ModelDown,
        "code 503: overloaded",
    ),
    "after text": (
        streams(*WRITTEN[:3], {"error": {"message": "provider gone", "code": "server_error"}}),
        ModelInterrupted,
        "provider gone",
    ),
    "credit, in a body": (
        body({"error": {"message": "Insufficient credits", "code": 402}}),
        ModelQuota,
        "code 402: Insufficient credits",
    ),
    "402": (refusal(402, {"error": {"message": "Add funds"}}), ModelQuota, "HTTP 402: Add funds"),
    "insufficient_quota": (
        refusal(429, {"error": {"message": "No quota", "code": "insufficient_quota"}}),
        ModelQuota,
        "HTTP 429: No quota",
    ),
    "a limit of a minute": (
        refusal(429, [{"error": {"code": 429, "message": "You exceeded your current quota, retry in 9 s"}}]),
        ModelBusy,
        "HTTP 429: You exceeded your current quota, retry in 9 s",
    ),
    "a filter": (
        refusal(400, {"error": {"message": "The response was filtered", "code": "content_filter"}}),
        ModelFiltered,
        "HTTP 400: The response was filtered",
    ),
    "a filter's finish reason": (streams(chunk("content_filter")), ModelFiltered, "finish reason content_filter"),
    "a refusal": (streams(chunk(refusal="I can't help."), chunk("stop")), ModelDeclined, "I can't help."),
    "a tool": (streams(chunk("tool_calls", tool_calls=[{"index": 0}])), ModelSilent, "it called a tool"),
    "a page": (
        lambda _: Reply(body="<!doctype html><title>x</title><p>Sign in</p>", headers={"Content-Type": "text/html"}),
        ModelPage,
        "Sign in",
    ),
    "a page of a gateway": (
        lambda _: Reply(status=502, body="<html><h1>502 Bad Gateway</h1></html>"),
        ModelDown,
        "HTTP 502: 502 Bad Gateway",
    ),
    "no model": (
        refusal(404, {"error": {"message": 'model "x" not found'}}),
        ModelMissing,
        'HTTP 404: model "x" not found',
    ),
    "Google's wrong key": (
        refusal(400, [{"error": {"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT"}}]),
        ModelUnauthorised,
        "HTTP 400: API key not valid.",
    ),
    "FastAPI's": (refusal(404, {"detail": "Not Found"}), ModelMissing, "HTTP 404: Not Found"),
    "only thinking": (streams(chunk(reasoning_content="hm ")), ModelSilent, "finish reason missing"),
    "thinking to the limit": (
        streams(chunk(reasoning_content="hm "), chunk("length")),
        ModelThought,
        "8000 tokens for thinking",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_a_failure_has_its_true_cause_and_the_servers_words(name: str) -> None:
    behaviour, failure, detail = FAILURES[name]
    async with FakeModel(behaviour) as server, chat_model(server) as model:
        with pytest.raises(ModelError) as raised:
            await text_of(model)
    assert (type(raised.value), raised.value.facts) == (failure, {"detail": detail})
    assert detail in str(raised.value)


@pytest.mark.parametrize(
    "words",
    [
        "bad key fake-key",
        "Bearer fake-key is wrong",
        "Incorrect API key provided: sk-proj-Abc123Def456",
        "key a1b2c3d4e5f6a7b8c9d0e1f2a3b4 at https://evil.example/x",
    ],
)
async def test_what_looks_like_a_key_is_never_told(words: str) -> None:
    async with FakeModel(refusal(418, {"error": {"message": words}})) as server, chat_model(server) as model:
        with pytest.raises(ModelError) as raised:
            await text_of(model)
    told = str(raised.value)
    assert "HTTP 418: " in told
    assert not any(secret in told for secret in ("fake-key", "Abc123Def456", "a1b2c3d4e5f6", "evil.example"))


def no_system_role(status: int) -> Callable[[Json], Reply]:
    def behaviour(request: Json) -> Reply:
        if any(message["role"] == "system" for message in request["messages"]):
            return refusal(status, {"message": "System role not supported", "code": status})(request)
        return faithful(request)

    return behaviour


@pytest.mark.parametrize("status", [400, 500])
async def test_a_template_without_a_system_role_gets_one_message_from_then_on(status: int) -> None:
    async with FakeModel(no_system_role(status)) as server, chat_model(server) as model:
        for _ in range(2):
            assert await text_of(model) == ANSWER
    assert [len(request["messages"]) for request in server.requests] == [2, 1, 1]
    assert PROMPT.system in server.requests[1]["messages"][0]["content"]


async def test_a_server_that_refuses_to_stream_is_not_asked_to_again() -> None:
    def whole_only(request: Json) -> Reply:
        if request.get("stream"):
            error = {"message": "You must be verified to stream this model.", "param": "stream"}
            return Reply(status=400, error=error)
        return body(WHOLE)(request)

    async with FakeModel(whole_only) as server, chat_model(server) as model:
        for _ in range(2):
            assert await text_of(model) == ANSWER
    assert [request["stream"] for request in server.requests] == [True, False, False]


def thinks(tokens: int, limit: str = "max_tokens") -> Behaviour:
    """Think so many tokens, which count into the limit, then write."""

    def behaviour(request: Json) -> Reply:
        if request[limit] <= tokens:
            return streams(chunk(reasoning_content=HM), chunk("length", content=""))(request)
        return streams(chunk(reasoning_content=HM), *WRITTEN)(request)

    return behaviour


async def test_a_model_that_thinks_gets_more_room_once_and_keeps_it() -> None:
    async with FakeModel(thinks(3000)) as server, chat_model(server) as model:
        for _ in range(2):
            assert await text_of(model) == ANSWER
        assert model.learnt.thinks
    assert [request["max_tokens"] for request in server.requests] == [100, 8100, 8100]


async def test_a_limit_that_the_server_names_is_kept() -> None:
    def small(request: Json) -> Reply:
        if request["max_tokens"] > 1024:
            message = "max_tokens is too large: 2100. This model supports at most 1024 completion tokens."
            return Reply(status=400, error={"message": message, "param": "max_tokens"})
        return faithful(request)

    async with FakeModel(small) as server, roomy(server) as model:
        for _ in range(2):
            assert await text_of(model) == ANSWER
    assert [request["max_tokens"] for request in server.requests] == [2100, 1024, 1024]


async def test_room_for_thinking_goes_before_a_prompt_is_too_long() -> None:
    def small(request: Json) -> Reply:
        if request["max_tokens"] > 1000:
            message = "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens."
            return Reply(status=400, error={"message": message, "code": "context_length_exceeded"})
        return faithful(request)

    async with FakeModel(small) as server, roomy(server) as model:
        for _ in range(2):
            assert await text_of(model) == ANSWER
        assert model.learnt.context == 4096
    assert [request["max_tokens"] for request in server.requests] == [2100, 100, 100]


async def test_an_effort_is_sent_and_left_out_where_it_is_refused() -> None:
    def old(request: Json) -> Reply:
        if "reasoning_effort" in request:
            return Reply(status=400, error={"message": "Unrecognized request argument: reasoning_effort"})
        return faithful(request)

    async with FakeModel(old) as server, chat_model(server, effort="low") as model:
        for _ in range(2):
            assert await text_of(model) == ANSWER
    assert [request.get("reasoning_effort") for request in server.requests] == ["low", None, None]


def roomy(server: FakeModel) -> AbstractAsyncContextManager[ChatModel]:
    return chat_model(server, learnt=Learnt(room=2000))


async def test_a_stream_that_ends_early_is_told_where_the_server_is_known_to_say_its_end() -> None:
    async with FakeModel() as server, chat_model(server) as model:
        assert await text_of(model) == ANSWER
        server.behaviour = streams(*without_reason(), end="")
        with pytest.raises(ModelInterrupted):
            await text_of(model)
