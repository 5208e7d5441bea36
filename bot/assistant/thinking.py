"""What a model thinks aloud before it answers."""

_OPEN, _CLOSE = "<think>", "</think>"


class ThinkingFilter:
    """Removes `<think>…</think>` from text that arrives in pieces, also when a piece ends within a tag."""

    def __init__(self) -> None:
        self._pending = ""
        self._thinking = False

    def feed(self, piece: str) -> str:
        """Add a piece; return what may be shown of it by now."""
        self._pending += piece
        shown = ""
        while True:
            tag = _CLOSE if self._thinking else _OPEN
            before, found, after = self._pending.partition(tag)
            if not found:
                break
            shown += "" if self._thinking else before
            self._pending, self._thinking = after, not self._thinking
        keep = _tag_begun(self._pending, tag)
        if not self._thinking:
            shown += self._pending[: len(self._pending) - keep]
        self._pending = self._pending[len(self._pending) - keep :]
        return shown

    def finish(self) -> str:
        """Return what was held back at the end; nothing when the thinking never ended."""
        return "" if self._thinking else self._pending


def _tag_begun(text: str, tag: str) -> int:
    """Return how many characters at the end of `text` could be the beginning of `tag`."""
    return next((size for size in range(min(len(tag) - 1, len(text)), 0, -1) if text.endswith(tag[:size])), 0)
