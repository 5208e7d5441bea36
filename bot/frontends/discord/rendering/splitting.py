"""Text that is too long for one message, in pieces that each stand alone."""

import re
from collections.abc import Sequence

# A code block as Discord takes it: any three backticks open it, with a language at the line's end, and the next three,
# or the end of the text, close it.
_BLOCK = re.compile(r"(```(?:[a-z0-9_+.#-]{1,20}(?=\n))?)(.*?)(```|\Z)", re.IGNORECASE | re.DOTALL)
_CLOSING = "\n```"
# Masked links, addresses and inline code.
_WHOLE = re.compile(r"\[(?:[^\[\]\n\\`]|\\.)*\]\([^()\s`]*\)|<?https?://[^\s<>`]+>?|(?<!`)`[^`\n]+`(?!`)")
# Best place first: between paragraphs, lines, sentences, words.
_BREAKS = (re.compile(r"\n[ \t]*\n+"), re.compile(r"\n+"), re.compile(r"(?<=[.!?])[ \t]+"), re.compile(r"\s+"))
_LONGEST_BREAK = 64

Span = tuple[int, int]


def split(text: str, limit: int) -> list[str]:
    """Return `text` in pieces of at most `limit` characters (at least 100), at the best breaks.

    Only white space at a break is lost. A code block that is cut is closed and opened again with its language; no
    link and no inline code is cut, unless it is longer than a whole piece. An empty text gives no pieces.
    """
    blocks = list(_BLOCK.finditer(text))
    whole = [match.span() for match in _WHOLE.finditer(text)]
    whole += [span for block in blocks for span in (block.span(1), block.span(3))]
    pieces: list[str] = []
    at = 0
    while at < len(text):
        block = _block_around(at, blocks)
        if block and not text[at : block.start(3)].strip():  # only its end is left
            at = block.end()
            continue
        head = f"{block[1]}\n" if block else ""
        near = any(block.start() < at + limit and block.end() > at for block in blocks)
        room = limit - len(head) - (len(_CLOSING) if near else 0)
        end = after = len(text)
        if end - at > room and (len(head) + end - at > limit or _block_around(end, blocks)):
            end, after = _cut(text, at, room, whole)
        cut = _block_around(end, blocks)
        if cut and at <= cut.start() and not text[cut.end(1) : end].strip():
            # Nothing of the block is in this piece: the next one opens it.
            end, cut = len(text[: cut.start()].rstrip()), None
        if text[at:end].strip():
            pieces.append(head + text[at:end] + (_CLOSING if cut else ""))
        at = after
    return pieces


def _block_around(position: int, blocks: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """Return the code block whose content has this position within it or at one of its ends."""
    return next((block for block in blocks if block.end(1) <= position <= block.start(3)), None)


def _cut(text: str, at: int, room: int, whole: Sequence[Span]) -> Span:
    """Return where a piece that begins at `at` ends, at most `room` later, and where the next one begins."""
    last = at + room
    kept = [(start, end) for start, end in whole if at <= start < last and end - start <= room]
    for pattern in _BREAKS:
        fitting = [
            match
            for match in pattern.finditer(text, at, last + _LONGEST_BREAK)
            if at < match.start() <= last and not any(start < match.start() < end for start, end in kept)
        ]
        # A break in the first half wastes a message; a lower kind of break is better then.
        if fitting and (fitting[-1].start() - at > room // 2 or pattern is _BREAKS[-1]):
            return fitting[-1].span()
    end = next((start for start, end in kept if start < last < end), last)
    return end, end
