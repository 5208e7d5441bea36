"""What a server refuses is left out, and stays left out; a prompt that is too long is told as such."""

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.errors.services import ModelOverflow, ModelRefused
from tests.answers.models import ANSWER, PROMPT, chat_model, text_of
from tests.fakes.model_behaviours import fails, overflows, overflows_in_stream, refuses, refuses_options
from tests.fakes.model_server import Behaviour, FakeModel, Reply, says

JSON_PROMPT = replace(PROMPT, json_object=True)
OPTIONAL = {"max_tokens", "temperature", "stream_options", "response_format"}


def options_of(server: FakeModel) -> list[set[str]]:
    return [OPTIONAL & request.keys() for request in server.requests]


@pytest.mark.parametrize("option", sorted(OPTIONAL))
async def test_an_option_that_a_server_names_is_left_out_alone_and_for_good(option: str) -> None:
    async with FakeModel(refuses(option)) as server, chat_model(server) as model:
        assert await text_of(model, JSON_PROMPT) == ANSWER
        assert await text_of(model, JSON_PROMPT) == ANSWER
    assert options_of(server) == [OPTIONAL, OPTIONAL - {option}, OPTIONAL - {option}]


async def test_a_server_that_names_nothing_is_asked_without_usage_first() -> None:
    async with FakeModel(refuses("stream_options", named=False)) as server, chat_model(server) as model:
        for _ in range(2):
            assert await text_of(model) == ANSWER
    assert options_of(server) == [OPTIONAL - {"response_format"}, *({"max_tokens", "temperature"},) * 2]


async def test_a_server_that_takes_no_option_gets_none() -> None:
    async with FakeModel(refuses_options) as server, chat_model(server) as model:
        for _ in range(2):
            assert await text_of(model) == ANSWER
    assert [len(options) for options in options_of(server)] == [3, 2, 0, 0]


async def test_a_limit_that_is_wanted_under_another_name_is_kept() -> None:
    def renames(request: dict[str, Any]) -> Reply:
        if "max_tokens" in request:
            message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
            return Reply(status=400, error={"message": message, "param": "max_tokens"})
        return says(ANSWER)(request)

    async with FakeModel(renames) as server, chat_model(server) as model:
        for _ in range(2):
            assert await text_of(model) == ANSWER
    assert ["max_tokens" in request for request in server.requests] == [True, False, False]
    assert {request.get("max_completion_tokens") for request in server.requests[1:]} == {PROMPT.max_output_tokens}


async def test_a_server_that_refuses_everything_loses_no_option() -> None:
    async with FakeModel(fails(400)) as server, chat_model(server) as model:
        with pytest.raises(ModelRefused):
            await text_of(model)
        server.behaviour = refuses()
        assert await text_of(model) == ANSWER
    assert len(options_of(server)[-1]) == 3


async def test_unprocessable_is_a_refusal_too() -> None:
    async with FakeModel() as server, chat_model(server) as model:
        server.script(lambda _: Reply(status=422, error={"message": "extra_forbidden: stream_options"}))
        assert await text_of(model) == ANSWER
    assert options_of(server)[-1] == {"max_tokens", "temperature"}


def says_in_400(message: str) -> Behaviour:
    return lambda _: Reply(status=400, error={"message": message})


OVERFLOWS: list[tuple[str, Behaviour]] = [
    ("string code", overflows("string code", chars=10)),
    ("integer code", overflows("integer code", chars=10)),
    ("message alone", overflows("message alone", chars=10)),
    ("in the stream", overflows_in_stream),
    ("413", lambda _: Reply(status=413, body="Request Entity Too Large")),
    ("llama.cpp", says_in_400("the request exceeds the available context size, try increasing it")),
    ("vLLM", says_in_400("max_tokens=500 can't be met. Please reduce the length of the messages or completion.")),
    ("others", says_in_400("prompt is too long: 9000 tokens > 8192 maximum")),
    ("Google", says_in_400("The input token count (9000) exceeds the maximum number of tokens allowed (8192).")),
    ("TGI", says_in_400("`inputs` must have less than 1024 tokens: too many tokens")),
]


@pytest.mark.parametrize("behaviour", [o[1] for o in OVERFLOWS], ids=[o[0] for o in OVERFLOWS])
async def test_a_prompt_that_is_too_long_is_told_once_without_the_key(behaviour: Behaviour) -> None:
    async with FakeModel(behaviour) as server, chat_model(server) as model:
        with pytest.raises(ModelOverflow, match="too long for the model") as raised:
            await text_of(model)
    assert len(server.requests) == 1, "fewer parameters make no prompt shorter"
    assert server.key not in str(raised.value)
    assert re.match(r"HTTP 4\d\d: \S|too long$", str(raised.value.facts["detail"]))


@pytest.mark.parametrize(
    "message",
    [
        "max_tokens is too large: 500. This model supports at most 100 completion tokens.",
        "Unsupported value: 'temperature' does not support 0.2 with this model.",
        "the model 'long-context' does not exist",
    ],
)
async def test_another_refusal_is_no_overflow(message: str) -> None:
    async with FakeModel(says_in_400(message)) as server, chat_model(server) as model:
        with pytest.raises(ModelRefused) as raised:
            await text_of(model)
    assert type(raised.value) is ModelRefused
