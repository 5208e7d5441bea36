"""Text to sentences, also while it is still being written."""

import re

# A number in brackets: [1], [1, 2], [1-3], 【1】. It never spans a line break, since a line break ends a sentence.
_SPACE = r"[^\S\n]*"
MARKER = re.compile(rf"{_SPACE}[\[【]{_SPACE}\d{{1,3}}(?:{_SPACE}[,;–-]{_SPACE}\d{{1,3}})*{_SPACE}[\]】]")

_ABBREVIATION = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|cf|vs|etc|fig|figs|eq|sec|approx|resp|no|dr|prof|st)|\b[A-Za-z]|^\d{1,2})\.$",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[^\S\n]{3,}")
# A full stop of Chinese or Japanese ends a sentence without a blank, once it is seen what follows.
_END = re.compile(
    rf"[.!?…]+[\"”’')*_]*(?:{MARKER.pattern})*(?=\s+[^\s\[【])"
    rf"|[。！？।]+[\"”’'）」』)*_]*(?:{MARKER.pattern})*(?=\s*[^\s\[【\"”’'）」』)*_。！？।])"
)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a finished text, without the white space between them."""
    stream = SentenceStream()
    return [sentence.strip() for sentence in [*stream.feed(text), *stream.finish()]]


class SentenceStream:
    """Cuts text that arrives in pieces into sentences.

    A sentence keeps the white space before it, which shows paragraphs and lists. Citation markers after the full stop
    belong to the sentence before. A line break ends a sentence too.
    """

    def __init__(self) -> None:
        self._pending = ""

    def feed(self, piece: str) -> list[str]:
        """Add a piece of text; return the sentences that are complete now."""
        # Long runs of blanks mean nothing, and are slow to look through for markers.
        written = self._pending.rstrip()
        self._pending = written + _BLANKS.sub("  ", self._pending[len(written) :] + piece)
        sentences: list[str] = []
        while cut := _first_end(self._pending):
            sentences.append(self._pending[:cut])
            self._pending = self._pending[cut:]
        return sentences

    def finish(self) -> list[str]:
        """Return what is left: the last sentence, or nothing."""
        rest, self._pending = self._pending, ""
        return [rest] if rest.strip() else []


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a whole sentence does, rather than in the middle of one."""
    return re.search(rf"(?:[.!?…:。！？।：][\"”’'）」』)*_]*|{MARKER.pattern})\s*$", text) is not None


def is_sentence(text: str) -> bool:
    """Whether `text` says something: two words at least. "Code:" is what is left of an address that was deleted."""
    return re.search(r"\w\W+\w", text) is not None


def _first_end(text: str) -> int:
    """Return where the first complete sentence of `text` ends, or 0."""
    start = len(text) - len(text.lstrip())
    line_end = text.find("\n", start)
    for match in _END.finditer(text, start):
        if 0 <= line_end < match.start():
            break
        stop = re.match(r"[^.!?…。！？।]*[.!?…。！？।]+", text[match.start() :])
        if stop and not _ABBREVIATION.search(text[start : match.start() + stop.end()]):
            return match.end()
    return line_end if line_end > start and text[line_end:].strip() else 0
