"""The gate between a model's prose and the reader: a sentence passes once its checks do."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answers.answer import Evidence, Source, Statement
from bot.answers.citations import plain_markers, read_citations, with_numbers
from bot.answers.grounding.absence import denied
from bot.answers.grounding.check import LONGEST, Checked, Grounder, Problem
from bot.answers.sentences import MARKER, SentenceStream, ends_sentence, is_sentence
from bot.answers.untrusted import clean_model_text
from bot.answers.writing.claims import Claim, Failure, Verdict, fixed_lines
from bot.answers.writing.leads import (
    LeadScope,
    is_small_talk,
    label,
    opens_references,
    points_back,
    scope_of,
    without_connective,
)
from bot.models import Paper
from bot.text import key_of

SENTINEL = "INSUFFICIENT"
"""What a model writes when the sources don't answer the question."""

BULLET = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"^#{1,6}\s+")


@dataclass(slots=True, eq=False)
class _Entry:
    """A place in the text: a sentence, whose `claim` may be shown as `statement`, or what leads to some (a `level`)."""

    lead: str
    claim: Claim | None = None
    statement: Statement | None = None
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

    def renumbered(self) -> tuple[list[Statement], tuple[Source, ...]]:
        """Return what is released with the sources that it cites, numbered without gaps in the order they appear.

        A sentence that was read first and placed late, or taken out again, would leave other numbers.
        """
        statements = self.released
        cited = [number for statement in statements for number in statement.citations]
        new = {number: at for at, number in enumerate(dict.fromkeys(cited), start=1)}
        papers = {source.number: source.paper for source in self.cited}
        return [_numbered(statement, new) for statement in statements], tuple(
            Source(number, papers[old]) for old, number in new.items()
        )

    @property
    def passed(self) -> int:
        """How many sentences have passed."""
        return sum(entry.statement is not None for entry in self._sentences)

    @property
    def failures(self) -> list[Failure]:
        """The sentences that failed and were not fixed; one that is held is among them until it is read."""
        return [entry.claim.failure for entry in self._sentences if entry.claim and entry.claim.failure]

    @property
    def claims(self) -> list[Claim]:
        """Every sentence that the model wrote, without what leads to some."""
        return [entry.claim for entry in self._sentences if entry.claim]

    @property
    def unread(self) -> list[Claim]:
        """The sentences that a second reading should look at: those that passed, and those that are held."""
        return [claim for claim in self.claims if not claim.read and (claim.passed or claim.held)]

    @property
    def headless(self) -> bool:
        """Whether the first sentence failed, which answers the question; never of a list (`keep_numbers`)."""
        return not self._keep_numbers and bool(self.claims) and not self.claims[0].passed

    @property
    def read_twice(self) -> bool:
        """Whether every sentence that passed was read a second time."""
        return all(entry.claim is not None and entry.claim.read for entry in self._sentences if entry.statement)

    @property
    def papers(self) -> Mapping[int, Paper]:
        """The papers that sentences are checked against, by number."""
        return self._papers

    @property
    def _sentences(self) -> list[_Entry]:
        return [entry for entry in self._entries if entry.level is None]

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

    def settle(self, verdicts: Mapping[Claim, Verdict]) -> Iterator[Statement]:
        """Take in what the second reading says; yield the held sentences that pass by it, in their places.

        What it doesn't find supported is taken out again, which `released` and `failures` show.
        """
        for entry in self._sentences:
            if entry.claim is None or entry.claim not in verdicts:
                continue
            entry.claim.settle(verdicts[entry.claim], self._grounder)
            checked, entry.statement = entry.claim.checked, None
            if entry.claim.passed and not self._repeated(checked):
                entry.statement = self._statement(checked, entry.lead)
        self._drop_orphans()
        yield from self._news()

    def fix(self, text: str) -> Iterator[Statement]:
        """Put fixed sentences, lines of a letter and a sentence, at the places of those that failed; yield them."""
        waiting = [entry for entry in self._sentences if entry.claim and not entry.claim.passed]
        for at, line in fixed_lines(text, len(waiting)):
            if len(line) > LONGEST:
                continue
            sentence = clean_model_text(plain_markers(line))
            checked = self._grounder.check(sentence)
            if not checked.problems and checked.text and not self._repeated(checked):
                waiting[at].claim = Claim(sentence, checked)
                waiting[at].statement = self._statement(checked, waiting[at].lead)
                yield from self._news()

    def _judge(self, raw: str) -> Iterator[Statement]:
        if SENTINEL in raw:
            self.abstained = True
            return
        if len(raw.strip()) > LONGEST:
            written = raw.strip()[:LONGEST]
            self._entries.append(_Entry(" ", Claim(written, Checked(written, (), (Problem.LONG,)))))
            return
        written = BULLET.sub("", raw.strip())
        cleaned = clean_model_text(plain_markers(_HEADING.sub("", written)))
        sentence = BULLET.sub("", cleaned)
        bullet = BULLET.match(clean_model_text(raw)) is not None
        lead = _lead(raw, bullet=bullet)
        read = read_citations(sentence)
        if self._is_around(sentence, cites=bool(read.numbers)):
            return
        if read.numbers and not read.text:
            self._cite_the_last(sentence)
        elif level := scope_of(written, sentence, first=not bullet and all(e.level for e in self._entries)):
            shown = label(written, sentence, level)
            known = shown and self._grounder.knows_names(shown)
            statement = Statement(shown, (), lead) if known else None
            self._entries.append(_Entry(lead, Claim(sentence, Checked(shown, (), ())), statement, level))
            return
        else:
            checked = self._grounder.check(sentence)
            if not is_sentence(checked.text) or self._repeated(checked) or self._is_reference(sentence, checked):
                return
            self._entries.append(self._entry(lead, sentence, checked))
        yield from self._news()

    def _entry(self, lead: str, sentence: str, checked: Checked) -> _Entry:
        claim = Claim(sentence, checked, held=checked.undecided or self._may_be_uncited(checked))
        return _Entry(lead, claim, self._statement(checked, lead) if claim.passed else None)

    def _may_be_uncited(self, checked: Checked) -> bool:
        """Whether a sentence is of those that even careful writers leave without a source.

        That is the direct answer, before what supports it, and a remark on what isn't stated.
        """
        return checked.problems == (Problem.UNCITED,) and (not self._sentences or denied(checked.text) is not None)

    def _is_around(self, sentence: str, *, cites: bool) -> bool:
        """Whether a line is no part of the answer: small talk, or from a list of the sources at its end."""
        self._in_references = self._in_references or opens_references(sentence)
        return self._in_references or (not cites and is_small_talk(sentence))

    def _is_reference(self, sentence: str, checked: Checked) -> bool:
        """Whether a line is a number and the title of its source, as lists of sources have them."""
        title = key_of(self._papers[checked.citations[0]].title) if MARKER.match(sentence) and checked.citations else ""
        return bool(title) and key_of(checked.text).startswith(title)

    def _cite_the_last(self, markers: str) -> None:
        """Take markers on a line of their own as those of the sentence before."""
        last = self._entries[-1] if self._entries else None
        if last is None or last.claim is None:
            return
        if last.claim.checked.problems == (Problem.UNCITED,) or last.level is LeadScope.SENTENCE:
            sentence = f"{last.claim.written} {markers}"
            checked = self._grounder.check(sentence)
            if not self._repeated(checked):
                self._entries[-1] = self._entry(last.lead, sentence, checked)

    def _drop_orphans(self) -> None:
        """Let a sentence fail whose first word points at one that was left out, with nothing else to point at.

        What stands before it and is of the same source is as good to point at.
        """
        pointed_at: tuple[int, ...] = ()
        dropped = False
        for entry in self._sentences:
            shown = entry.statement
            alone = dropped and shown and not set(pointed_at) & set(shown.citations)
            if alone and shown and entry.claim and points_back(shown.text):
                entry.claim.checked = replace(entry.claim.checked, problems=(Problem.ORPHAN,))
                entry.statement = None
            elif shown:
                pointed_at = shown.citations
            dropped = entry.statement is None

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
                alone = alone or entry.level is None
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
        """Whether a sentence was released already: some models repeat themselves, and some fix two into the same.

        "Also, …" before it makes it no other sentence.
        """
        same = _said(with_numbers(checked.text, self._numbers)), tuple(self._numbers.get(n) for n in checked.citations)
        return any(
            (_said(entry.statement.text), entry.statement.citations) == same
            for entry in self._entries
            if entry.statement
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


def _numbered(statement: Statement, new: Mapping[int, int]) -> Statement:
    return replace(
        statement,
        text=with_numbers(statement.text, new),
        citations=tuple(new[number] for number in statement.citations),
        evidence=tuple(Evidence(new[item.number], item.sentence) for item in statement.evidence),
    )


def _said(text: str) -> str:
    return key_of(without_connective(text))


def _lead(raw: str, *, bullet: bool) -> str:
    breaks = raw[: len(raw) - len(raw.lstrip())].count("\n")
    if bullet:
        return "\n- "
    return "\n\n" if breaks > 1 else "\n" if breaks else " "
