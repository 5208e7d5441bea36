"""What speaks for the papers that a search found: the grounds of its confidence."""

from collections.abc import Iterable, Mapping, Sequence

from bot.models import Paper
from bot.search.bm25 import K1
from bot.search.confidence import Evidence
from bot.search.protocol import PaperIndex
from bot.search.query_terms import AskedTerm, asked_terms, unknown_names
from bot.search.tokens import tokenize

LOOKED_AT = 3
"""How many of the first papers are looked at for their words: the best by score need not be the one that has most."""

NAME_WEIGHT = 2
"""What the coverage of a name counts, beside other words of the same weight."""


def find_evidence(
    *,
    question: str,
    keywords: Sequence[str],
    terms: Sequence[str],
    best_score: float,
    papers: Sequence[Paper],
    index: PaperIndex,
) -> Evidence:
    """Gather the evidence for a query's `papers`, best first.

    `terms` are its `query_terms` and `best_score` is the highest plain score for them. With keywords, the score as a
    share is of question and keywords together, in which keywords count double. The coverage is then theirs alone: a
    question may be worded in everyday terms that no abstract has, but they are meant to be the papers' own.
    """
    asked = asked_terms(question, terms, index)
    keyword_weights = {term: index.idf(term) for term in tokenize(" ".join(keywords))}
    held = [set(tokenize(f"{paper.title} {paper.abstract}")) for paper in papers[:LOOKED_AT]]
    coverages = (_keyword_coverage(keyword_weights, has) if keyword_weights else _coverage(asked, has) for has in held)
    return Evidence(
        score=normalised_score(best_score, terms, index),
        coverage=max(coverages, default=0.0),
        unknown_name=bool(unknown_names(question, asked)),
        has_keywords=bool(keyword_weights),
        size=index.size,
    )


def normalised_score(score: float, terms: Iterable[str], index: PaperIndex) -> float:
    """Return `score` as a share of the most that a paper could reach: the sum of idf * (k1 + 1) over the terms."""
    most = sum(index.idf(term) * (K1 + 1) for term in terms)
    return score / most if most else 0.0


def _coverage(asked: Sequence[AskedTerm], held: set[str]) -> float:
    weights = [term.weight * (NAME_WEIGHT if term.is_name else 1) for term in asked]
    found = (weight for weight, term in zip(weights, asked, strict=True) if not term.forms.isdisjoint(held))
    return sum(found) / sum(weights) if weights else 0.0


def _keyword_coverage(weights: Mapping[str, float], held: set[str]) -> float:
    return sum(weight for term, weight in weights.items() if term in held) / sum(weights.values())
