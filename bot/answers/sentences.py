"""Text to sentences, also while it is still being written."""

import re

# A number in brackets: [1], [1, 2], [1-3], 【1】. It never spans a line break, since a line break ends a sentence.
_SPACE = r"[^\S\n]*"
MARKER = re.compile(rf"{_SPACE}[\[【]{_SPACE}\d{{1,3}}(?:{_SPACE}[,;–-]{_SPACE}\d{{1,3}})*{_SPACE}[\]】]")

# What models write instead: [Source 1], [1†L3], [^1], \[1\], [[1]](link), <sup>1</sup>, ¹ (bot/answers/citations.py).
SOURCE_WORD = (
    r"(?:sources?|src|refs?|references?|papers?|docs?|documents?|abstracts?|cit(?:ation|ed?)?|quellen?|artikel|papier"
    r"|article|réf(?:érences?)?|来源|文献|论文|資料|出典)"
)
_OPEN, _CLOSE = r"(?:\\?[\[【［]|<sup>)", r"(?:\\?[\]】］]|</sup>)"
_OTHER_MARKER = (
    rf"{_SPACE}{_OPEN}{{1,2}}[#^]?(?i:{SOURCE_WORD}[.:]? ?)?[#^]?\d{{1,3}}(?:†|{_SPACE}[,;–-])?"
    rf"[^\]】］\[\n<]{{0,40}}{_CLOSE}{{1,2}}(?:\([^)\s]{{1,300}}\))?|[⁰¹²³⁴-⁹]{{1,3}}"
)
_MARKERS = rf"(?:(?:{MARKER.pattern}|{_OTHER_MARKER})*)"

_ABBREVIATION = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|cf|vs|etc|fig|figs|eqs?|sec|refs?|nos|pp|approx|resp|no|dr|prof|st)|\b[A-Za-z]|^\d{1,2})\.$",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[^\S\n]{3,}")
_CLOSERS = r"[\"”’')*_」』）]*"
# Chinese, Japanese and Hindi full stops need no space behind them, but a first character of what comes next.
_END = re.compile(
    rf"[.!?…]+{_CLOSERS}{_MARKERS}(?=\s+[^\s\[【［\\<])"
    rf"|[。！？।]+{_CLOSERS}{_MARKERS}(?=\s*[^\s\[【［\\<(。！？।⁰¹²³⁴-⁹\"”’')*_」』）])"
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


_WHOLE = re.compile(rf"(?:[.!?…:。！？।：]{_CLOSERS}|{MARKER.pattern}|{_OTHER_MARKER}|\(\d{{1,2}}\))\s*$")


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a whole sentence does, rather than in the middle of one."""
    return _WHOLE.search(text) is not None


def is_sentence(text: str) -> bool:
    """Whether `text` says something: two words at least. "Code:" is what is left of an address that was deleted."""
    return re.search(r"\w\W+\w|[^\W\d_a-zA-Z]{4}", text) is not None


def _first_end(text: str) -> int:
    """Return where the first complete sentence of `text` ends, or 0."""
    start = len(text) - len(text.lstrip())
    line_end = text.find("\n", start)
    for match in _END.finditer(text, start):
        if 0 <= line_end < match.start():
            break
        stop = re.match(r"[.!?…。！？।]+", text[match.start() :])
        if stop and not _ABBREVIATION.search(text[start : match.start() + stop.end()]):
            return match.end()
    return line_end if line_end > start and text[line_end:].strip() else 0
