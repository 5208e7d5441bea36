"""The chunks of a stream as text, whatever a server puts into them."""

from typing import Any

from bot.answers.llm.text_model import Call

_OPEN, _CLOSE = "<think>", "</think>"


class ThinkingFilter:
    """Removes `<think>…</think>` from text that arrives in pieces, also when a piece ends within a tag.

    Some servers put the opening tag into the prompt, so that only the closing one is seen. With `unopened`, text is
    held back until it comes, and what precedes it is thinking; when it never comes, `finish` returns all. Without
    `unopened`, shown text can't be taken back: the tag then stays, on a line of its own, for whoever gathers the whole
    text, and `unopened_seen` says what to expect of this model from now on.
    """

    def __init__(self, *, unopened: bool = False) -> None:
        self._pending = ""
        self._thinking = False
        self._held = unopened
        self._opened = False
        self._blank = True
        self.unopened_seen = False

    def feed(self, piece: str) -> str:
        """Add a piece; return what may be shown of it by now."""
        self._pending += piece
        shown = ""
        while (tag := self._next_tag()) is not None:
            before, _, self._pending = self._pending.partition(tag)
            shown += self._show(self._outside(before, tag))
            self._thinking = tag == _OPEN
            self._held = False
        if self._thinking:
            self._pending = self._pending[len(self._pending) - _tag_begun(self._pending, _CLOSE) :]
        elif not self._held:
            keep = max(_tag_begun(self._pending, _OPEN), _tag_begun(self._pending, _CLOSE))
            shown += self._show(self._pending[: len(self._pending) - keep])
            self._pending = self._pending[len(self._pending) - keep :]
        return shown

    def finish(self) -> str:
        """Return what was held back at the end; nothing when the thinking never ended."""
        return "" if self._thinking else self._pending

    def _next_tag(self) -> str | None:
        tags = (_CLOSE,) if self._thinking else (_OPEN, _CLOSE)
        found = [(place, tag) for tag in tags if (place := self._pending.find(tag)) >= 0]
        return min(found)[1] if found else None

    def _outside(self, before: str, tag: str) -> str:
        """Return what of the text before a tag, and of the tag itself, is no thinking."""
        if self._thinking:
            return ""
        if tag == _OPEN:
            self._opened = True
            return before
        self.unopened_seen = self.unopened_seen or not self._opened
        if self._held:
            return ""
        if self._blank and not before.strip():  # nothing was thought
            return before
        return f"{before}\n{_CLOSE}\n"

    def _show(self, text: str) -> str:
        self._blank = self._blank and not text.strip()
        return text


def _tag_begun(text: str, tag: str) -> int:
    """Return how many characters at the end of `text` could be the beginning of `tag`."""
    return next((size for size in range(min(len(tag) - 1, len(text)), 0, -1) if text.endswith(tag[:size])), 0)


CHARS_PER_TOKEN = 8
"""How many characters a token may stand for at the most. Text beyond that comes from a server that ignores max_tokens:
English has about four."""

_CHARS_THOUGHT = 200_000
"""How many characters that aren't shown are read before a stream is given up: a model may think for long, not for
ever."""


class StreamReader:
    """Reads the chunks of one stream. `finish_reason` is the server's, or None until it comes.

    `written` says whether there was any text; white space before it is left out. `unopened` is for a model that
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
        """Return the text that was held back while a thinking tag could still come.

        Call it once, when the stream has ended.
        """
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
