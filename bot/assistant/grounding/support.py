"""How much of a sentence its sources say: the share of its terms, by weight, in two neighbouring sentences of them."""

from collections.abc import Callable, Collection, Iterator, Sequence

from bot.assistant.grounding.source_text import SourceText

Weight = Callable[[str], float]

LEAST_SUPPORT = 0.25
"""Under this a sentence says something else than its source (answers.md: 93 % precise on human-labelled claims)."""

MARGIN = 0.1
"""So much better another source must fit for the cited one to be wrong. Measured by `python -m bench.answers`."""


def support(terms: Collection[str], source: SourceText, weight: Weight) -> float:
    """Return the share of `terms`, by weight, that the source's best pair of neighbouring sentences has, 0 to 1."""
    return joint_support(terms, [source], weight)


def joint_support(terms: Collection[str], sources: Sequence[SourceText], weight: Weight) -> float:
    """Return the share of `terms`, by weight, that the sources have together, each with its best pair of sentences.

    The title stands behind every sentence. What is known beside title and abstract counts as a sentence.
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
