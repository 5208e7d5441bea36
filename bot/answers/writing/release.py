"""The gates between a model's stream and the reader: a sentence, or a row, passes once its checks do."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase

from bot.answers.answer import Column, Evidence, Row, Source, Statement
from bot.answers.citations import plain_markers, read_citations, with_numbers
from bot.answers.grounding.check import LONGEST, Checked, Grounder, Problem
from bot.answers.sentences import MARKER, SentenceStream, ends_sentence, is_sentence, split_sentences
from bot.answers.untrusted import clean_model_text
from bot.answers.writing.leads import LeadScope, is_small_talk, label, opens_references, scope_of, without_connective
from bot.text import one_line, shorten

MOST = 8
"""So many failures are sent back at once; an answer with more is not worth fixing."""

_CHARS = 300
_LINE = re.compile(r"^\s*(?:[-*•]\s*)?\(?([A-Z])[).:]\s*(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence as the model wrote it, its citation markers included, and what is wrong with it."""

    sentence: str
    problems: tuple[Problem, ...]


def failure_lines(failures: Sequence[Failure]) -> str:
    """Return the first failures, a line each: a letter, the sentence, the reasons in brackets."""
    return "\n".join(
        f"{letter}: {shorten(one_line(failure.sentence), _CHARS)} ({'; '.join(failure.problems)})"
        for letter, failure in zip(ascii_uppercase, failures[:MOST], strict=False)
    )


def fixed_lines(text: str, count: int) -> Iterator[tuple[int, str]]:
    """Yield the place among `count` failures and the sentence of each line that begins with a letter, once each."""
    seen: set[int] = set()
    for match in _LINE.finditer(text):
        at = ascii_uppercase.index(match[1])
        if at < min(count, MOST) and at not in seen:
            seen.add(at)
            yield at, match[2]


SENTINEL = "INSUFFICIENT"
"""What a model writes when the sources don't answer the question."""

_BULLET = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"^#{1,6}\s+")


@dataclass(slots=True, eq=False)
class _Entry:
    """A sentence as it was `written`: what was released of it, or why it was not. A `level` makes it a lead-in."""

    written: str
    lead: str
    statement: Statement | None = None
    failure: Failure | None = None
    level: LeadScope | None = None


class SentenceGate:
    """Takes a model's text in pieces and lets whole, checked sentences through.

    `cited` are the sources of the sentences that passed, by their shown numbers: those of the order in which they
    appear or, with `keep_numbers`, those of the prompt.
    """

    def __init__(self, sources: Sequence[Source], grounder: Grounder, *, keep_numbers: bool = False) -> None:
        self._papers = {source.number: source.paper for source in sources}
        self._grounder = grounder
        self._numbers = {number: number for number in self._papers} if keep_numbers else {}
        self._keep_numbers = keep_numbers
        self._stream = SentenceStream()
        self._entries: list[_Entry] = []
        self._yielded: set[_Entry] = set()
        self._in_references = False
        self.abstained = False

    @property
    def released(self) -> list[Statement]:
        """The sentences that passed, in the order in which the model wrote them, fixed ones at their place.

        What leads to none of them is left out, and so is a connective whose sentence before was dropped.
        """
        return [statement for _, statement in self._placed()]

    @property
    def passed(self) -> int:
        """How many sentences have passed."""
        return sum(entry.statement is not None and entry.level is None for entry in self._entries)

    @property
    def failures(self) -> list[Failure]:
        """The sentences that failed and were not fixed."""
        return [entry.failure for entry in self._entries if entry.failure is not None]

    @property
    def cited(self) -> tuple[Source, ...]:
        """The sources that may be pointed to, by their shown numbers."""
        return tuple(Source(shown, self._papers[given]) for given, shown in self._numbers.items())

    def feed(self, piece: str) -> Iterator[Statement]:
        """Add a piece; yield the sentences that are complete and pass."""
        for sentence in self._stream.feed(piece):
            yield from self._judge(sentence)

    def finish(self) -> Iterator[Statement]:
        """Judge what is left at the end of a finished stream; a sentence that was cut off is dropped."""
        for sentence in self._stream.finish():
            if ends_sentence(sentence) or SENTINEL in sentence:
                yield from self._judge(sentence)

    def fix(self, text: str) -> Iterator[Statement]:
        """Put fixed sentences, lines of a letter and a sentence, at the places of those that failed; yield them."""
        waiting = [entry for entry in self._entries if entry.failure is not None]
        for at, line in fixed_lines(text, len(waiting)):
            if len(line) > LONGEST:
                continue
            checked = self._grounder.check(clean_model_text(plain_markers(line)))
            if not checked.problems and checked.text and not self._repeated(checked):
                statement = self._statement(checked, waiting[at].lead)
                waiting[at].statement, waiting[at].failure = statement, None
                yield from self._news()

    def _judge(self, raw: str) -> Iterator[Statement]:
        if SENTINEL in raw:
            self.abstained = True
            return
        if len(raw.strip()) > LONGEST:
            written = raw.strip()[:LONGEST]
            self._entries.append(_Entry(written, " ", failure=Failure(written, (Problem.LONG,))))
            return
        written = _BULLET.sub("", raw.strip())
        cleaned = clean_model_text(plain_markers(_HEADING.sub("", written)))
        sentence = _BULLET.sub("", cleaned)
        bullet = _BULLET.match(clean_model_text(raw)) is not None
        lead = _lead(raw, bullet=bullet)
        read = read_citations(sentence)
        if self._is_around(sentence, cites=bool(read.numbers)):
            return
        if read.numbers and not read.text:
            self._cite_the_last(sentence)
        elif level := scope_of(written, sentence, first=not bullet and all(e.level for e in self._entries)):
            shown = label(written, sentence, level)
            known = shown and self._grounder.knows_names(shown)
            self._entries.append(_Entry(sentence, lead, Statement(shown, (), lead) if known else None, level=level))
            return
        else:
            checked = self._grounder.check(sentence)
            if not is_sentence(checked.text) or self._repeated(checked) or self._is_reference(sentence, checked):
                return
            self._entries.append(self._entry(lead, sentence, checked))
        yield from self._news()

    def _entry(self, lead: str, sentence: str, checked: Checked) -> _Entry:
        if checked.problems:
            return _Entry(sentence, lead, failure=Failure(sentence, checked.problems))
        return _Entry(sentence, lead, self._statement(checked, lead))

    def _is_around(self, sentence: str, *, cites: bool) -> bool:
        """Whether a line is no part of the answer: small talk, or from a list of the sources at its end."""
        self._in_references = self._in_references or opens_references(sentence)
        return self._in_references or (not cites and is_small_talk(sentence))

    def _is_reference(self, sentence: str, checked: Checked) -> bool:
        """Whether a line is a number and the title of its source, as lists of sources have them."""
        title = _key(self._papers[checked.citations[0]].title) if MARKER.match(sentence) and checked.citations else ""
        return bool(title) and _key(checked.text).startswith(title)

    def _cite_the_last(self, markers: str) -> None:
        """Take markers on a line of their own as those of the sentence before."""
        last = self._entries[-1] if self._entries else None
        uncited = last is not None and last.failure is not None and last.failure.problems == (Problem.UNCITED,)
        if last is not None and (uncited or last.level is LeadScope.SENTENCE):
            sentence = f"{last.written} {markers}"
            checked = self._grounder.check(sentence)
            if not self._repeated(checked):
                self._entries[-1] = self._entry(last.lead, sentence, checked)

    def _news(self) -> Iterator[Statement]:
        """Yield what is shown now and was not yielded yet."""
        for entry, statement in self._placed():
            if entry not in self._yielded:
                self._yielded.add(entry)
                yield statement

    def _placed(self) -> list[tuple[_Entry, Statement]]:
        """Return what is shown, each sentence as it reads beside those that are."""
        placed: list[tuple[_Entry, Statement]] = []
        pending, alone = " ", True
        for at, entry in enumerate(self._entries):
            if entry.statement is None or (entry.level and not self._leads(at, entry.level)):
                pending = pending if pending != " " else entry.lead  # the next one begins the line instead
                alone = alone or entry.failure is not None
                continue
            statement, lead = entry.statement, entry.lead if entry.lead != " " else pending
            text = without_connective(statement.text) if alone and not entry.level else statement.text
            placed.append((entry, replace(statement, text=text, lead=lead)))
            pending = " "
            alone = alone and entry.level in {LeadScope.HEADING, LeadScope.LIST}
        return placed

    def _leads(self, at: int, level: LeadScope) -> bool:
        """Whether something passed of what the entry at a place leads to."""
        sentences = 0
        for entry in self._entries[at + 1 :]:
            if entry.level is not None:
                if entry.level <= level:
                    return False
                continue
            ended = level is LeadScope.SENTENCE or (level is LeadScope.LIST and entry.lead == "\n\n")
            if sentences and ended:
                return False
            if entry.statement is not None:
                return True
            sentences += 1
        return False

    def _repeated(self, checked: Checked) -> bool:
        """Whether a sentence was released already: some models repeat themselves, and some fix two into the same."""
        same = with_numbers(checked.text, self._numbers), tuple(self._numbers.get(n) for n in checked.citations)
        return any(
            (entry.statement.text, entry.statement.citations) == same for entry in self._entries if entry.statement
        )

    def _statement(self, checked: Checked, lead: str) -> Statement:
        for number in checked.citations:
            self._numbers.setdefault(number, len(self._numbers) + 1)
        return Statement(
            text=with_numbers(checked.text, self._numbers),
            citations=tuple(self._numbers[number] for number in checked.citations),
            lead=lead,
            evidence=tuple(Evidence(self._numbers[item.number], item.sentence) for item in checked.evidence),
        )


def _lead(raw: str, *, bullet: bool) -> str:
    breaks = raw[: len(raw) - len(raw.lstrip())].count("\n")
    if bullet:
        return "\n- "
    return "\n\n" if breaks > 1 else "\n" if breaks else " "


_BAR = re.compile(r"\s*\|\s*")
_NOT_STATED = re.compile(
    r"^\W*(?:not (?:stated|mentioned|specified|given|reported|provided)|n/?a|none|unknown)\b", re.IGNORECASE
)


@dataclass(slots=True)
class _Cell:
    statements: list[Statement] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    read: bool = False


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
        self._labels = {_key(label): label for label in labels}
        self._columns = columns
        self._names = {
            str(column.numbers[0]) if numbered else letter: at
            for at, (letter, column) in enumerate(zip(ascii_uppercase, columns, strict=False))
        }
        self._grounder = grounder
        self._own_words = {_key(label) for label in own_words}
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
        others = {_key(row.label): row.cells for row in verbatim}

        def filled(key: str, at: int, cell: tuple[Statement, ...]) -> tuple[Statement, ...]:
            missing = not self._cells[key, at].read or bool(self._cells[key, at].failures)
            return others[key][at] if not cell and missing and key in others else cell

        return tuple(
            Row(row.label, tuple(filled(key, at, cell) for at, cell in enumerate(row.cells)))
            for key, row in zip(self._labels, self.rows, strict=True)
        )

    @property
    def failures(self) -> list[Failure]:
        """The sentences that failed and were not fixed."""
        return [failure for cell in self._cells.values() for failure in cell.failures]

    @property
    def passed(self) -> int:
        """How many sentences have passed."""
        return sum(len(cell.statements) for cell in self._cells.values())

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

    def fix(self, text: str) -> Iterator[Row]:
        """Put fixed sentences into the cells of those that failed; yield the rows that changed."""
        waiting = [(place, failure) for place, cell in self._cells.items() for failure in cell.failures]
        changed: dict[str, None] = {}
        for at, line in fixed_lines(text, len(waiting)):
            (key, column), failure = waiting[at]
            checked = self._check(key, column, clean_model_text(plain_markers(line[:LONGEST])))
            if not checked.problems and checked.text:
                cell = self._cells[key, column]
                cell.failures.remove(failure)
                cell.statements.append(Statement(checked.text, checked.citations, evidence=checked.evidence))
                changed[key] = None
        for key in changed:
            yield self._complete(key)

    def _take(self, line: str) -> Iterator[Row]:
        parts = _BAR.split(_BULLET.sub("", line.strip()).strip("|").strip())
        key = _key(parts[0])
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
            if checked.problems:
                cell.failures.append(Failure(cleaned, checked.problems))
            else:
                cell.statements.append(Statement(checked.text, checked.citations, evidence=checked.evidence))

    def _check(self, key: str, at: int, sentence: str) -> Checked:
        return self._grounder.check(sentence, allowed=self._columns[at].numbers, own_words=key in self._own_words)

    def _complete(self, key: str) -> Row:
        self._yielded.add(key)
        return self._row(key)

    def _row(self, key: str) -> Row:
        cells = (self._cells[key, at] for at in range(len(self._columns)))
        return Row(self._labels[key], tuple(tuple(cell.statements) for cell in cells))


def _key(label: str) -> str:
    return "".join(char for char in label.casefold() if char.isalnum())
