"""A loopback OpenAI-compatible server whose model does what a test tells it to, request by request."""

import asyncio
import json
import math
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.model_manners import fails, half, refuses_options
from tests.fakes.model_plans import (
    FENCED_PLAN,
    PLAN_AFTER_THINKING,
    half_a_plan,
    malformed_plan,
    plan_of,
    plans,
    question_to_plan,
    slow_plan,
    without_json_mode,
)
from tests.fakes.model_prompts import sources_of
from tests.fakes.model_readings import reads, sentences_to_read
from tests.fakes.model_reply import Behaviour, Json, Reply, in_pieces
from tests.fakes.model_writing import faithful, says

__all__ = [
    "FENCED_PLAN",
    "PLAN_AFTER_THINKING",
    "Behaviour",
    "FakeModel",
    "Json",
    "Reply",
    "fails",
    "faithful",
    "half",
    "half_a_plan",
    "in_pieces",
    "malformed_plan",
    "plan_of",
    "plans",
    "question_to_plan",
    "refuses_options",
    "says",
    "slow_plan",
    "sources_of",
    "without_json_mode",
]


class FakeModel:
    """The server, an async context manager. `requests` holds the bodies of all requests.

    Requests for a plan get `planning`, those for a second reading `reading`. For the others `script` queues behaviours;
    after them `behaviour` serves. `left` is set once a client has closed the connection in the middle of a stream.
    `most_at_once` is how many streams were open at the same time.
    """

    def __init__(
        self,
        behaviour: Behaviour = faithful,
        *,
        planning: Behaviour = plans(),
        reading: Behaviour = reads(),
        key: str = "fake-key",
    ) -> None:
        self.behaviour = behaviour
        self.planning = planning
        self.reading = reading
        self.key = key
        self.requests: list[Json] = []
        self.base_url = ""
        self.left = asyncio.Event()
        self.most_at_once = 0
        self._open = 0
        self._queue: list[Behaviour] = []
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}/v1"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def by_words(self) -> dict[str, Any]:
        """Settings for a model here whose sentences are checked by their words only."""
        return {"base_url": self.base_url, "api_key": self.key, "reading_seconds": 0}

    @property
    def answered(self) -> list[Json]:
        """The requests that were neither for a plan nor for a second reading."""
        return [
            request for request in self.requests if question_to_plan(request) is None and not sentences_to_read(request)
        ]

    @property
    def read(self) -> list[Json]:
        """The requests that were for a second reading."""
        return [request for request in self.requests if sentences_to_read(request)]

    @property
    def planned(self) -> list[Json]:
        """The requests that were for a plan."""
        return [request for request in self.requests if question_to_plan(request) is not None]

    def script(self, *behaviours: Behaviour) -> None:
        """Set what the next requests but those for a plan meet, in order."""
        self._queue.extend(behaviours)

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        if request.headers.get("Authorization") not in {f"Bearer {self.key}", "Bearer none"}:
            return web.json_response({"error": {"message": "wrong key"}}, status=401)
        if question_to_plan(body) is not None:
            reply = self.planning(body)
        elif sentences_to_read(body):
            reply = self.reading(body)
        else:
            reply = (self._queue.pop(0) if self._queue else self.behaviour)(body)
        if reply.status != 200:
            return _refusal(reply, request.headers["Authorization"])
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **reply.headers})
        await response.prepare(request)
        self._open += 1
        self.most_at_once = max(self.most_at_once, self._open)
        try:
            await _stream(response, reply, body)
        except ConnectionResetError:
            self.left.set()  # the client has had enough
            return response
        finally:
            self._open -= 1
        if reply.dropped and request.transport is not None:
            request.transport.abort()
        return response


def _refusal(reply: Reply, authorization: str) -> web.Response:
    if reply.body is not None:
        return web.Response(text=reply.body, status=reply.status, headers=reply.headers)
    error = reply.error or {"message": f"refused for {authorization}"}
    return web.json_response({"error": error}, status=reply.status, headers=reply.headers)


async def _stream(response: web.StreamResponse, reply: Reply, request: Json) -> None:
    if reply.body is not None:
        await response.write(reply.body.encode())
        return
    async for event in _events(reply, request):
        await response.write(f"data: {json.dumps(event)}\n\n".encode())
    if reply.done and not reply.dropped:
        await response.write(b"data: [DONE]\n\n")


async def _events(reply: Reply, request: Json) -> AsyncIterator[Json]:
    common = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": request["model"]}

    def chunk(delta: Json, finish_reason: str | None = None) -> Json:
        return {**common, "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}

    if reply.pieces:
        yield chunk({"role": "assistant", "content": None})
    await asyncio.sleep(reply.first_delay_s)
    for piece in reply.pieces:
        await asyncio.sleep(reply.delay_s)
        yield chunk({"content": piece})
    if reply.error_event:
        yield {"error": {"message": "the backend died", "type": "server_error"}}
        return
    if reply.finish_reason and not reply.dropped:
        yield chunk({}, reply.finish_reason)
        if reply.usage and (request.get("stream_options") or {}).get("include_usage"):
            yield {**common, "choices": [], "usage": _usage(reply, request)}


def _usage(reply: Reply, request: Json) -> Json:
    """Count a token for four characters, as English has them."""
    prompt = math.ceil(sum(len(message["content"]) for message in request["messages"]) / 4)
    completion = math.ceil(len("".join(reply.pieces)) / 4)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
