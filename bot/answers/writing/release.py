"""The gate between a model's stream and the reader: a sentence passes once its checks do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from bot.answers.answer import Evidence, Source, Statement
from bot.answers.grounding.check import LONGEST, Checked, Grounder, Problem
from bot.answers.sentences import SentenceStream, ends_sentence, is_sentence
from bot.answers.untrusted import clean_model_text
from bot.text import one_line, shorten

MOST = 8
"""So many failures are told at once; an answer with more is not worth mending."""

_CHARS = 300
_LINE = re.compile(r"^\s*(?:[-*•]\s*)?\(?([A-Z])[).:]\s*(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence as the model wrote it, its citation markers included, and what is wrong with it."""

    sentence: str
    problems: tuple[Problem, ...]


def told(failures: Sequence[Failure]) -> str:
    """Return the first failures, a line each: a letter, the sentence, the reasons in brackets."""
    return "\n".join(
        f"{letter}: {shorten(one_line(failure.sentence), _CHARS)} ({'; '.join(failure.problems)})"
        for letter, failure in zip(ascii_uppercase, failures[:MOST], strict=False)
    )


def mended_lines(text: str, count: int) -> Iterator[tuple[int, str]]:
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


@dataclass(slots=True)
class _Entry:
    """A sentence at its place: what was released of it, or why it was not."""

    lead: str
    statement: Statement | None = None
    failure: Failure | None = None


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
        self.abstained = False

    @property
    def released(self) -> list[Statement]:
        """The sentences that passed, in the order in which the model wrote them, mended ones at their place."""
        return [entry.statement for entry in self._entries if entry.statement is not None]

    @property
    def passed(self) -> int:
        """How many sentences have passed."""
        return len(self.released)

    @property
    def failures(self) -> list[Failure]:
        """The sentences that failed and were not mended."""
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

    def mend(self, text: str) -> Iterator[Statement]:
        """Put mended sentences, lines of a letter and a sentence, at the places of those that failed; yield them."""
        waiting = [entry for entry in self._entries if entry.failure is not None]
        for at, line in mended_lines(text, len(waiting)):
            if len(line) > LONGEST:
                continue
            checked = self._grounder.check(clean_model_text(line))
            if not checked.problems and checked.text and not self._said(checked):
                statement = self._statement(checked, waiting[at].lead)
                waiting[at].statement, waiting[at].failure = statement, None
                yield statement

    def _judge(self, raw: str) -> Iterator[Statement]:
        if SENTINEL in raw:
            self.abstained = True
            return
        if len(raw.strip()) > LONGEST:
            self._entries.append(_Entry(" ", failure=Failure(raw.strip()[:LONGEST], (Problem.LONG,))))
            return
        cleaned = clean_model_text(_HEADING.sub("", raw.strip()))
        bullet = _BULLET.match(cleaned)
        sentence = _BULLET.sub("", cleaned)
        checked = self._grounder.check(sentence)
        if not is_sentence(checked.text) or self._said(checked):
            return
        entry = _Entry(_lead(raw, bullet=bullet is not None))
        self._entries.append(entry)
        if checked.problems:
            entry.failure = Failure(sentence, checked.problems)
            return
        entry.statement = self._statement(checked, entry.lead)
        yield entry.statement

    def _said(self, checked: Checked) -> bool:
        """Whether a sentence stands there already: some models repeat themselves, and some mend two into the same."""
        said = checked.text, tuple(self._numbers.get(number) for number in checked.citations)
        return any((statement.text, statement.citations) == said for statement in self.released)

    def _statement(self, checked: Checked, lead: str) -> Statement:
        for number in checked.citations:
            self._numbers.setdefault(number, len(self._numbers) + 1)
        return Statement(
            text=checked.text,
            citations=tuple(self._numbers[number] for number in checked.citations),
            lead=lead,
            evidence=tuple(Evidence(self._numbers[item.number], item.sentence) for item in checked.evidence),
        )


def _lead(raw: str, *, bullet: bool) -> str:
    breaks = raw[: len(raw) - len(raw.lstrip())].count("\n")
    if bullet:
        return "\n- "
    return "\n\n" if breaks > 1 else "\n" if breaks else " "
