"""The gate of a comparison: rows, and one line after them that says what differs."""

import re
from collections.abc import Iterator

from bot.answers.answer import Row, Statement
from bot.answers.citations import plain_markers
from bot.answers.grounding.check import LONGEST, Grounder
from bot.answers.sentences import MARKER, ends_sentence, split_sentences
from bot.answers.untrusted import clean_model_text
from bot.answers.writing.release import Failure, RowGate

_DIFFERENCE = re.compile(r"^[\s>|*_#-]*difference[\s*_]*[|:]\s*(?P<text>[^|]+?)[\s|]*$", re.IGNORECASE)
_SENTENCES = 2
"""So many are read of the line; it is meant to be one."""


class ClosingGate:
    """Lets rows through as its `rows` gate does, and after them what differs, once every sentence of that passes.

    The closing line may cite sources of any side. It isn't corrected: where it fails, there is none.
    """

    def __init__(self, rows: RowGate, grounder: Grounder) -> None:
        self._rows = rows
        self._grounder = grounder
        self._pending = ""
        self._read = False
        self.closing: tuple[Statement, ...] = ()

    @property
    def passed(self) -> int:
        """How many sentences of the rows have passed."""
        return self._rows.passed

    @property
    def failures(self) -> list[Failure]:
        """The sentences of the rows that failed and were not fixed."""
        return self._rows.failures

    def feed(self, piece: str) -> Iterator[Row | Statement]:
        """Add a piece; yield the rows that are complete now, and what differs."""
        yield from self._rows.feed(piece)
        *lines, self._pending = (self._pending + piece).split("\n")
        for line in lines:
            yield from self._close(line)

    def finish(self) -> Iterator[Row | Statement]:
        """Take the last line of a finished stream, if it is whole; yield what it completes."""
        line, self._pending = self._pending, ""
        yield from self._rows.finish()
        if ends_sentence(line.rstrip(" |*_")):
            yield from self._close(line)

    def fix(self, text: str) -> Iterator[Row | Statement]:
        """Put fixed sentences into the cells of those that failed; yield the rows that changed."""
        yield from self._rows.fix(text)

    def _close(self, line: str) -> Iterator[Statement]:
        match = _DIFFERENCE.match(line[:LONGEST])
        if match is None or self._read:
            return
        self._read = True
        found: list[Statement] = []
        for sentence in split_sentences(match["text"])[:_SENTENCES]:
            checked = self._grounder.check(clean_model_text(plain_markers(sentence)))
            if checked.problems or not checked.text or MARKER.search(checked.text):
                return
            found.append(Statement(checked.text, checked.citations, evidence=checked.evidence))
        self.closing = tuple(found)
        yield from found
