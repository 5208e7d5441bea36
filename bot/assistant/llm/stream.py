"""The chunks of a stream as text, whatever a server puts into them."""

from typing import Any

from bot.assistant.llm.call import Call
from bot.assistant.llm.thinking import ThinkingFilter

CHARS_PER_TOKEN = 8
"""How many characters a token may stand for at the most. Text beyond that comes from a server that ignores max_tokens:
English has about four."""

_CHARS_THOUGHT = 200_000
"""How many characters that aren't shown are read before a stream is given up: a model may think for long, not for
ever."""


class StreamReader:
    """Reads the chunks of one stream. `finish_reason` is the server's, or None until it comes.

    `written` tells whether there was any text; white space before it is left out. `unopened` is for a model that
    ends its thinking with a tag and doesn't begin it with one.
    """

    def __init__(self, *, call: Call, max_output_tokens: int, unopened: bool) -> None:
        self._call = call
        self._thinking = ThinkingFilter(unopened=unopened)
        self._room = max_output_tokens * CHARS_PER_TOKEN
        self._read = 0
        self.written = False
        self.finish_reason: str | None = None

    def feed(self, chunk: Any) -> str:
        """Return a chunk's text as far as it may be shown by now. Raises whatever reading an odd chunk raises."""
        self._count(getattr(chunk, "usage", None))
        if not chunk.choices:  # the last chunk, with the usage alone
            return ""
        choice = chunk.choices[0]
        self.finish_reason = choice.finish_reason or self.finish_reason
        content = _content(choice)
        self._read += len(content)
        return self._show(self._thinking.feed(content))

    def finish(self) -> str:
        """Return what was held back until the end."""
        return self._show(self._thinking.finish())

    @property
    def full(self) -> bool:
        """Whether more text has come than was asked for, so that there is no use in reading on."""
        return self._room <= 0 or self._read > _CHARS_THOUGHT

    @property
    def unopened(self) -> bool:
        """Whether this stream's thinking ended without having begun."""
        return self._thinking.unopened_seen

    def _show(self, text: str) -> str:
        if not self.written:
            text = text.lstrip()
        text = text[: max(0, self._room)]
        self._room -= len(text)
        self.written = self.written or bool(text)
        return text

    def _count(self, usage: Any) -> None:
        """Take over the tokens. Some servers count up in every chunk, so the last figures are the right ones."""
        self._call.input_tokens = _tokens(usage, "prompt_tokens", self._call.input_tokens)
        self._call.output_tokens = _tokens(usage, "completion_tokens", self._call.output_tokens)


def _content(choice: Any) -> str:
    """Return a chunk's text. Some servers send no delta, no content, or one that is no text."""
    content = getattr(getattr(choice, "delta", None), "content", None)
    return content if isinstance(content, str) else ""


def _tokens(usage: Any, name: str, before: int | None) -> int | None:
    value = getattr(usage, name, None)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else before
