"""The check of one sentence: its citations, figures, names, quotations, and whether its sources say it at all."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.assistant.answer import Evidence
from bot.assistant.grounding.copying import MOST_COPIED, copied_share
from bot.assistant.grounding.figures import COUNT_TERMS, figure_values, find_figures, misplaced, missing
from bot.assistant.grounding.names import foreign_names
from bot.assistant.grounding.quotes import quotes_stand
from bot.assistant.grounding.source_text import SourceText
from bot.assistant.grounding.support import LEAST_SUPPORT, MARGIN, best_sentence, joint_support, support
from bot.assistant.language import ENGLISH, is_foreign
from bot.assistant.sentences import MARKER
from bot.models import Paper
from bot.search.tokens import tokenize

LONGEST = 1000
"""Characters of a sentence. Longer ones are none, and would take the checks more than a few milliseconds."""

_EVENNESS = 1.0
"""What every term weighs beside its idf, which is up to 10 among 10,000 papers and under 2 among three."""

_ANCHORED = 1e-9  # one word in common, however light


class Problem(StrEnum):
    """Why a sentence is not shown."""

    UNCITED = "it cites no source"
    FIGURE = "a figure is not in the cited sources"
    MISPLACED = "a figure measures something else in the cited sources"
    NAME = "a name is not in the cited sources"
    QUOTE = "a quotation is not verbatim"
    UNSUPPORTED = "the cited sources don't say this"
    LONG = "it is longer than a sentence is"
    COPIED = "it is copied, not put in other words"
    CITATION = "another source says this, or one of those cited doesn't"


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence without its markers, the valid numbers that it cites, its evidence, and what is wrong with it."""

    text: str
    citations: tuple[int, ...]
    problems: tuple[Problem, ...]
    evidence: tuple[Evidence, ...] = ()


class Grounder:
    """Checks sentences against the sources of one prompt.

    `sources` are its papers by number, `weight` is the idf of a term, `request` what was asked: where that is in
    another language than English, sentences in that language share few words with their sources, and are checked for
    figures, names, quotations and at least one word in common. The same holds where answers are in a fixed `language`.
    """

    def __init__(
        self,
        sources: Mapping[int, Paper],
        *,
        weight: Callable[[str], float],
        request: str = "",
        language: str | None = None,
    ) -> None:
        self._sources = {number: SourceText(paper) for number, paper in sources.items()}
        # In a store of a few papers the words that all of them have would weigh nothing, and a new one everything.
        self._weight = lambda term: _EVENNESS + weight(term)
        self._foreign_request = is_foreign(request) or language not in {None, ENGLISH}

    def check(self, sentence: str, *, allowed: Sequence[int] | None = None, own_words: bool = False) -> Checked:
        """Check one sentence, which may cite `allowed` sources only; other numbers are deleted from it.

        With `own_words` it must not be copied from a cited abstract.
        """
        numbers = [number for marker in MARKER.findall(sentence) for number in _marker_numbers(marker)]
        valid = self._sources.keys() if allowed is None else set(allowed) & self._sources.keys()
        citations = tuple(dict.fromkeys(number for number in numbers if number in valid))
        text = re.sub(r"\s+([.,;:!?])", r"\1", MARKER.sub("", sentence)).strip()
        if not citations:
            return Checked(text, (), (Problem.UNCITED,))
        problems = tuple(self._problems(text, citations))
        if own_words and not problems and self._copied(text, citations):
            problems = (Problem.COPIED,)
        return Checked(text, citations, problems, () if problems else self._evidence(text, citations))

    def _problems(self, text: str, citations: tuple[int, ...]) -> list[Problem]:
        cited = [self._sources[number] for number in citations]
        foreign = self._foreign_request and is_foreign(text)
        found = self._figure_problems(text, cited, foreign=foreign)
        known = frozenset().union(*(source.names for source in cited))
        if foreign_names(text, known, capitals=not foreign):
            found.append(Problem.NAME)
        if not quotes_stand(text, [part for source in cited for part in source.texts]):
            found.append(Problem.QUOTE)
        return found or self._support_problems(text, citations, foreign=foreign)

    def _figure_problems(self, text: str, cited: Sequence[SourceText], *, foreign: bool) -> list[Problem]:
        claimed = find_figures(text)
        facts = frozenset().union(*(source.facts(text) for source in cited))
        # "Five of them": how many sources are cited, or how long a list in one is, may be counted in words.
        counted = {str(len(cited)), *(source.listed for source in cited)}
        stated = [
            figure
            for figure in claimed
            if figure.value not in facts and not (figure.spelled and figure.value in counted)
        ]
        figures = [figure for source in cited for figure in source.figures]
        if missing(stated, (figure.value for figure in figures)):
            return [Problem.FIGURE]
        if not foreign and misplaced(stated, figures, self._weight):
            return [Problem.MISPLACED]
        return []

    def _support_problems(self, text: str, citations: tuple[int, ...], *, foreign: bool) -> list[Problem]:
        terms = _said(text)
        if not terms and figure_values(text):  # "It came out in 2024": its figures were checked
            return []
        shares = {number: support(terms, source, self._weight) for number, source in self._sources.items()}
        least = _ANCHORED if foreign else LEAST_SUPPORT
        together = joint_support(terms, [self._sources[number] for number in citations], self._weight)
        if together < least:
            return [Problem.UNSUPPORTED]
        others = [share for number, share in shares.items() if number not in citations]
        alone = min(shares[number] for number in citations)
        if max(others, default=0.0) > together + MARGIN or alone < least / len(citations):
            return [Problem.CITATION]
        return []

    def _copied(self, text: str, citations: tuple[int, ...]) -> bool:
        abstracts = (self._sources[number].paper.abstract for number in citations)
        return any(copied_share(text, abstract) > MOST_COPIED for abstract in abstracts)

    def _evidence(self, text: str, citations: tuple[int, ...]) -> tuple[Evidence, ...]:
        terms, figures = _said(text), figure_values(text)
        return tuple(
            Evidence(number, best_sentence(terms, figures, self._sources[number], self._weight)) for number in citations
        )


def _said(text: str) -> frozenset[str]:
    """Return the terms of a sentence, without its figures, which are checked by themselves."""
    return frozenset(term for term in tokenize(text) if not term.isdigit() and term not in COUNT_TERMS)


def _marker_numbers(marker: str) -> list[int]:
    numbers: list[int] = []
    for part in re.split(r"[,;]", marker):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        numbers.extend(range(ends[0], min(ends[-1], ends[0] + 20) + 1) if ends else [])
    return numbers
