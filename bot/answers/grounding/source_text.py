"""A source, taken apart once for all the sentences that are checked against it."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from bot.answers.extracts.quotable import quotable_sentences
from bot.answers.grounding.figures import Figure, figure_values, find_figures, list_length
from bot.answers.grounding.names import name_forms
from bot.answers.sentences import split_sentences
from bot.models import Paper
from bot.search.text.tokens import tokenize


@dataclass(frozen=True)
class SourceText:
    """A paper's title and abstract as sentences, with the terms, names and figures of each."""

    paper: Paper

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The abstract's sentences, in order; where there is none, the title."""
        found = [sentence for part in self.paper.abstract.split("\n") for sentence in split_sentences(part)]
        return tuple(found) or (self.paper.title,)

    @cached_property
    def record(self) -> str:
        """What the store knows of the paper beside its text, as a prompt tells it; empty where that is nothing."""
        paper = self.paper
        told = [
            f"published {paper.published.day} {paper.published:%B %Y}" if paper.published else "",
            f"withdrawn {paper.withdrawn.day} {paper.withdrawn:%B %Y}" if paper.withdrawn else "",
            f"{paper.author_count} authors" if paper.author_count else "",
            f"authors {', '.join(paper.authors)}" if paper.authors else "",
            f"organisation {paper.organisation}" if paper.organisation else "",
            f"venue {paper.venue}" if paper.venue else "",
            "code is public" if paper.code_url else "",
        ]
        return f"From the record: {'; '.join(filter(None, told))}." if any(told) else ""

    @cached_property
    def record_terms(self) -> frozenset[str]:
        """The terms of the record, and its date in figures."""
        return frozenset(tokenize(f"{self.record} {self.paper.published or ''}"))

    @cached_property
    def texts(self) -> list[str]:
        """What a quotation may be taken from."""
        return [self.paper.title, self.paper.abstract]

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
        """The title's terms, which stand behind every sentence: "it" is what the title names."""
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
