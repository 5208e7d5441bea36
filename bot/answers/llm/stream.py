"""The events of an answer as text, whatever a server puts into them."""

import html
import json
import re
from typing import Any

from bot.answers.llm.events import DONE, Event
from bot.answers.llm.text_model import Call
from bot.answers.llm.thinking import ThinkingFilter

CHARS_PER_TOKEN = 8
"""How many characters a token may stand for at the most. Text beyond that comes from a server that ignores max_tokens:
English has about four."""

_CHARS_THOUGHT = 200_000
"""How many characters that aren't shown are read before a stream is given up: a model may think for long, not for
ever."""

_MUSING = re.compile(
    r"\b(?:the user|user asks|let me|let's|(?:we|i) (?:need|should|must|have) to|hmm?|okay|wait)\b",
    re.IGNORECASE,
)
"""How thinking talks. Text without it is an answer that a server took for thinking."""

_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27);")
_ENTITY_BEGUN = re.compile(r"&[a-z#0-9]{0,5}$")

_ANSWER_FIELDS = ("answer", "response", "text", "content", "output", "result")


class ErrorEvent(Exception):
    """A server told an error within its answer. `body` is what it said, which may repeat the key."""

    def __init__(self, body: Any) -> None:
        """Keep the error."""
        super().__init__("an error within the answer")
        self.body = body


class StreamReader:
    """Reads the events of one answer.

    `finish_reason` is the server's, or None until it comes; `complete` says whether the server told in any way that
    the answer ended. `written` says whether there was any text; white space before it is left out. `unopened` is for
    a model that ends its thinking with a tag and doesn't begin it with one. Unless `json_object`, a JSON object that
    holds nothing but an answer is taken apart.
    """

    def __init__(self, *, call: Call, max_output_tokens: int, unopened: bool, json_object: bool = False) -> None:
        self._call = call
        self._thinking = ThinkingFilter(unopened=unopened)
        self._room = max_output_tokens * CHARS_PER_TOKEN
        self._json_object = json_object
        self._wrapped: str | None = None
        self._entity = ""
        self._thoughts: list[str] = []
        self._read = 0
        self._chunks = 0
        self._counted_thinking = False
        self._done = False
        self._last = ""
        self.written = False
        self.finish_reason: str | None = None
        self.refusal = ""
        self.called_tool = False

    def feed(self, event: Event) -> str:
        """Return an event's text as far as it may be shown by now.

        Raises ErrorEvent, and whatever reading an odd event raises.
        """
        if event is DONE:
            self._done = True
            return ""
        if event.get("error") or event.get("object") == "error" or (event.get("detail") and "choices" not in event):
            raise ErrorEvent(event)
        self._count(event.get("usage"))
        choices = event.get("choices")
        if not choices:  # the last chunk, with the usage alone
            return ""
        choice = choices[0]
        if choice.get("error"):
            raise ErrorEvent(choice)
        self.finish_reason = choice.get("finish_reason") or self.finish_reason
        self._chunks += 1
        text = self._text(choice)
        if self._call.alive is not None and (self._read or self._thoughts):
            self._call.alive()
            self._call.alive = None
        return self._show(self._unwrapped(self._unescaped(self._thinking.feed(text))))

    def finish(self) -> str:
        """Return the text that was held back while a thinking tag could still come.

        Call it once, when the stream has ended.
        """
        rest = self._unwrapped(self._unescaped(self._thinking.finish(), last=True))
        if self._wrapped is not None:
            rest, self._wrapped = answer_within(self._wrapped), None
        shown = self._show(rest)
        thoughts = "".join(self._thoughts)
        # Some servers' parsers take the whole answer of a model that doesn't think for its thinking.
        if not self.written and self.finish_reason == "stop" and not self.called_tool and not _MUSING.search(thoughts):
            self._thoughts = []
            shown = self._show(thoughts)
        return shown

    @property
    def full(self) -> bool:
        """Whether more text has come than was asked for, so that there is no use in reading on."""
        return self._room <= 0 or self._read > _CHARS_THOUGHT

    @property
    def complete(self) -> bool:
        """Whether the server said that the answer is finished."""
        return self.finish_reason is not None or self._done

    @property
    def ends_well(self) -> bool:
        """Whether the text so far ends as a finished one does."""
        return re.search(r"[.!?…。！？}][\"”’'\])*_【】\s\d]*$", self._last) is not None

    @property
    def streamed(self) -> bool:
        """Whether the text came in more than one event."""
        return self._chunks > 1

    @property
    def thought(self) -> bool:
        """Whether the model thought before it wrote."""
        return self._thinking.thought or bool(self._thoughts) or self._counted_thinking

    @property
    def output_tokens(self) -> int | None:
        """What the server counted, thinking included; None where it doesn't count."""
        return self._call.output_tokens

    @property
    def unopened(self) -> bool:
        """Whether this stream's thinking ended without having begun."""
        return self._thinking.unopened_seen

    def _text(self, choice: dict[str, Any]) -> str:
        """Return a choice's text, and take note of its thinking, its refusal and its calls of tools.

        Some servers send no delta, no content, or one that is no text; some send a message in its place, or after it.
        """
        delta = choice.get("delta") or (choice.get("message") if not self._read else None) or {}
        if not isinstance(delta, dict):
            return ""
        self.called_tool = self.called_tool or bool(delta.get("tool_calls") or delta.get("function_call"))
        if isinstance(refusal := delta.get("refusal"), str):
            self.refusal += refusal
        for name in ("reasoning_content", "reasoning", "thinking"):
            if isinstance(thought := delta.get(name), str) and thought:
                self._thoughts.append(thought)
                self._read += len(thought)
                break
        content = delta.get("content")
        if content is None and isinstance(choice.get("text"), str):
            content = choice["text"]
        if isinstance(content, list):
            text = "".join(map(self._part, content))
        else:
            text = content if isinstance(content, str) else ""
        self._read += len(text)
        return text

    def _part(self, part: Any) -> str:
        if isinstance(part, str):
            return part
        if not isinstance(part, dict):
            return ""
        kind, text = part.get("type"), part.get("text")
        if kind in {"thinking", "reasoning"}:
            self._thoughts.append(str(part.get("thinking") or text or " "))
            return ""
        return text if isinstance(text, str) else ""

    def _unescaped(self, text: str, *, last: bool = False) -> str:
        """Return the text with HTML's entities as characters; one that is cut in two waits for its end."""
        if self._json_object:
            return text
        text = self._entity + text
        begun = None if last else _ENTITY_BEGUN.search(text)
        at = begun.start() if begun else len(text)
        text, self._entity = text[:at], text[at:]
        return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)

    def _unwrapped(self, text: str) -> str:
        """Hold back a text that may be an answer within JSON; return others as they are."""
        if self._wrapped is not None:
            self._wrapped += text
            return ""
        if self._json_object or self.written or not text.lstrip().startswith("{"):
            return text
        self._wrapped = text
        return ""

    def _show(self, text: str) -> str:
        if not self.written:
            text = text.lstrip()
        text = text[: max(0, self._room)]
        self._room -= len(text)
        self.written = self.written or bool(text)
        self._last = (self._last + text)[-40:]
        return text

    def _count(self, usage: Any) -> None:
        """Take over the tokens. Some servers count up in every chunk, so the last figures are the right ones."""
        if isinstance(usage, dict):
            self._call.input_tokens = _tokens(usage, "prompt_tokens", self._call.input_tokens)
            self._call.output_tokens = _tokens(usage, "completion_tokens", self._call.output_tokens)
            details = usage.get("completion_tokens_details")
            self._counted_thinking = self._counted_thinking or bool(
                isinstance(details, dict) and _tokens(details, "reasoning_tokens", None)
            )


def answer_within(text: str) -> str:
    """Return the answer of a JSON object that holds one; another text as it is."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, dict):
        for name in _ANSWER_FIELDS:
            if isinstance(found := value.get(name), str):
                return found
    return text


def _tokens(usage: dict[str, Any], name: str, before: int | None) -> int | None:
    value = usage.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else before
