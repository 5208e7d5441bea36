"""A loopback OpenAI-compatible server whose model does what a test tells it to, request by request."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

Json = dict[str, Any]

SOURCE = re.compile(
    r"^(?P<fence>@@\w+) source \[(?P<number>\d+)\]\n(?P<facts>.*?)\nAbstract: (?P<abstract>.*?)(?=\n@@)",
    re.MULTILINE | re.DOTALL,
)
PLANNED = re.compile(r"^(?P<fence>@@\w+) question\n(?P<question>.*)\n(?P=fence) end of question$", re.MULTILINE)
FIRST_SENTENCE = re.compile(r"(.+?[.!?])(?=\s|$)", re.DOTALL)


@dataclass(frozen=True)
class Reply:
    """What the server does with one request: a status, or the pieces of a stream and how it ends.

    `delay_s` is waited before each piece. `finish_reason` None leaves it out; `dropped` cuts the connection after the
    last piece; `error_event` sends an error within the stream.
    """

    pieces: tuple[str, ...] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    finish_reason: str | None = "stop"
    dropped: bool = False
    error_event: bool = False
    body: str | None = None


Behaviour = Callable[[Json], Reply]


def sources_of(request: Json) -> dict[int, str]:
    """Return the abstracts in a request's prompt, by the numbers of their sources."""
    user = request["messages"][-1]["content"]
    return {int(match["number"]): match["abstract"] for match in SOURCE.finditer(user)}


def in_pieces(text: str, size: int = 7) -> tuple[str, ...]:
    """Cut a text as a model's tokens would."""
    return tuple(text[at : at + size] for at in range(0, len(text), size))


def faithful(request: Json) -> Reply:
    """Write the first sentence of each source, with its number; without sources, that it is ready."""
    said = [f"{_first_sentence(abstract)} [{number}]" for number, abstract in sources_of(request).items()]
    return Reply(in_pieces("\n".join(said) or "Ready."))


def question_to_plan(request: Json) -> str | None:
    """Return the question that a request wants a plan for; None when it wants something else."""
    match = PLANNED.search(request["messages"][-1]["content"])
    return match["question"] if match else None


def plan_of(request: Json, **fields: Any) -> str:
    """Return a right plan, with some fields changed: the question as it is, its longer words as keywords."""
    question = question_to_plan(request) or ""
    plan: Json = {
        "standalone": question,
        "keywords": re.findall(r"[^\W_]{5,}", question)[:10],
        "after": None,
        "before": None,
        "order": None,
        "intent": "question",
        "sides": [],
    }
    return json.dumps(plan | fields)


def plans(around: str = "{}", *, delay_s: float = 0.0, **fields: Any) -> Behaviour:
    """Write a right plan, with some fields changed, at the place of {} in a text around it."""
    before, _, after = around.partition("{}")
    return lambda request: Reply(in_pieces(f"{before}{plan_of(request, **fields)}{after}"), delay_s=delay_s)


FENCED_PLAN = plans("Here is the plan:\n```json\n{}\n```\nHope this helps!")
PLAN_AFTER_THINKING = plans('<think>They want {"standalone": "bananas"}?</think>\n{}')


def malformed_plan(request: Json) -> Reply:
    """Write a plan that breaks off, and say that it is finished."""
    return Reply(in_pieces(plan_of(request)[:40]))


def half_a_plan(request: Json) -> Reply:
    """Write the beginning of a plan, then cut the connection."""
    return Reply(in_pieces(plan_of(request)[:40]), dropped=True)


def slow_plan(request: Json) -> Reply:
    """Write a right plan, in an hour or so."""
    return Reply(in_pieces(plan_of(request)), delay_s=30)


def without_json_mode(request: Json) -> Reply:
    """Answer 400 to a request for JSON mode, else plan rightly."""
    return Reply(status=400) if "response_format" in request else plans()(request)


def says(text: str, **more: Any) -> Behaviour:
    """Write a fixed text."""
    return lambda _request: Reply(in_pieces(text), **more)


def fails(status: int, **headers: str) -> Behaviour:
    """Answer with a status and an error that repeats the key, as careless servers do."""
    return lambda _request: Reply(status=status, headers=headers)


def half(request: Json) -> Reply:
    """Write one whole sentence and a half, then cut the connection."""
    first, *_ = (f"{_first_sentence(abstract)} [{number}]" for number, abstract in sources_of(request).items())
    return Reply(in_pieces(f"{first} And this sentence breaks"), dropped=True)


def refuses_options(request: Json) -> Reply:
    """Answer 400 to a request with any optional parameter, else faithfully."""
    if {"max_tokens", "temperature"} & request.keys():
        return Reply(status=400)
    return faithful(request)


def _first_sentence(text: str) -> str:
    match = FIRST_SENTENCE.match(text)
    return match.group(1) if match else text


class FakeModel:
    """The server, an async context manager. `requests` holds the bodies of all requests.

    Requests for a plan get `planning`. For the others `script` queues behaviours; after them `behaviour` serves.
    """

    def __init__(
        self, behaviour: Behaviour = faithful, *, planning: Behaviour = plans(), key: str = "fake-key"
    ) -> None:
        self.behaviour = behaviour
        self.planning = planning
        self.key = key
        self.requests: list[Json] = []
        self.base_url = ""
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
    def answered(self) -> list[Json]:
        """The requests that were not for a plan."""
        return [request for request in self.requests if question_to_plan(request) is None]

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
        else:
            reply = (self._queue.pop(0) if self._queue else self.behaviour)(body)
        if reply.status != 200:
            message = f"refused for {request.headers['Authorization']}"
            return web.json_response({"error": {"message": message}}, status=reply.status, headers=reply.headers)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **reply.headers})
        await response.prepare(request)
        try:
            await self._stream(response, reply, body["model"])
        except ConnectionResetError:
            return response  # the client has had enough
        if reply.dropped and request.transport is not None:
            request.transport.abort()
        return response

    async def _stream(self, response: web.StreamResponse, reply: Reply, model: str) -> None:
        if reply.body is not None:
            await response.write(reply.body.encode())
            return
        async for event in _events(reply, model):
            await response.write(f"data: {json.dumps(event)}\n\n".encode())
        if not reply.dropped:
            await response.write(b"data: [DONE]\n\n")


async def _events(reply: Reply, model: str) -> AsyncIterator[Json]:
    def chunk(delta: Json, finish_reason: str | None = None) -> Json:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": [choice]}

    if reply.pieces:
        yield chunk({"role": "assistant", "content": None})
    for piece in reply.pieces:
        await asyncio.sleep(reply.delay_s)
        yield chunk({"content": piece})
    if reply.error_event:
        yield {"error": {"message": "the backend died", "type": "server_error"}}
        return
    if reply.finish_reason and not reply.dropped:
        yield chunk({}, reply.finish_reason)
        yield {**chunk({}), "choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
