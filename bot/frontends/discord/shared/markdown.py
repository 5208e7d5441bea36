"""Text from outside as plain text in Discord's markdown, and links that are ours."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from bot.text import one_line, shorten

_ZERO_WIDTH_SPACE = "\u200b"
_URL = re.compile(r"(?:[a-z][a-z0-9+.-]{0,30}://|discord(?:app)?\.(?:gg|com)/)[^\s<>`]+", re.IGNORECASE)
_INVITE = re.compile(r"discord(?:app)?\.(?:gg|com/invite)(?=/)", re.IGNORECASE)
_INLINE = re.compile(r"([\\*_~`|\[\]()])")
# In a numbered list it is the dot that is escaped: Discord shows a backslash before a digit.
_LINE_START = re.compile(r"^(\s*\d*)(>|#{1,3}|-#|[-+.])(?=\s|>|$)", re.MULTILINE)


def escape(text: str) -> str:
    """Return `text` so that Discord shows it literally.

    No formatting, no mention, no custom emoji, and no link: an address is shown as code, which can't be clicked and
    is not fetched for a preview. An invitation is broken as well: nobody is led to a server by a copied word.
    """
    shown: list[str] = []
    at = 0
    for match in _URL.finditer(text):
        url = match.group().rstrip(".,;:!?)\"'")
        broken = _INVITE.sub(lambda invite: invite.group() + _ZERO_WIDTH_SPACE, url)
        shown += [_escape_plain(text[at : match.start()]), f"`{broken}`"]
        at = match.start() + len(url)
    shown.append(_escape_plain(text[at:]))
    return _LINE_START.sub(r"\1\\\2", "".join(shown))


def escape_within(text: str, limit: int) -> str:
    """Return as much of `text`, escaped, as `limit` characters hold; never cut within an escape."""
    size = limit
    while (over := len(shown := escape(shorten(text, size))) - limit) > 0:
        size -= (over + 1) // 2  # escaping at most doubles a text
    return shown


def link(label: str, url: str) -> str:
    """Return a masked link. Its label is escaped; brackets, which would end it, become round ones."""
    label = one_line(label).replace("[", "(").replace("]", ")")
    url = re.sub(r"[\s()<>`\\]", lambda match: quote(match.group(), safe=""), url)
    return f"[{escape_label(label)}]({url})"


def escape_label(label: str) -> str:
    """Escape a link's label. An address within it would make Discord drop the link, so it is made none."""
    return _escape_plain(_URL.sub(lambda match: match.group().replace("/", f"{_ZERO_WIDTH_SPACE}/"), label))


def _escape_plain(text: str) -> str:
    text = _INLINE.sub(r"\\\1", text)
    # Any mention, emoji, time stamp, mail or phone link begins with "<" and a sign or letter, any ping with "@".
    return re.sub(r"<(?=[@#:/+a-z])|@", lambda match: match.group() + _ZERO_WIDTH_SPACE, text, flags=re.IGNORECASE)


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


DESCRIPTION_LIMIT = 4096


TITLE_LIMIT = 256
