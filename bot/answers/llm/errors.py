"""What goes wrong between a model's server and us, as errors of our own."""

import json
import re

import openai

from bot.errors.services import (
    ModelBusy,
    ModelDown,
    ModelError,
    ModelInterrupted,
    ModelLate,
    ModelMissing,
    ModelOverflow,
    ModelRefused,
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
    """Translate whatever a call raised; `written` tells whether the reader has seen text already.

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
