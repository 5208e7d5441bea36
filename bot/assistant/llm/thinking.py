"""What a model thinks aloud before it answers."""

_OPEN, _CLOSE = "<think>", "</think>"


class ThinkingFilter:
    """Removes `<think>…</think>` from text that arrives in pieces, also when a piece ends within a tag.

    Some servers put the opening tag into the prompt, so that only the closing one is seen. With `unopened`, text is
    held back until it comes, and what precedes it is thinking; when it never comes, `finish` returns all. Without
    `unopened`, shown text can't be taken back: the tag then stays, on a line of its own, for whoever gathers the whole
    text, and `unopened_seen` tells what to expect of this model from now on.
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
