"""The gate between a model's rows and the reader: a row passes once all its cells were read."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from bot.answers.answer import Column, Row, Statement
from bot.answers.citations import plain_markers
from bot.answers.grounding.check import LONGEST, Checked, Grounder
from bot.answers.sentences import MARKER, is_sentence, split_sentences
from bot.answers.untrusted import clean_model_text
from bot.answers.writing.claims import Claim, Failure, Verdict, fixed_lines
from bot.answers.writing.sentence_gate import BULLET
from bot.models import Paper
from bot.text import key_of

_BAR = re.compile(r"\s*\|\s*")
_NOT_STATED = re.compile(
    r"^\W*(?:not (?:stated|mentioned|specified|given|reported|provided)|n/?a|none|unknown)\b", re.IGNORECASE
)


@dataclass(slots=True)
class _Cell:
    claims: list[Claim] = field(default_factory=list)
    read: bool = False

    @property
    def statements(self) -> tuple[Statement, ...]:
        checked = (claim.checked for claim in self.claims if claim.passed)
        return tuple(Statement(item.text, item.citations, evidence=item.evidence) for item in checked)


class RowGate:
    """Takes a model's lines in pieces and yields each row once all its cells were read.

    `labels` are the rows in order. A column is named in the lines by its letter, A for the first, or, with `numbered`,
    by the number of its only source. A cell may cite the sources of its own column alone. Lines of a Markdown table,
    with a cell for each column, are understood too. The rows of `own_words` must not copy their abstract.
    """

    def __init__(
        self,
        labels: Sequence[str],
        columns: Sequence[Column],
        grounder: Grounder,
        *,
        numbered: bool = False,
        own_words: Collection[str] = (),
    ) -> None:
        self._labels = {key_of(label): label for label in labels}
        self._columns = columns
        self._names = {
            str(column.numbers[0]) if numbered else letter: at
            for at, (letter, column) in enumerate(zip(ascii_uppercase, columns, strict=False))
        }
        self._grounder = grounder
        self._own_words = {key_of(label) for label in own_words}
        self._pending = ""
        self._cells = {(key, at): _Cell() for key in self._labels for at in range(len(columns))}
        self._yielded: set[str] = set()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in order, with what has passed so far."""
        return tuple(self._row(key) for key in self._labels)

    def filled(self, verbatim: Sequence[Row]) -> tuple[Row, ...]:
        """Return every row; cells that failed, or that the model never came to, are those of `verbatim` rows.

        They would read as if the abstract didn't state it. `verbatim` holds rows with the same labels and columns.
        """
        others = {key_of(row.label): row.cells for row in verbatim}

        def filled(key: str, at: int, cell: tuple[Statement, ...]) -> tuple[Statement, ...]:
            missing = not self._cells[key, at].read or not all(claim.passed for claim in self._cells[key, at].claims)
            return others[key][at] if not cell and missing and key in others else cell

        return tuple(
            Row(row.label, tuple(filled(key, at, cell) for at, cell in enumerate(row.cells)))
            for key, row in zip(self._labels, self.rows, strict=True)
        )

    @property
    def failures(self) -> list[Failure]:
        """The sentences that failed and were not fixed; one that is held is among them until it is read."""
        return [claim.failure for claim in self.claims if claim.failure]

    @property
    def passed(self) -> int:
        """How many sentences have passed."""
        return sum(claim.passed for claim in self.claims)

    @property
    def unread(self) -> list[Claim]:
        """The sentences that a second reading should look at: those that passed, and those that are held."""
        return [claim for claim in self.claims if not claim.read and (claim.passed or claim.held)]

    headless = False
    """No row answers for all."""

    @property
    def read_twice(self) -> bool:
        """Whether every sentence that passed was read a second time."""
        return all(claim.read for claim in self.claims if claim.passed)

    @property
    def papers(self) -> Mapping[int, Paper]:
        """The papers that sentences are checked against, by number."""
        return self._grounder.papers

    @property
    def claims(self) -> list[Claim]:
        """Every sentence that the model wrote, by rows."""
        return [claim for cell in self._cells.values() for claim in cell.claims]

    def feed(self, piece: str) -> Iterator[Row]:
        """Add a piece; yield the rows that are complete now."""
        *lines, self._pending = (self._pending + piece).split("\n")
        for line in lines:
            yield from self._take(line)

    def finish(self) -> Iterator[Row]:
        """Take the last line of a finished stream, if it is whole; yield the rows that have something and were not."""
        line, self._pending = self._pending, ""
        if MARKER.search(plain_markers(line)) or _NOT_STATED.match(_BAR.split(line)[-1]):
            yield from self._take(line)
        for key in self._labels:
            if key not in self._yielded and any(self._row(key).cells):
                yield self._complete(key)

    def settle(self, verdicts: Mapping[Claim, Verdict]) -> Iterator[Row]:
        """Take in what the second reading says; yield the rows that changed."""
        changed: dict[str, None] = {}
        for (key, _), cell in self._cells.items():
            for claim in cell.claims:
                if claim in verdicts:
                    before = claim.checked
                    claim.settle(verdicts[claim], self._grounder)
                    if claim.checked != before:
                        changed[key] = None
        for key in changed:
            yield self._complete(key)

    def fix(self, text: str) -> Iterator[Row]:
        """Put fixed sentences into the cells of those that failed; yield the rows that changed."""
        waiting = [(place, claim) for place, cell in self._cells.items() for claim in cell.claims if not claim.passed]
        changed: dict[str, None] = {}
        for at, line in fixed_lines(text, len(waiting)):
            (key, column), failed = waiting[at]
            sentence = clean_model_text(plain_markers(line[:LONGEST]))
            checked = self._check(key, column, sentence)
            if not checked.problems and checked.text:
                claims = self._cells[key, column].claims
                claims[claims.index(failed)] = Claim(sentence, checked)
                changed[key] = None
        for key in changed:
            yield self._complete(key)

    def _take(self, line: str) -> Iterator[Row]:
        parts = _BAR.split(BULLET.sub("", line.strip()).strip("|").strip())
        key = key_of(parts[0])
        if key not in self._labels or len(parts) < 2:
            return
        if (at := self._names.get(parts[1].strip("[]() ").upper())) is not None and len(parts) > 2:
            self._fill(key, at, " ".join(parts[2:]))
        elif len(parts) == len(self._columns) + 1:
            for at, text in enumerate(parts[1:]):
                self._fill(key, at, text)
        if key not in self._yielded and all(self._cells[key, at].read for at in range(len(self._columns))):
            yield self._complete(key)

    def _fill(self, key: str, at: int, text: str) -> None:
        cell = self._cells[key, at]
        if cell.read:
            return
        cell.read = True
        if _NOT_STATED.match(text):
            return
        for sentence in split_sentences(text[:LONGEST]):
            cleaned = clean_model_text(plain_markers(sentence))
            checked = self._check(key, at, cleaned)
            if not is_sentence(checked.text):
                continue
            cell.claims.append(Claim(cleaned, checked, held=checked.undecided))

    def _check(self, key: str, at: int, sentence: str) -> Checked:
        return self._grounder.check(sentence, allowed=self._columns[at].numbers, own_words=key in self._own_words)

    def _complete(self, key: str) -> Row:
        self._yielded.add(key)
        return self._row(key)

    def _row(self, key: str) -> Row:
        cells = (self._cells[key, at] for at in range(len(self._columns)))
        return Row(self._labels[key], tuple(cell.statements for cell in cells))
