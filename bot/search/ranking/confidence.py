"""How sure a search is that the papers it found are about the question."""

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.search.engine.protocol import PaperIndex
from bot.search.engine.scoring import K1
from bot.search.ranking.query_terms import AskedTerm, asked_terms, unknown_names
from bot.search.text.tokens import tokenize


class Confidence(StrEnum):
    """What a result is good for: an answer, only the closest papers, or nothing."""

    ANSWER = "answer"
    CLOSEST = "closest papers only"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchEvidence:
    """What speaks for the papers found, as `bot.search.evidence` gathers it.

    `score` is the best paper's plain score as a share of the most that a paper could reach, 0 to 1. `coverage` is the
    share of the query's words that the best paper has, by weight, 0 to 1: with `has_keywords` of the keywords, else of
    the question. `unknown_name`: the question has a name that no paper has. `size` is how many papers there are.
    """

    score: float
    coverage: float
    unknown_name: bool
    has_keywords: bool
    size: int

    @property
    def sum(self) -> float:
        """Score and coverage together, 0 to 2: either alone turns fewer questions away at the same share kept."""
        return self.score + self.coverage


# Chosen on every other question that `bench.retrieval` makes, and on the questions by people in eval/questions.jsonl
# (docs/benchmarks.md has the figures). Of the other half, 96 % of the questions that describe one of 10,000 papers by
# two thirds of its words reach 0.82, and 96 % of off-domain ones don't. Among 52 papers the best of as many chance
# matches is lower, and every word that no paper has weighs as much as a name: there people's questions begin at 0.50,
# which 9 of 10 everyday questions don't reach. The best of N chance matches grows with the logarithm of N; so does the
# threshold, but no further than it was measured.
_FEW, _ANSWER_AMONG_FEW = 52, 0.50
_MANY, _ANSWER_AMONG_MANY = 10_000, 0.82

# With keywords by a model, people's questions begin at 0.58 among 52 papers and among 10,000, paraphrases that share no
# word with the abstract included. Of 22 everyday questions with such keywords 21 stay under it among 52 papers, and 14
# among 10,000, where a paper on poems or on rent may be there.
_ANSWER_WITH_KEYWORDS = 0.56

_CLOSEST_SHARE = 0.5
"""The closest papers are shown from this share of what an answer needs."""


def answer_at(*, size: int, has_keywords: bool) -> float:
    """Return the least `Evidence.sum` for an answer from a store of `size` papers."""
    if has_keywords:
        return _ANSWER_WITH_KEYWORDS
    within = min(max(size, _FEW), _MANY)
    grown = math.log(within / _FEW) / math.log(_MANY / _FEW)
    return _ANSWER_AMONG_FEW + grown * (_ANSWER_AMONG_MANY - _ANSWER_AMONG_FEW)


def confidence(evidence: MatchEvidence) -> Confidence:
    """Return the band. A question with a name that no paper has is never answered: it is likely to be about that."""
    needed = answer_at(size=evidence.size, has_keywords=evidence.has_keywords)
    if evidence.sum >= needed and not evidence.unknown_name:
        return Confidence.ANSWER
    return Confidence.CLOSEST if evidence.sum >= _CLOSEST_SHARE * needed else Confidence.NOTHING


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
    held: Sequence[Container[str]],
    index: PaperIndex,
) -> MatchEvidence:
    """Gather the evidence for a query's papers, of which `held` has the terms, best first.

    `terms` are its `query_terms` and `best_score` is the highest plain score for them. With keywords, the score as a
    share is of question and keywords together, in which keywords count double. The coverage is then theirs alone: a
    question may be worded in everyday terms that no abstract has, but they are meant to be the papers' own.
    """
    asked = asked_terms(question, terms, index)
    keyword_weights = {term: index.idf(term) for term in tokenize(" ".join(keywords))}
    coverages = (
        _keyword_coverage(keyword_weights, has) if keyword_weights else _coverage(asked, has)
        for has in held[:LOOKED_AT]
    )
    return MatchEvidence(
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


def _coverage(asked: Sequence[AskedTerm], held: Container[str]) -> float:
    weights = [term.weight * (NAME_WEIGHT if term.is_name else 1) for term in asked]
    found = (weight for weight, term in zip(weights, asked, strict=True) if any(form in held for form in term.forms))
    return sum(found) / sum(weights) if weights else 0.0


def _keyword_coverage(weights: Mapping[str, float], held: Container[str]) -> float:
    return sum(weight for term, weight in weights.items() if term in held) / sum(weights.values())
