"""Text that is too long for one message, in pieces that each stand alone."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^[ \t]*(```+)[^\n`]{0,40}$", re.MULTILINE)
_UNBREAKABLE = re.compile(r"\[(?:[^\[\]\n\\]|\\.)*\]\([^()\s]*\)|<?https?://[^\s<>`]+>?|`[^`\n]+`")
# Best place first: between paragraphs, lines, sentences, words.
_BREAKS = (re.compile(r"\n[ \t]*\n+"), re.compile(r"\n+"), re.compile(r"(?<=[.!?])[ \t]+"), re.compile(r"[ \t]+"))


def split(text: str, limit: int) -> list[str]:
    """Return `text` in pieces of at most `limit` characters (at least 100), at the best breaks.

    Only white space at a break is lost. A code block that is cut is closed and opened again with its language; no
    link and no inline code is cut, unless it is longer than a whole piece. An empty text gives no pieces.
    """
    return [piece for piece in _pieces(text, limit) if piece.strip()]


def _pieces(text: str, limit: int) -> Iterator[str]:
    opened = ""  # the line that opens the code block within which the rest begins
    rest = text
    while True:
        head = f"{opened}\n" if opened else ""
        if len(head) + len(rest) <= limit:
            yield head + rest
            return
        closing = "\n```" if opened or _FENCE.search(rest) else ""
        room = limit - len(head) - len(closing)
        end, start = _cut(rest, room)
        piece, rest = rest[:end], rest[start:]
        opened = _open_fence(head + piece)
        # A cut right behind the line that opens a block moves that line to the next piece.
        if opened and piece.endswith(opened) and piece != opened:
            yield head + piece[: -len(opened)].rstrip()
        else:
            yield head + piece + ("\n```" if opened else "")


def _cut(text: str, room: int) -> tuple[int, int]:
    """Return where the first piece of `text` ends, at most at `room`, and where the next begins."""
    kept_whole = [match.span() for match in _UNBREAKABLE.finditer(text[: room * 2]) if len(match.group()) <= room]
    inside = [range(a + 1, b) for a, b in kept_whole]
    for pattern in _BREAKS:
        fitting = [
            match
            for match in pattern.finditer(text, 0, room + 64)
            if 0 < match.start() <= room and not any(match.start() in span for span in inside)
        ]
        # A break in the first half wastes a message; a lower kind of break is better then.
        if fitting and (fitting[-1].start() > room // 2 or pattern is _BREAKS[-1]):
            return fitting[-1].start(), fitting[-1].end()
    at = next((a for a, b in kept_whole if a < room < b and a > 0), room)
    return at, at


def _open_fence(piece: str) -> str:
    """Return the line that opens a code block which `piece` leaves open, or nothing."""
    opened = ""
    for match in _FENCE.finditer(piece):
        opened = "" if opened else match.group().strip()
    return opened
