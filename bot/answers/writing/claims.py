"""Sentences that a model wrote, and what became of them: passed, held for the second reading, or refused."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from string import ascii_uppercase

from bot.answers.citations import marker_numbers
from bot.answers.grounding.check import Checked, Grounder, Problem
from bot.answers.sentences import MARKER
from bot.text import one_line, shorten

MOST = 8
"""So many failures are sent back at once; an answer with more is not worth fixing."""

_CHARS = 300
_LINE = re.compile(r"^\s*(?:[-*•]\s*)?\(?([A-Z])[).:]\s*(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence as the model wrote it, its citation markers included, and what is wrong with it.

    `details` say of some problems what exactly, and `sources` are the numbers of those that it can be mended from: the
    cited ones and their best rival.
    """

    sentence: str
    problems: tuple[Problem, ...]
    details: Mapping[Problem, str] = field(default_factory=dict, compare=False)
    sources: tuple[int, ...] = field(default=(), compare=False)

    @property
    def reasons(self) -> str:
        """What is wrong with it, as the model that is to mend it is told."""
        return "; ".join(self.details.get(problem, problem) for problem in self.problems)


def failure_lines(failures: Sequence[Failure]) -> str:
    """Return the first failures, a line each: a letter, the sentence, the reasons in brackets."""
    return "\n".join(
        f"{letter}: {shorten(one_line(failure.sentence), _CHARS)} ({failure.reasons})"
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


class Finding(StrEnum):
    """What a second reading finds of a sentence beside its sources."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding with the numbers that come with it.

    `surplus` are cited sources that say no part of the sentence; `sources` are those that say a sentence which cites
    none.
    """

    finding: Finding
    surplus: frozenset[int] = frozenset()
    sources: tuple[int, ...] = ()


_UNSUPPORTED = {Finding.CONTRADICTED: Problem.CONTRADICTED, Finding.NOT_STATED: Problem.NOT_STATED}


@dataclass(slots=True, eq=False)
class Claim:
    """A sentence as the model wrote it, what the checks by words say of it, and whether it was read a second time.

    `held` says that its problems are such as the second reading can settle: until then it is not shown.
    """

    written: str
    checked: Checked
    held: bool = False
    read: bool = field(default=False, init=False)

    @property
    def passed(self) -> bool:
        """Whether it may be shown."""
        return not self.checked.problems

    @property
    def failure(self) -> Failure | None:
        """What keeps it from being shown, or None."""
        checked = self.checked
        if not checked.problems:
            return None
        sources = checked.cited if checked.rival is None else (*checked.cited, checked.rival)
        return Failure(self.written, checked.problems, dict(checked.details), sources)

    @property
    def text(self) -> str:
        """The sentence as it was written, with the markers of all sources that it may cite, for the second reading.

        Which of them are surplus the reading knows better than the words.
        """

        def kept(marker: re.Match[str]) -> str:
            return "".join(f" [{number}]" for number in marker_numbers(marker[0]) if number in self.checked.cited)

        return MARKER.sub(kept, self.written).strip()

    def settle(self, verdict: Verdict, grounder: Grounder) -> None:
        """Take in what the second reading says: its word is the last."""
        self.read, self.held = True, False
        citations = self.checked.cited or verdict.sources
        kept = tuple(number for number in citations if number not in verdict.surplus)
        words = {number for marker in MARKER.findall(self.checked.text) for number in marker_numbers(marker)}
        problem = _UNSUPPORTED.get(verdict.finding)
        if problem is None and (not kept or not words <= set(kept)):  # it can't lose a source that is a word of it
            problem = Problem.NOT_STATED
        if problem is not None:
            self.checked = replace(self.checked, problems=(problem,), evidence=())
        elif self.checked.problems or kept != self.checked.citations:
            self.checked = grounder.vouched_for(self.checked, kept)
