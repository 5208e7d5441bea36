"""The check of one sentence: its citations, figures, names, quotations, and whether its sources say it at all."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from bot.answers.answer import Evidence
from bot.answers.citations import Citations, read_citations
from bot.answers.extracts.quotable import gives_orders, slanders
from bot.answers.grounding.absence import denied, stands
from bot.answers.grounding.details import best_fitting, detail
from bot.answers.grounding.figures import (
    COUNT_TERMS,
    Figure,
    Weight,
    counting_otherwise,
    figure_values,
    find_figures,
    misplaced,
    missing,
    with_decimal_points,
)
from bot.answers.grounding.glossary import TERMS, in_english
from bot.answers.grounding.owners import of_another
from bot.answers.grounding.record import counted_votes, denies_code, wrong_on_code, wrong_on_votes
from bot.answers.grounding.restated import computed, counted, in_the_words_of, list_lengths
from bot.answers.grounding.source_text import SourceText, beginnings, foreign_names, proper_names
from bot.answers.grounding.surplus import needed_citations, speaks_of_absence, speaks_of_several
from bot.answers.language import ENGLISH, has_english, is_foreign
from bot.answers.language import language as language_of
from bot.models import Paper
from bot.search.text.tokens import tokenize

_QUOTE = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")
_WORDS = 3
"""Shorter ones are terms in quotation marks, not quotations."""


def quotes_occur(sentence: str, texts: list[str]) -> bool:
    """Whether each quotation of three or more words occurs in one of `texts`."""
    known = [" ".join(_words(text)) for text in texts]
    quoted = [_words(quote) for quote in _QUOTE.findall(sentence)]
    return all(any(f" {' '.join(quote)} " in f" {text} " for text in known) for quote in quoted if len(quote) >= _WORDS)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


RUN = 4
"""Words of a run: shorter ones recur in any text about the same thing."""

MOST_COPIED = 0.5
"""A sentence in other words shares fewer of its runs than this with the abstract."""


def copied_share(sentence: str, abstract: str) -> float:
    """Return the share of a sentence's runs of four words that occur in the abstract, 0 to 1."""
    runs = _runs(sentence)
    return len(runs & _runs(abstract)) / len(runs) if runs else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


LEAST_SUPPORT = 0.25
"""Under this a sentence says something else than its source (answers.md: 93 % precise on human-labelled claims)."""

MARGIN = 0.1
"""So much better another source must fit for the cited one to be wrong. Measured by `python -m bench.answers`."""


def support(terms: Collection[str], source: SourceText, weight: Weight) -> float:
    """Return the share of `terms`, by weight, that the source's best pair of neighbouring sentences has, 0 to 1."""
    return joint_support(terms, [source], weight)


def joint_support(terms: Collection[str], sources: Sequence[SourceText], weight: Weight) -> float:
    """Return the share of `terms`, by weight, that the sources have together, each with its best pair of sentences.

    The title counts as part of every sentence. What is known beside title and abstract counts as a sentence.
    """
    total = sum(weight(term) for term in terms)
    if not total:
        return 0.0
    rest = set(terms)
    for source in sources:
        rest -= max(_windows(source), key=lambda window: sum(weight(term) for term in terms if term in window))
    return 1 - sum(weight(term) for term in rest) / total


def best_sentence(terms: Collection[str], figures: Collection[str], source: SourceText, weight: Weight) -> str:
    """Return the sentence of the abstract that says most of `terms` and `figures`; else the title, or the record.

    A figure counts as much as the heaviest term. Sentences that may not be quoted, such as those with somebody else's
    links, are nobody's evidence.
    """
    heaviest = max(map(weight, terms), default=1.0)

    def said(held: Collection[str], values: Collection[str]) -> float:
        return sum(weight(term) for term in terms if term in held) + heaviest * len(set(values) & set(figures))

    candidates = [
        (said(held, {figure.value for figure in found}), sentence)
        for sentence, held, found in zip(source.sentences, source.terms, source.figures_of, strict=True)
        if sentence in source.quotable
    ]
    candidates.append((said(source.title_terms, set()), source.paper.title))
    candidates.append((said(source.record_terms, set()), source.record))
    return max(candidates, key=lambda candidate: candidate[0])[1]


def _windows(source: SourceText) -> Iterator[frozenset[str]]:
    for at in range(len(source.terms)):
        yield source.title_terms.union(*source.terms[at : at + 2])
    yield source.title_terms | source.record_terms


LONGEST = 1000
"""Characters of a sentence. Longer ones are none, and would take the checks more than a few milliseconds."""

_EVENNESS = 1.0
"""What every term weighs beside its idf, which is up to 10 among 10,000 papers and under 2 among three."""

_ANCHORED = 1e-9  # one word in common, however light
_CAPITALS_NAME = frozenset({"fr", "es", "it", "pt", "nl"})
"""Languages other than English in which a capital within a sentence makes a name. In German any noun has one."""

_OPENERS = frozenset(tokenize("yes no abstract source"))
"""What a sentence says to the reader or of the text, and not of its subject."""


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
    ABSENCE = "it says that something isn't stated, and a cited source states it"
    ORDER = "it gives an order, or calls a paper withdrawn or false, which only its record may do"
    CITATION = "another source says this, or one of those cited doesn't"
    UNRELATED = "no source says anything of this"
    ORPHAN = "its first words point at a sentence that was left out"
    CONTRADICTED = "the cited sources say otherwise"
    NOT_STATED = "the cited sources don't say all of it"


_FOR_A_READER = frozenset(
    {Problem.FIGURE, Problem.MISPLACED, Problem.NAME, Problem.UNSUPPORTED, Problem.ABSENCE, Problem.CITATION}
)
"""What words can't decide: a figure or a name said another way, plain words for terms, what isn't stated."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence without its markers, which of its sources count, its evidence, and what is wrong with it.

    `cited` are all valid numbers that it gives, also those that by its words carry no part of it. `details` say of some
    problems which figure or name it is about, and `rival` is the source beside the cited ones that fits it best.
    """

    text: str
    citations: tuple[int, ...]
    problems: tuple[Problem, ...]
    evidence: tuple[Evidence, ...] = ()
    cited: tuple[int, ...] = ()
    details: tuple[tuple[Problem, str], ...] = ()
    rival: int | None = None

    @property
    def undecided(self) -> bool:
        """Whether it has problems, and a second reading of it and its sources could find it right all the same."""
        return bool(self.problems) and _FOR_A_READER.issuperset(self.problems)


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
        weight: Weight,
        request: str = "",
        language: str | None = None,
    ) -> None:
        self.papers = dict(sources)
        self._sources = {number: SourceText(paper) for number, paper in sources.items()}
        # In a store of a few papers the words that all of them have would weigh nothing, and a new one everything.
        self._weight = lambda term: _EVENNESS + weight(term)
        self._foreign_request = is_foreign(request) or language not in {None, ENGLISH}

    def check(self, sentence: str, *, allowed: Sequence[int] | None = None, own_words: bool = False) -> Checked:
        """Check one sentence, which may cite `allowed` sources only; other numbers are deleted from it.

        With `own_words` it must not be copied from a cited abstract.
        """
        checked = self._checked(sentence, allowed=allowed, own_words=own_words)
        if not checked.problems:
            return checked
        text, numbers = read_citations(sentence).bare, self._sources if allowed is None else allowed
        others = {it: self._sources[it] for it in numbers if it in self._sources and it not in checked.citations}
        rival = best_fitting(_said(text), others, partial(support, weight=self._weight))
        cited = {number: self._sources[number] for number in checked.citations}
        details = {problem: detail(problem.name, text, cited, rival, self._weight) for problem in checked.problems}
        told = tuple((problem, said) for problem, said in details.items() if said)
        return replace(checked, details=told, rival=rival)

    def _checked(self, sentence: str, *, allowed: Sequence[int] | None, own_words: bool) -> Checked:
        read = read_citations(sentence)
        valid = self._sources.keys() if allowed is None else set(allowed) & self._sources.keys()
        cited = tuple(number for number in read.numbers if number in valid)
        text = read.bare
        if not cited:
            return Checked(read.text, (), (Problem.UNCITED,))
        citations = self._needed(read, cited)
        if not read.spoken_of <= set(citations):  # a sentence can't lose a source that is a word of it
            return Checked(read.text, citations, (Problem.CITATION,), cited=cited)
        problems = tuple(self._problems(text, citations))
        if own_words and not problems and self._copied(text, citations):
            problems = (Problem.COPIED,)
        evidence = () if problems else self._evidence(text, citations)
        return Checked(read.text, citations, problems, evidence, cited)

    def vouched_for(self, checked: Checked, citations: tuple[int, ...]) -> Checked:
        """Return a sentence that a second reading found supported by `citations`, with its evidence."""
        bare = read_citations(checked.text).bare
        return replace(checked, citations=citations, problems=(), evidence=self._evidence(bare, citations))

    def knows_names(self, text: str) -> bool:
        """Whether every name in a label stands in a source; capitals alone make no name there.

        One of the request doesn't count: a request may ask for a label that says what nobody vouches for.
        """
        known = frozenset().union(*(source.names for source in self._sources.values()))
        return not foreign_names(text, known, capitals=False)

    def _needed(self, read: Citations, cited: tuple[int, ...]) -> tuple[int, ...]:
        """Return the cited numbers without those whose source carries no part of the sentence."""
        if len(cited) < 2 or speaks_of_absence(read.bare):
            return cited
        terms, figures, names = _said(read.bare), figure_values(read.bare), proper_names(read.bare)
        sources = {number: self._sources[number] for number in cited}
        facts = {number: {figure.value for figure in source.figures} for number, source in sources.items()}
        marks = {number: (figures & facts[number]) | (names & source.names) for number, source in sources.items()}
        said = {number: self._best_window(terms, source) for number, source in sources.items()}
        several = speaks_of_several(read.bare)
        needed = needed_citations(said, marks, self._parts(read, sources), self._weight, several=several)
        if self._foreign_request and is_foreign(read.bare):  # its words can't tell, and it would read badly without
            return tuple(number for number in cited if number in needed or number in read.spoken_of)
        return needed

    def _parts(self, read: Citations, cited: Mapping[int, SourceText]) -> dict[int, float]:
        """Return how well each source supports the words before its own marker, as a share of how well the best does.

        Only markers at different places have parts of their own.
        """
        parts = {number: _said(part) for number, part in read.parts.items() if number in cited}
        if len(set(parts.values())) < 2:
            return {}
        return {
            number: support(part, cited[number], self._weight)
            / max(LEAST_SUPPORT, *(support(part, source, self._weight) for source in cited.values()))
            for number, part in parts.items()
            if len(part) > 1
        }

    def _best_window(self, terms: frozenset[str], source: SourceText) -> frozenset[str]:
        return terms & max(_windows(source), key=lambda window: sum(map(self._weight, terms & window)))

    def _problems(self, text: str, citations: tuple[int, ...]) -> list[Problem]:
        cited = [self._sources[number] for number in citations]
        foreign = self._foreign_request and (is_foreign(text) or not has_english(text))
        if foreign:
            text = with_decimal_points(text)
        if gives_orders(text) or (slanders(text) and not any(source.paper.withdrawn for source in cited)):
            return [Problem.ORDER]
        if absent := denied(text):
            return self._absence_problems(*absent, cited, foreign=foreign)
        found, papers = self._word_problems(text, cited, foreign=foreign), [source.paper for source in cited]
        if not found and (wrong_on_votes(text, papers) or wrong_on_code(text, papers)):
            return [Problem.FIGURE if wrong_on_votes(text, papers) else Problem.UNSUPPORTED]
        return found or self._support_problems(text, citations, foreign=foreign)

    def _absence_problems(self, clause: str, rest: str, cited: Sequence[SourceText], *, foreign: bool) -> list[Problem]:
        """Return what is wrong with a sentence whose `clause` says that something isn't stated, and with its `rest`."""
        found = [Problem.ABSENCE] if stands(clause, cited, self._weight) else []
        found += self._word_problems(rest, cited, foreign=foreign)
        if not quotes_occur(clause, [part for source in cited for part in source.texts]):
            found.append(Problem.QUOTE)
        terms = _said(rest)
        least = _ANCHORED if foreign else LEAST_SUPPORT
        if terms and not foreign and joint_support(terms, cited, self._weight) < least:
            found.append(Problem.UNSUPPORTED)
        return found

    def _word_problems(self, text: str, cited: Sequence[SourceText], *, foreign: bool) -> list[Problem]:
        found = self._figure_problems(text, cited, foreign=foreign)
        known = frozenset().union(*(source.names for source in cited))
        if foreign_names(text, known, capitals=not foreign or language_of(text) in _CAPITALS_NAME):
            found.append(Problem.NAME)
        if not quotes_occur(text, [part for source in cited for part in source.texts]):
            found.append(Problem.QUOTE)
        return found

    def _figure_problems(self, text: str, cited: Sequence[SourceText], *, foreign: bool) -> list[Problem]:
        figures = [figure for source in cited for figure in source.figures]
        claimed = in_the_words_of(figures, find_figures(in_english(text) if foreign else text))
        facts = frozenset().union(*(source.facts(text) for source in cited))
        # "Five of them": how many sources are cited, or how long a list is, may be counted in words.
        numbered = {str(len(cited)), *(source.listed for source in cited)}
        lists = [*_own_lists(text), *(found for source in cited for found in source.lists)]
        among = [sentence for source in cited for sentence in source.figures_of]
        values = {figure.value for figure in figures}
        in_words = frozenset().union(*(source.worded for source in cited))

        def derived(figure: Figure) -> bool:
            if figure.spelled and figure.value in numbered:
                return True
            if figure.value in values:
                return False
            if figure.spelled:
                return counted(figure, lists, figures)
            return figure.value in in_words or computed(figure, claimed, text, among)

        stated = [figure for figure in claimed if figure.value not in facts and not derived(figure)]
        if missing(stated, values):
            return [Problem.FIGURE]
        wrong = counting_otherwise(stated, figures, TERMS) if foreign else misplaced(stated, figures, self._weight)
        if wrong or of_another(text, cited):
            return [Problem.MISPLACED]
        return []

    def _support_problems(self, text: str, citations: tuple[int, ...], *, foreign: bool) -> list[Problem]:
        terms = _said(in_english(text) if foreign else text)
        if not terms and figure_values(text):  # "It came out in 2024": its figures were checked
            return []
        shares = {number: support(terms, source, self._weight) for number, source in self._sources.items()}
        least = _ANCHORED if foreign else LEAST_SUPPORT
        cited = [self._sources[number] for number in citations]
        together = joint_support(terms, cited, self._weight)
        if foreign and any(beginnings(text) & source.beginnings for source in cited):
            together = max(together, _ANCHORED)
        if together < least:
            unrelated = terms and not foreign and not any(shares.values())
            return [Problem.UNRELATED if unrelated else Problem.UNSUPPORTED]
        others = [share for number, share in shares.items() if number not in citations]
        if max(others, default=0.0) > together + MARGIN:
            return [Problem.CITATION]
        return []

    def _copied(self, text: str, citations: tuple[int, ...]) -> bool:
        abstracts = (self._sources[number].paper.abstract for number in citations)
        return any(copied_share(text, abstract) > MOST_COPIED for abstract in abstracts)

    def _evidence(self, text: str, citations: tuple[int, ...]) -> tuple[Evidence, ...]:
        if absent := denied(text):  # no sentence shows what isn't there, but the record does for code
            if denies_code(text) and not absent[1]:
                return tuple(Evidence(number, self._sources[number].record) for number in citations)
            text = absent[1]
        if not text:
            return ()
        if (votes := counted_votes(text)) and figure_values(text) <= votes:
            return tuple(Evidence(number, self._sources[number].record) for number in citations)
        terms, figures = _said(text), figure_values(text)
        return tuple(
            Evidence(number, best_sentence(terms, figures, self._sources[number], self._weight)) for number in citations
        )


def _own_lists(text: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return the list that a sentence announces and counts itself: "three parts: A, B and C"."""
    before, colon, after = text.partition(":")
    return [(list_lengths(after), frozenset(tokenize(before)))] if colon else []


def _said(text: str) -> frozenset[str]:
    """Return the terms of a sentence, without its figures, which are checked by themselves."""
    return frozenset(term for term in tokenize(text) if not term.isdigit() and term not in COUNT_TERMS | _OPENERS)
