"""The gate of a comparison: rows, and one line after them that says what differs."""

import re
from collections.abc import Iterator, Mapping

from bot.answers.answer import Row, Statement
from bot.answers.citations import plain_markers
from bot.answers.grounding.check import LONGEST, Grounder
from bot.answers.sentences import ends_sentence, split_sentences
from bot.answers.untrusted import clean_model_text
from bot.answers.writing.claims import Claim, Failure, Verdict
from bot.answers.writing.row_gate import RowGate
from bot.models import Paper

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
        self._claims: list[Claim] = []
        self._shown: tuple[Statement, ...] = ()

    @property
    def closing(self) -> tuple[Statement, ...]:
        """What differs; nothing where one of its sentences didn't pass."""
        checked = [claim.checked for claim in self._claims]
        if any(item.problems for item in checked):
            return ()
        return tuple(Statement(item.text, item.citations, evidence=item.evidence) for item in checked)

    @property
    def passed(self) -> int:
        """How many sentences of the rows have passed."""
        return self._rows.passed

    @property
    def failures(self) -> list[Failure]:
        """The sentences of the rows that failed and were not fixed."""
        return self._rows.failures

    @property
    def unread(self) -> list[Claim]:
        """The sentences that a second reading should look at."""
        own = [claim for claim in self._claims if not claim.read and (claim.passed or claim.held)]
        return [*self._rows.unread, *own]

    @property
    def read_twice(self) -> bool:
        """Whether every sentence that passed was read a second time."""
        return self._rows.read_twice and (not self.closing or all(claim.read for claim in self._claims))

    @property
    def papers(self) -> Mapping[int, Paper]:
        """The papers that sentences are checked against, by number."""
        return self._rows.papers

    headless = False
    """No row answers for all."""

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

    def settle(self, verdicts: Mapping[Claim, Verdict]) -> Iterator[Row | Statement]:
        """Take in what the second reading says; yield the rows that changed, and what differs if that passes by it."""
        yield from self._rows.settle(verdicts)
        for claim in self._claims:
            if claim in verdicts:
                claim.settle(verdicts[claim], self._grounder)
        yield from self._news()

    def fix(self, text: str) -> Iterator[Row | Statement]:
        """Put fixed sentences into the cells of those that failed; yield the rows that changed."""
        yield from self._rows.fix(text)

    def _close(self, line: str) -> Iterator[Statement]:
        match = _DIFFERENCE.match(line[:LONGEST])
        if match is None or self._claims:
            return
        for sentence in split_sentences(match["text"])[:_SENTENCES]:
            cleaned = clean_model_text(plain_markers(sentence))
            checked = self._grounder.check(cleaned)
            self._claims.append(Claim(cleaned, checked, held=checked.undecided))
        yield from self._news()

    def _news(self) -> Iterator[Statement]:
        if not self._shown:
            self._shown = self.closing
            yield from self._shown
