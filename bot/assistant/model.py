"""The model: chat completions of any OpenAI-compatible server, streamed."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Protocol

import openai
from openai import AsyncOpenAI

from bot.assistant.prompts import RenderedPrompt
from bot.assistant.thinking import ThinkingFilter
from bot.errors import (
    ModelBusy,
    ModelDown,
    ModelError,
    ModelInterrupted,
    ModelLate,
    ModelMissing,
    ModelRefused,
    ModelSilent,
    ModelUnauthorised,
)


@dataclass(slots=True)
class Call:
    """What becomes known of a call while it runs: who answered, at which price, and what it used.

    Tokens are None where the server doesn't tell them. Prices are for a million tokens.
    """

    model: str = ""
    price_input: float = 0.0
    price_output: float = 0.0
    input_tokens: int | None = None
    output_tokens: int | None = None


class TextModel(Protocol):
    """What writes: one model, or several that stand in for each other."""

    @property
    def name(self) -> str:
        """The name of the model that is asked first."""

    def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Yield the text piece by piece, never an empty piece. Fills in `call`. Raises ModelError."""


class ChatModel:
    """One model on one server. The client, its retries and its time-out are the caller's."""

    def __init__(self, *, client: AsyncOpenAI, name: str) -> None:
        self._client = client
        self._json_mode = True
        self.name = name

    async def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Yield the answer's text piece by piece, without what a model thinks aloud in `<think>`.

        Raises ModelError: before the first piece when the server fails, ModelSilent after a stream without text,
        ModelInterrupted when it breaks off or ends without saying that it is finished.
        """
        thinking = ThinkingFilter()
        written = False
        finished: str | None = None
        try:
            async with await self._open(prompt) as stream:
                async for chunk in stream:
                    if not chunk.choices:  # the last chunk, with the usage alone
                        continue
                    finished = chunk.choices[0].finish_reason or finished
                    if text := thinking.feed(_content(chunk.choices[0])):
                        written = written or bool(text.strip())
                        yield text
        except openai.OpenAIError as error:
            raise _model_error(error, written=written) from error
        except (ValueError, AttributeError) as error:  # a chunk that is no JSON, or no chunk
            raise ModelInterrupted(detail="its stream can't be read") from error
        if text := thinking.finish():
            written = written or bool(text.strip())
            yield text
        if not written:
            raise ModelSilent(detail=f"finish reason {finished or 'missing'}")
        if finished is None:
            raise ModelInterrupted(detail="no finish reason")

    async def ping(self) -> None:
        """Ask for one word, to see whether the model answers. Raises ModelError."""
        prompt = RenderedPrompt(
            system="Answer with one word.", user="Say ready.", max_output_tokens=200, temperature=None
        )
        async for _ in self.stream(prompt):
            pass

    async def _open(self, prompt: RenderedPrompt) -> Any:
        """Start the stream; once more without the optional parameters when a server doesn't know one of them.

        JSON mode goes first: not every server has it, and an answer of any length costs more than one without it. A
        server that refused it is not asked for it again.
        """
        required: dict[str, Any] = {
            "model": self.name,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "stream": True,
        }
        optional: dict[str, Any] = {"max_tokens": prompt.max_output_tokens}
        if prompt.temperature is not None:
            optional["temperature"] = prompt.temperature
        attempts = [optional, {}]
        if json_mode := prompt.json_object and self._json_mode:
            attempts.insert(0, {**optional, "response_format": {"type": "json_object"}})
        for attempt in attempts:
            try:
                stream = await self._client.chat.completions.create(**required, **attempt)
            except openai.BadRequestError:
                if attempt is attempts[-1]:
                    raise
            else:
                self._json_mode = self._json_mode and (not json_mode or attempt is attempts[0])
                return stream
        raise AssertionError("the last attempt returns or raises")


def _content(choice: Any) -> str:
    """Return a chunk's text. Some servers send no delta, no content, or one that is no text."""
    content = getattr(getattr(choice, "delta", None), "content", None)
    return content if isinstance(content, str) else ""


def _model_error(error: openai.OpenAIError, *, written: bool) -> ModelError:
    """Translate. The server's own text is left out, since it may repeat the key."""
    status = error.status_code if isinstance(error, openai.APIStatusError) else None
    detail = f"HTTP {status}" if status else type(error).__name__
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
