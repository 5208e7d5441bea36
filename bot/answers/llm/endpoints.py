"""The models of the settings, with the connections to their servers."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from openai import AsyncOpenAI, Timeout
from pydantic import SecretStr

from bot.answers.llm.memory import ServerMemory
from bot.answers.llm.model import ChatModel
from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.llm.text_model import Call, Learnt, TextModel
from bot.config import EndpointSettings, OpenAISettings
from bot.errors.services import (
    ModelDown,
    ModelError,
    ModelLate,
    ModelMissing,
    ModelPage,
    ModelQuota,
    ModelSilent,
    ModelUnauthorised,
)

log = logging.getLogger(__name__)

ASKED_LAST_FOR = timedelta(seconds=60)
"""How long a model whose server failed is asked after the others, so that it doesn't cost every question its wait."""

_OF_THE_SERVER = (ModelUnauthorised, ModelMissing, ModelDown, ModelLate, ModelPage, ModelQuota)
"""What is likely to meet the next question too. A quota is the account's, and its server is told to be well."""


class ModelChain:
    """Asks models in order until one has a first piece of text; is a TextModel itself.

    A model that has a successor gets `first_token_seconds` for its first piece; with `thinking_counts` it has all the
    time once it begins to think, since it is at work then. The one that is asked last has all the time that the caller
    gives: there is nobody else. What fails after the first piece fails as it is, since the reader has seen text.
    Overflow too goes on to the next, which may take longer prompts.
    """

    def __init__(
        self,
        models: Sequence[TextModel],
        *,
        first_token_seconds: float,
        clock: Callable[[], datetime],
        thinking_counts: bool = True,
    ) -> None:
        """`models` are at least one, the preferred first."""
        if not models:
            raise ValueError("a chain needs a model")
        self._models = tuple(models)
        self._first_token_seconds = first_token_seconds
        self._clock = clock
        self._thinking_counts = thinking_counts
        self._failed_at: dict[int, datetime] = {}

    @property
    def name(self) -> str:
        """The name of the preferred model."""
        return self._models[0].name

    async def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Yield the text of the first model that has any; `call` says which, or the one asked last.

        Raises ModelError: that of the preferred model when all fail, since it is the one to fix.
        """
        failures: dict[int, ModelError] = {}
        call = Call() if call is None else call
        order = self._order()
        for number in order:
            seconds = self._first_token_seconds if number != order[-1] else None
            async with aclosing(self._models[number].stream(prompt, call=call)) as pieces:
                try:
                    piece = await _first(pieces, seconds, call if self._thinking_counts else None)
                except ModelError as error:
                    failures[number] = error
                else:
                    self._failed_at.pop(number, None)
                    yield piece
                    async for following in pieces:
                        yield following
                    return
            self._note(number, failures[number])
        raise failures[0]

    def _order(self) -> list[int]:
        """Return the models' numbers: those that failed lately come last."""
        now = self._clock()
        lately = {number for number, at in self._failed_at.items() if now - at < ASKED_LAST_FOR}
        return sorted(range(len(self._models)), key=lambda number: number in lately)

    def _note(self, number: int, error: ModelError) -> None:
        if isinstance(error, _OF_THE_SERVER):
            self._failed_at[number] = self._clock()
        if len(self._models) > 1:  # the only one's failure is raised
            log.warning("%s: %s (%s)", self._models[number].name, error.reason, error.facts.get("detail"))


async def _first(pieces: AsyncGenerator[str], seconds: float | None, call: Call | None) -> str:
    """Return the first piece. Raises ModelError, ModelLate when it doesn't come in time and `call` isn't alive."""
    try:
        async with asyncio.timeout(seconds) as limit:
            if call is not None:
                call.alive = lambda: limit.reschedule(None)
            piece = await anext(pieces, "")
    except TimeoutError:
        raise ModelLate(detail=f"no text within {seconds:g} s") from None
    finally:
        if call is not None:
            call.alive = None
    if not piece:
        raise ModelSilent(detail="no text")
    return piece


OPENAI_URL = "https://api.openai.com/v1"
_RETRIES = 2
_CONNECT_SECONDS = 5.0
"""How long a connection may take to be made. A server that is there accepts at once, however long it then computes."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One model on one server. `key` and `extra_body` may hold secrets."""

    base_url: str
    key: SecretStr
    model: str
    price_input: float
    price_output: float
    extra_body: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """What the assistant writes with. `planning` and `reading` are None where the settings give them no time.

    `learnt` is what becomes known of the models that are asked first for each.
    """

    answering: TextModel
    planning: TextModel | None
    reading: TextModel | None
    learnt: Mapping[str, Learnt]


@asynccontextmanager
async def open_models(
    settings: OpenAISettings, *, clock: Clock, server_memory: ServerMemory | None = None
) -> AsyncIterator[Models]:
    """Build the models of configured settings, and close their connections in the end.

    Nothing is sent before the first call. Answers get the client's own retries (which honour Retry-After, with
    jitter) on the last server; those before it have a successor instead. Plans get none: a second try would only use
    up the time in which the plan made in code could be searched for.
    """
    first, *others = endpoints(settings)
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(open_client(endpoint, timeout_seconds=settings.timeout_seconds))
            for endpoint in (first, *others)
        ]
        last = len(others)
        memory = _Memory(settings, server_memory)
        answering = [
            memory.model(client.with_options(max_retries=_RETRIES if number == last else 0), endpoint, endpoint.model)
            for number, (client, endpoint) in enumerate(zip(clients, (first, *others), strict=True))
        ]

        def chain(name: str, seconds: float) -> ModelChain | None:
            """Return the models for a smaller task, the first of this name; half of the time is left to the others."""
            names = [name, *(endpoint.model for endpoint in others)]
            models = [
                memory.model(client, endpoint, name)
                for client, endpoint, name in zip(clients, (first, *others), names, strict=True)
            ]
            if not seconds:
                return None
            return ModelChain(models, first_token_seconds=seconds / 2, clock=clock, thinking_counts=False)

        planning = chain(settings.planner, settings.plan_seconds)
        reading = chain(settings.reader, settings.reading_seconds)
        await memory.recall()
        yield Models(
            answering=ModelChain(answering, first_token_seconds=settings.first_token_seconds, clock=clock),
            planning=planning,
            reading=reading,
            learnt=memory.learnt(first, [settings.model, settings.planner, settings.reader]),
        )


def endpoints(settings: OpenAISettings) -> list[Endpoint]:
    """Return the servers and models in the order in which they are asked.

    A fallback without a base URL is another model on the first server; with a key of its own it is at OpenAI. A key
    is never sent to a server that it wasn't set for.
    """
    first = Endpoint(
        base_url=settings.base_url or OPENAI_URL,
        key=_key(settings.api_key),
        model=settings.model,
        price_input=settings.price_input,
        price_output=settings.price_output,
        extra_body=settings.extra_body,
    )
    return [first, *(_fallback(fallback, first) for fallback in settings.fallbacks)]


@asynccontextmanager
async def open_client(endpoint: Endpoint, *, timeout_seconds: float) -> AsyncIterator[AsyncOpenAI]:
    """Open the client of one server, without retries."""
    # The address is always given: without one the client would read OPENAI_BASE_URL, which is another server's.
    async with AsyncOpenAI(
        api_key=endpoint.key.get_secret_value(),
        base_url=endpoint.base_url,
        timeout=Timeout(timeout_seconds, connect=min(_CONNECT_SECONDS, timeout_seconds)),
        max_retries=0,
    ) as client:
        yield client


async def ping(endpoint: Endpoint, settings: OpenAISettings, *, model: str | None = None) -> None:
    """Ask a server's model, or another one on it, for one sentence. Raises ModelError."""
    async with open_client(endpoint, timeout_seconds=settings.timeout_seconds) as client:
        await _Memory(settings).model(client, endpoint, model or endpoint.model).ping()


def _fallback(fallback: EndpointSettings, first: Endpoint) -> Endpoint:
    base_url = fallback.base_url or (OPENAI_URL if fallback.api_key else first.base_url)
    same_server = base_url.rstrip("/") == first.base_url.rstrip("/")
    return Endpoint(
        base_url=base_url,
        key=first.key if same_server and fallback.api_key is None else _key(fallback.api_key),
        model=fallback.model,
        price_input=fallback.price_input,
        price_output=fallback.price_output,
        extra_body=fallback.extra_body,
    )


def _key(key: SecretStr | None) -> SecretStr:
    # Local servers ask for no key, but the client refuses to be without one.
    return key if key is not None else SecretStr("none")


class _Memory:
    """Builds models of the settings; those that are the same model on the same server share what is learnt of it."""

    def __init__(self, settings: OpenAISettings, server_memory: ServerMemory | None = None) -> None:
        self._settings = settings
        self._server_memory = server_memory
        self._learnt: dict[tuple[str, str], Learnt] = {}

    def learnt(self, endpoint: Endpoint, names: Sequence[str]) -> dict[str, Learnt]:
        """Return what is known of a server's models, by their names."""
        return {name: self._of(endpoint, name) for name in names}

    async def recall(self) -> None:
        """Put into all that is learnt what runs before have learnt."""
        if self._server_memory is not None:
            for (base_url, name), learnt in self._learnt.items():
                await self._server_memory.recall(base_url, name, learnt)

    def _of(self, endpoint: Endpoint, name: str) -> Learnt:
        key = endpoint.base_url.rstrip("/"), name
        return self._learnt.setdefault(key, Learnt(room=self._settings.thinking_tokens))

    def model(self, client: AsyncOpenAI, endpoint: Endpoint, name: str) -> ChatModel:
        learnt, kept = self._of(endpoint, name), self._server_memory
        return ChatModel(
            client=client,
            name=name,
            price_input=endpoint.price_input,
            price_output=endpoint.price_output,
            extra_body=endpoint.extra_body,
            effort=self._settings.reasoning_effort,
            learnt=learnt,
            keep=partial(kept.keep, endpoint.base_url, name, learnt) if kept else None,
        )
