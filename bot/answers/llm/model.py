"""Chat completions of any OpenAI-compatible server, streamed, and what goes wrong there as errors of our own."""

import json
import re
from collections.abc import AsyncGenerator
from typing import Any

import openai
from openai import AsyncOpenAI

from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.llm.stream import StreamReader
from bot.answers.llm.text_model import Call
from bot.errors.services import (
    ModelBusy,
    ModelDown,
    ModelError,
    ModelInterrupted,
    ModelLate,
    ModelMissing,
    ModelOverflow,
    ModelRefused,
    ModelSilent,
    ModelUnauthorised,
)

_OVERFLOW_CODE = re.compile(r"context_length_exceeded|exceed_context_size|context_window_exceeded", re.IGNORECASE)
# As OpenAI, vLLM, llama.cpp, llama-cpp-python, Ollama, TGI, Anthropic's and Google's compatible servers word it.
_OVERFLOW_WORDS = re.compile(
    r"(?:maximum|max|model's|available) context|context (?:length|window|size)|exceeds? (?:the )?(?:\w+ )?context"
    r"|(?:prompt|input|request|messages)\b[^.]{0,40} too (?:long|large|many tokens)|too many (?:input )?tokens"
    r"|(?:input|prompt) tokens? (?:count )?(?:\S+ )?exceeds?|reduce the length",
    re.IGNORECASE,
)

_CHARS_READ = 4000  # of a refusal; some servers send the whole request back


def says_overflow(error: openai.OpenAIError) -> bool:
    """Whether a server means that the prompt is longer than what the model takes.

    Servers answer 400 or 413, or send an error within the stream; codes differ, and some have only a message.
    """
    if not isinstance(error, openai.APIError):
        return False
    if isinstance(error, openai.APIStatusError) and error.status_code not in {400, 413}:
        return False
    if isinstance(error, openai.APIStatusError) and error.status_code == 413:
        return True
    if any(_OVERFLOW_CODE.search(str(value)) for value in (error.code, error.type)):
        return True
    return _OVERFLOW_WORDS.search(server_text(error)) is not None


def server_text(error: openai.APIError) -> str:
    """Return how what the server wrote begins, to look for words in.

    It may repeat the key, so nobody is ever shown it.
    """
    body = error.body if isinstance(error.body, str) else json.dumps(error.body, default=str)
    return f"{error.message[:_CHARS_READ]}\n{body[:_CHARS_READ]}"


def model_error(error: Exception, *, written: bool) -> ModelError:
    """Translate whatever a call raised; `written` says whether the reader has seen text already.

    The server's own text is left out, since it may repeat the key.
    """
    if isinstance(error, ModelError):
        return error
    if not isinstance(error, openai.OpenAIError):  # a chunk that is no JSON, or no chunk
        return ModelInterrupted(detail="its stream can't be read")
    status = error.status_code if isinstance(error, openai.APIStatusError) else None
    detail = f"HTTP {status}" if status else type(error).__name__
    if not written and says_overflow(error):
        return ModelOverflow(detail=detail)
    match error:
        case openai.APITimeoutError():
            return ModelLate(detail=detail)
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return ModelUnauthorised(detail=detail)
        case openai.NotFoundError():
            return ModelMissing(detail=detail)
        case openai.RateLimitError():
            return ModelBusy(detail=detail)
        case _ if written:
            return ModelInterrupted(detail=detail)
        case openai.APIStatusError() if status is not None and status < 500:
            return ModelRefused(detail=detail)
        case _:
            return ModelDown(detail=detail)


_LEAST_KNOWN = ("response_format", "stream_options")
"""What goes first when a server doesn't say what it refuses: fewest servers have JSON mode, then usage in streams."""


_RENAMED = {"max_tokens": "max_completion_tokens"}
"""What some models take under another name: OpenAI's that reason refuse max_tokens."""


class ModelRequest:
    """Opens streams of one model on one server, and remembers which optional parameters the server refused."""

    def __init__(self, *, client: AsyncOpenAI, name: str, extra_body: dict[str, Any] | None = None) -> None:
        # Named here, since openai imports it when it is named: with the first question, that would block the loop.
        self._completions = client.chat.completions
        self._name = name
        self._extra_body = extra_body or None
        self._refused: set[str] = set()
        self._taken: dict[str, str] = {}

    async def open(self, prompt: RenderedPrompt) -> Any:
        """Start a stream of chunks; again with fewer optional parameters while the server refuses the request.

        An answer of any length, or one that isn't asked to be JSON, is better than none. Raises OpenAIError.
        """
        options = self._known(_options(prompt))
        left_out: set[str] = set()
        taken: dict[str, str] = {}
        while True:
            try:
                stream = await self._completions.create(
                    model=self._name,
                    messages=[
                        {"role": "system", "content": prompt.system},
                        {"role": "user", "content": prompt.user},
                    ],
                    stream=True,
                    extra_body=self._extra_body,
                    **options,
                )
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not options or says_overflow(error):
                    raise
                for name in _refused_by(error, options):
                    value = options.pop(name)
                    left_out.add(name)
                    renamed = _RENAMED.get(name)
                    if renamed and renamed not in left_out and renamed in server_text(error):
                        options[renamed] = value
                        taken[name] = renamed
            else:
                self._refused |= left_out
                self._taken |= {name: other for name, other in taken.items() if other not in left_out}
                return stream

    def _known(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the options without those that were refused before, or under the name that was taken instead."""
        named = {self._taken.get(name, name): value for name, value in options.items()}
        return {name: value for name, value in named.items() if name not in self._refused}


def _options(prompt: RenderedPrompt) -> dict[str, Any]:
    options: dict[str, Any] = {
        "max_tokens": prompt.max_output_tokens,
        "stream_options": {"include_usage": True},
    }
    if prompt.temperature is not None:
        options["temperature"] = prompt.temperature
    if prompt.json_object:
        options["response_format"] = {"type": "json_object"}
    return options


def _refused_by(error: openai.APIStatusError, options: dict[str, Any]) -> list[str]:
    """Return which options to leave out: the one that the server names, else the least known, in the end all."""
    if named := [name for name in options if error.param and error.param.startswith(name)]:
        return named
    text = server_text(error)
    if named := [name for name in options if name in text]:
        return named
    return next(([name] for name in _LEAST_KNOWN if name in options), list(options))


class ChatModel:
    """One model on one server. The client, its retries and its time-out are the caller's.

    Prices are for a million tokens. `extra_body` are more fields for every request.
    """

    def __init__(
        self,
        *,
        client: AsyncOpenAI,
        name: str,
        price_input: float = 0.0,
        price_output: float = 0.0,
        extra_body: dict[str, Any] | None = None,
    ) -> None:
        self._request = ModelRequest(client=client, name=name, extra_body=extra_body)
        self._price_input = price_input
        self._price_output = price_output
        self._unopened = False
        self.name = name

    async def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Yield the answer's text piece by piece, without what a model thinks aloud in `<think>`.

        A text of more than eight characters for each of the prompt's output tokens is cut there, as if it ended.
        Closing the generator closes the connection. Raises ModelError: before the first piece when the server fails,
        ModelSilent after a stream without text, ModelInterrupted when it stops early or ends without saying that it is
        finished.
        """
        reader = StreamReader(
            call=self._begun(call), max_output_tokens=prompt.max_output_tokens, unopened=self._unopened
        )
        try:
            async with await self._request.open(prompt) as chunks:
                async for chunk in chunks:
                    if text := reader.feed(chunk):
                        yield text
                    if reader.full:
                        break
        except Exception as error:  # noqa: BLE001 - servers send what no client library expects
            if not (reader.written and reader.finish_reason):  # else all of the text is there
                # Without its cause: that holds the server's own text, which may repeat the key.
                raise model_error(error, written=reader.written) from None
        if text := reader.finish():
            yield text
        self._unopened = reader.unopened
        if not reader.written:
            raise ModelSilent(detail=f"finish reason {reader.finish_reason or 'missing'}")
        if reader.finish_reason is None and not reader.full:
            raise ModelInterrupted(detail="no finish reason")

    async def ping(self) -> None:
        """Ask for one word, to see whether the model answers. Raises ModelError."""
        prompt = RenderedPrompt(
            system="Answer with one word.", user="Say ready.", max_output_tokens=200, temperature=None
        )
        async for _ in self.stream(prompt):
            pass

    def _begun(self, call: Call | None) -> Call:
        """Return the call with this model in it and nothing used yet."""
        call = Call() if call is None else call
        call.model, call.price_input, call.price_output = self.name, self._price_input, self._price_output
        call.input_tokens = call.output_tokens = None
        return call
