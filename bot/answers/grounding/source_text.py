"""A source, taken apart once for all the sentences that are checked against it, and the names in both."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from bot.answers.extracts.quotable import is_believable, quotable_sentences
from bot.answers.grounding.figures import Figure, figure_values, find_figures, list_length, typeset
from bot.answers.sentences import split_sentences
from bot.models import Paper
from bot.search.text.tokens import tokenize

_WORD = re.compile(r"[^\W_]+(?:[-.+/'’][^\W_]+)*\+*")
_PART = re.compile(r"[+/]|-(?=[^\W\d_]{2})|(?<=[^\W\d_]{2})-(?=[^\W\d_])")
_MARKED = re.compile(r"[^\W\d_]-?\d|\d[^\W\d_]*[A-Z]|[^\W_][A-Z]")
_POSSESSIVE = re.compile(r"['’]s?$")
_JOINED = 3

# Capitalised in mid-sentence though they name nothing of the sources.
_DATE_WORDS = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_ORDINARY = _DATE_WORDS | frozenset("i arxiv english yes no".split())


def foreign_names(sentence: str, known: frozenset[str], *, capitals: bool) -> list[str]:
    """Return the names in a sentence that are not among the `known` forms of its sources (see `name_forms`).

    Names are words with a digit beside letters or a capital that doesn't open them; with `capitals`, as English has
    them, also words that begin with one in mid-sentence.
    """
    return [word for word in _names(typeset(sentence), capitals=capitals) if not _stands(word, known)]


def proper_names(sentence: str) -> frozenset[str]:
    """Return the names in a sentence, as English has them, as letters and digits in lower case."""
    return frozenset(_fold(word) for word in _names(typeset(sentence), capitals=True))


def name_forms(text: str) -> frozenset[str]:
    """Return every word of a text, its parts, and neighbours joined, as letters and digits in lower case.

    "Spike-GPT", "Spike GPT" and "SpikeGPT" have a form in common; "GPT-40" and "GPT-4" have none.
    """
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(typeset(text))]
    forms = {form for word in words for part in (word, *_parts(word)) for form in _folded(part)}
    for size in range(2, _JOINED + 1):
        forms |= {_fold("".join(words[at : at + size])) for at in range(len(words) - size + 1)}
    return frozenset(forms)


def _stands(name: str, known: frozenset[str]) -> bool:
    if _folded(name) & known:
        return True
    parts = [part for part in _parts(name) if _MARKED.search(part) or part[:1].isupper()]
    return len(_parts(name)) > 1 and bool(parts) and all(_folded(part) & known for part in parts)


def _names(text: str, *, capitals: bool) -> Iterable[str]:
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        if _MARKED.search(word) or (capitals and _is_capitalised(word) and _within(text, match.start())):
            yield word


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and len(word) > 1 and word.casefold() not in _ORDINARY


def _within(text: str, start: int) -> bool:
    """Whether the word at `start` is in mid-sentence, so that its capital means something."""
    return bool(re.search(r"[^\W_][\"”’')]*,?\s+[\"“‘'(]?$", text[:start]))


def _parts(word: str) -> list[str]:
    return [part for part in _PART.split(word) if part]


def _folded(word: str) -> set[str]:
    """Return the forms of a word: letters and digits in lower case, and the same without a plural's s."""
    form = _fold(word)
    return {form, form[:-1]} if len(form) > 2 and form.endswith("s") else {form}


def _fold(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).casefold()


@dataclass(frozen=True)
class SourceText:
    """A paper's title and abstract as sentences, with the terms, names and figures of each."""

    paper: Paper

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The abstract's sentences on which an answer may rest, in order; where there are none, the title."""
        written = [sentence for part in self.paper.abstract.split("\n") for sentence in split_sentences(part)]
        found = [sentence for sentence in written if is_believable(sentence)]
        return tuple(found) or (self.paper.title,)

    @cached_property
    def record(self) -> str:
        """What the store knows of the paper beside its text, as a prompt gives it; empty where that is nothing."""
        paper = self.paper
        facts = [
            f"published {paper.published.day} {paper.published:%B %Y}" if paper.published else "",
            f"withdrawn {paper.withdrawn.day} {paper.withdrawn:%B %Y}" if paper.withdrawn else "",
            f"{paper.author_count} authors" if paper.author_count else "",
            f"authors {', '.join(paper.authors)}" if paper.authors else "",
            f"organisation {paper.organisation}" if paper.organisation else "",
            f"venue {paper.venue}" if paper.venue else "",
            "code is public" if paper.code_url else "",
        ]
        return f"From the record: {'; '.join(filter(None, facts))}." if any(facts) else ""

    @cached_property
    def record_terms(self) -> frozenset[str]:
        """The terms of the record, and its date in figures."""
        return frozenset(tokenize(f"{self.record} {self.paper.published or ''}"))

    @cached_property
    def texts(self) -> list[str]:
        """What a quotation may be taken from."""
        return [self.paper.title, " ".join(self.sentences)]

    @cached_property
    def quotable(self) -> frozenset[str]:
        """The sentences that may be shown word for word."""
        return frozenset(quotable_sentences(self.paper))

    @cached_property
    def terms(self) -> tuple[frozenset[str], ...]:
        """The terms of each sentence."""
        return tuple(frozenset(tokenize(sentence)) for sentence in self.sentences)

    @cached_property
    def title_terms(self) -> frozenset[str]:
        """The title's terms, which count with every sentence: "it" is what the title names."""
        return frozenset(tokenize(self.paper.title))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every form of a name in it, its authors' and organisation's included."""
        paper = self.paper
        facts = filter(None, [*paper.authors, paper.organisation, paper.venue, *paper.categories, *paper.keywords])
        return name_forms("\n".join([*self.texts, *facts]))

    @cached_property
    def figures_of(self) -> tuple[tuple[Figure, ...], ...]:
        """The figures of each sentence."""
        return tuple(tuple(find_figures(sentence)) for sentence in self.sentences)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of title and abstract."""
        return (*find_figures(self.paper.title), *chain.from_iterable(self.figures_of))

    @cached_property
    def listed(self) -> str | None:
        """How many items a numbered list in the abstract has, or None."""
        return list_length(self.paper.abstract)

    def facts(self, sentence: str) -> frozenset[str]:
        """Return the figures of the paper's dates and author count, where `sentence` speaks of a date or of authors.

        Elsewhere they are no support: "6 tasks" is not true because the paper came out on the 6th.
        """
        facts: set[str] = set()
        paper = self.paper
        if paper.published and re.search(rf"\b{paper.published:(?:%Y|%B|%b)}\b", sentence):
            facts |= figure_values(f"{paper.published} {paper.published.day}")
        if paper.withdrawn and re.search(r"\bwithdrawn\b|\bretracted\b", sentence, re.IGNORECASE):
            facts |= figure_values(f"{paper.withdrawn} {paper.withdrawn.day}")
        if paper.author_count and re.search(r"\baut\w*r", sentence, re.IGNORECASE):  # author, Autor, auteur
            facts.add(str(paper.author_count))
        return frozenset(facts)
