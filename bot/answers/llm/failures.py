"""What a model server's failure was: the true cause as an error of our own, with a beginning of the server's words."""

import html
import json
import re
from typing import Any

import httpx2
import openai

from bot.answers.llm.events import UnreadableAnswer
from bot.answers.llm.stream import ErrorEvent
from bot.answers.untrusted import clean_model_text
from bot.errors.services import (
    ModelBusy,
    ModelDown,
    ModelError,
    ModelFiltered,
    ModelInterrupted,
    ModelLate,
    ModelMissing,
    ModelOverflow,
    ModelPage,
    ModelQuota,
    ModelRefused,
    ModelUnauthorised,
)
from bot.text import one_line, shorten

_OVERFLOW_CODE = re.compile(r"context_length_exceeded|exceed_context_size|context_window_exceeded", re.IGNORECASE)
# As OpenAI, vLLM, llama.cpp, llama-cpp-python, Ollama, TGI, Anthropic's and Google's compatible servers word it.
_OVERFLOW_WORDS = re.compile(
    r"(?:maximum|max|model's|available) context|context (?:length|window|size)|exceeds? (?:the )?(?:\w+ )?context"
    r"|(?:prompt|input|request|messages)\b[^.]{0,40} too (?:long|large|many tokens)|too many (?:input )?tokens"
    r"|(?:input|prompt) tokens? (?:count )?(?:\S+ )?exceeds?|reduce the length",
    re.IGNORECASE,
)
_FILTERED = re.compile(
    r"content_filter|content_policy|responsibleaipolicy|data_inspection_failed|prohibited_content|moderation"
    r"|content (?:management |safety )?(?:policy|filter)|safety (?:system|filter|settings)|flagged",
    re.IGNORECASE,
)
_QUOTA = re.compile(
    r"insufficient[ _](?:quota|credits?|balance|funds)|billing|credit balance|exceeded your current quota"
    r"|out of credits|more credits|payment[ _]required|spending limit",
    re.IGNORECASE,
)
# Google words its limits of a minute as a quota, and tells when to come back.
_SOON = re.compile(r"per[ _]?minute|retrydelay|retry in \d", re.IGNORECASE)
_BUSY = re.compile(r"rate[ _]limit|too many requests|too_many_requests", re.IGNORECASE)
_KEY_WRONG = re.compile(r"invalid_api_key|api_key_invalid|incorrect api key|api key not valid", re.IGNORECASE)
_NO_MODEL = re.compile(r"model_not_found|not a valid model id", re.IGNORECASE)
_WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|center|h1)\b", re.IGNORECASE)
_SECRET = re.compile(
    r"\b(?:sk|pk|rk|gsk|xai|hf|key|token|AIza|nvapi)[-_][\w*.-]{6,}|\bAIza[\w-]{10,}"
    r"|\b(?=\w*\d)(?=\w*[A-Za-z])\w{24,}",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\b(bearer)\s+\S+", re.IGNORECASE)
_CHARS_READ = 4000  # of a refusal; some servers send the whole request back
_CHARS_TOLD = 160


def says_overflow(error: openai.OpenAIError) -> bool:
    """Whether a server means that the prompt is longer than what the model takes.

    Servers answer 400 or 413, or send an error within the stream; codes differ, and some have only a message.
    """
    if not isinstance(error, openai.APIStatusError):
        return False
    return _overflows(error.status_code, server_text(error), error.body)


def server_text(error: openai.APIError) -> str:
    """Return how what the server wrote begins, to look for words in.

    It may repeat the key, so nobody is shown it as it is: `server_words` is for that.
    """
    return f"{error.message[:_CHARS_READ]}\n{_text(error.body)}"


def server_words(body: Any, *, key: str) -> str:
    """Return a beginning of a server's own words on an error, on one line, without the key and what looks like one."""
    text = _message(body)
    if _WEB_PAGE.search(text):
        text = re.sub(r"(?is)<(script|style|title)\b.*?</\1>", " ", text)
        text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    text = text[:_CHARS_READ]
    if len(key) > len("none"):
        text = text.replace(key, "…")
    text = _SECRET.sub("…", _BEARER.sub(r"\1 …", text))
    return shorten(one_line(clean_model_text(text)), _CHARS_TOLD)


def model_error(error: Exception, *, written: bool, key: str) -> ModelError:
    """Translate whatever a call raised; `written` says whether the reader has seen text already.

    Of the server's own text a beginning is told, without `key`.
    """
    match error:
        case ModelError():
            return error
        case ErrorEvent():
            return _told(None, error.body, key=key, written=written)
        case UnreadableAnswer() if _WEB_PAGE.search(error.text):
            return ModelPage(detail=server_words(error.text, key=key) or "HTML")
        case openai.APIStatusError():
            return _told(error.status_code, _whole(error), key=key, written=written)
        case openai.APITimeoutError() | httpx2.TimeoutException():
            return ModelLate(detail=type(error).__name__)
        case openai.APIError() | httpx2.TransportError():
            kind = ModelInterrupted if written else ModelDown
            return kind(detail="the connection broke" if written else "no connection")
        case _:  # an event that is no JSON, or no chunk
            return ModelInterrupted(detail="its stream couldn't be read")


def _whole(error: openai.APIStatusError) -> Any:
    """Return a refusal's body: the client takes the object out of it, and leaves out lists."""
    try:
        return json.loads(error.response.text)
    except (ValueError, httpx2.StreamError):
        return error.body if error.body is not None else error.message


def _told(status: int | None, body: Any, *, key: str, written: bool) -> ModelError:
    """Return the error that a server told with a status, or within an answer."""
    words = server_words(body, key=key)
    code = status or _code(body)
    shown = f"HTTP {status}" if status else f"code {code}" if code else ""
    detail = ": ".join(filter(None, (shown, words))) or "an error without a reason"
    return _kind(code, _text(body), body, written=written)(detail=detail)


def _kind(code: int | None, text: str, body: Any, *, written: bool) -> type[ModelError]:
    if not written and _overflows(code, text, body):
        return ModelOverflow
    if code in {None, 400, 403, 422, 451} and _FILTERED.search(text):
        return ModelFiltered
    if code == 402 or (code in {None, 400, 403, 429} and _QUOTA.search(text) and not _SOON.search(text)):
        return ModelQuota
    if code in {401, 403} or (code in {None, 400} and _KEY_WRONG.search(text)):
        return ModelUnauthorised
    if code == 404 or (code in {None, 400} and _NO_MODEL.search(text)):
        return ModelMissing
    if code == 429 or (code is None and _BUSY.search(text)):
        return ModelBusy
    if written:
        return ModelInterrupted
    return ModelRefused if code is not None and code < 500 else ModelDown


def _overflows(code: int | None, text: str, body: Any) -> bool:
    if code not in {None, 400, 413}:
        return False
    inner = _inner(body)
    named = [inner.get("code"), inner.get("type")] if isinstance(inner, dict) else []
    if code == 413 or any(_OVERFLOW_CODE.search(str(value)) for value in named):
        return True
    return _OVERFLOW_WORDS.search(text) is not None


def _inner(body: Any) -> Any:
    """Return the error within a body: OpenAI's `error`, Google's in a list, or the body itself."""
    if isinstance(body, list) and body:
        body = body[0]
    if isinstance(body, dict) and body.get("error"):
        return body["error"]
    return body


def _code(body: Any) -> int | None:
    """Return a status within a body, such as OpenRouter's code."""
    inner = _inner(body)
    if not isinstance(inner, dict):
        return None
    for name in ("code", "status", "status_code"):
        value = str(inner.get(name))
        if re.fullmatch(r"[45]\d\d", value):
            return int(value)
    return None


def _message(body: Any) -> str:
    """Return what a body says to people: of OpenAI's, FastAPI's, Ollama's and other shapes."""
    inner = _inner(body)
    if isinstance(inner, list):
        return "; ".join(filter(None, map(_message, inner[:3])))
    if not isinstance(inner, dict):
        return inner if isinstance(inner, str) else ""
    for name in ("message", "msg", "detail", "error_description", "reason", "title"):
        if found := inner.get(name):
            return _message(found)
    return str(inner.get("code") or inner.get("type") or "")


def _text(body: Any) -> str:
    return (body if isinstance(body, str) else json.dumps(body, default=str))[:_CHARS_READ]
