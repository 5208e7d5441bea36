"""How the loopback model's text comes, or doesn't: slow, cut off, refused, too long."""

import json
from dataclasses import replace
from typing import Literal

from tests.fakes.model_prompts import sentences_of, sources_of
from tests.fakes.model_reply import Behaviour, Json, Reply, in_pieces
from tests.fakes.model_writing import faithful

Dialect = Literal["string code", "integer code", "message alone", "empty stream"]
"""How servers tell that a prompt is too long: OpenAI and llama-cpp-python; llama.cpp; others; llama-cpp-python when it
streams."""

_TOO_LONG = "This model's maximum context length is {limit} tokens, but {key} asked for more."


def slow_first_token(seconds: float = 30.0, behaviour: Behaviour = faithful) -> Behaviour:
    """Wait before the first piece."""
    return lambda request: replace(behaviour(request), first_delay_s=seconds)


def slow_tokens(seconds: float = 0.05, behaviour: Behaviour = faithful) -> Behaviour:
    """Wait before each piece of seven characters."""
    return lambda request: replace(behaviour(request), delay_s=seconds)


def dropped_mid_stream(request: Json) -> Reply:
    """Write the first half of a faithful text, then cut the connection."""
    pieces = faithful(request).pieces
    return Reply(pieces[: (len(pieces) + 1) // 2], dropped=True)


def half(request: Json) -> Reply:
    """Write one whole sentence and a half, then cut the connection."""
    number, abstract = next(iter(sources_of(request).items()), (1, "Ready."))
    return Reply(in_pieces(f"{sentences_of(abstract)[0]} [{number}] And this sentence breaks"), dropped=True)


def empty_stream(request: Json) -> Reply:
    """Answer 200 with a stream of nothing, not even an end."""
    return Reply(finish_reason=None, done=False)


def never_stops(request: Json) -> Reply:
    """Write faithfully, then on and on, whatever max_tokens says."""
    reply = faithful(request)
    return replace(reply, pieces=(*reply.pieces, *("\nAnd on it goes",) * 5000))


def fails(status: int, **headers: str) -> Behaviour:
    """Answer with a status and an error that repeats the key, as careless servers do."""
    return lambda _request: Reply(status=status, headers=headers)


def fails_in_plain_text(status: int = 500) -> Behaviour:
    """Answer with a status and a text that is no JSON."""
    return lambda _request: Reply(status=status, body="Internal Server Error")


def refuses(*options: str, named: bool = True) -> Behaviour:
    """Answer 400 to a request with one of these parameters, naming the first or not; else faithfully."""

    def behaviour(request: Json) -> Reply:
        found = [option for option in options if option in request]
        if not found:
            return faithful(request)
        message = f"Unknown parameter: {found[0]}" if named else "bad request"
        return Reply(status=400, error={"message": message, "code": None})

    return behaviour


def refuses_options(request: Json) -> Reply:
    """Answer 400 to a request with any optional parameter, else faithfully."""
    return refuses("max_tokens", "temperature", named=False)(request)


def no_usage(request: Json) -> Reply:
    """Write faithfully, and never tell the tokens."""
    return replace(faithful(request), usage=False)


def thinking_aloud(request: Json) -> Reply:
    """Think within tags, in sentences that would pass for an answer, then write faithfully."""
    return _after_thinking(request, "<think>\n")


def thinking_unopened(request: Json) -> Reply:
    """Think aloud with a closing tag alone, since the server put the opening one into the prompt."""
    return _after_thinking(request, "")


def overflows(dialect: Dialect, *, chars: int = 2000) -> Behaviour:
    """Refuse prompts of more than so many characters, as one of the servers does; else write faithfully."""

    def behaviour(request: Json) -> Reply:
        if sum(len(message["content"]) for message in request["messages"]) <= chars:
            return faithful(request)
        message = _TOO_LONG.format(limit=chars // 4, key="fake-key")
        match dialect:
            case "empty stream":
                return empty_stream(request)
            case "string code":
                error: Json = {"code": "context_length_exceeded", "type": "invalid_request_error", "message": message}
            case "integer code":
                error = {"code": 400, "type": "exceed_context_size_error", "message": "request refused"}
            case "message alone":
                error = {"message": message}
        return Reply(status=400, error=error)

    return behaviour


def overflows_in_stream(request: Json) -> Reply:
    """Tell within a stream that the prompt is too long."""
    error = {"error": {"code": "context_length_exceeded", "message": "too long"}}
    return Reply(body=f"data: {json.dumps(error)}\n\n")


def _after_thinking(request: Json, opening: str) -> Reply:
    reply = faithful(request)
    thought = f"{opening}Hm, what do they want? Kettles, with 99 whistles [1].\n</think>\n\n"
    return replace(reply, pieces=(*in_pieces(thought), *reply.pieces))
