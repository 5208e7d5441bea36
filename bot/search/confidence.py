"""How sure a search is that the papers it found are about the question."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    """What may be done with a result."""

    ANSWER = "answer"
    CLOSEST = "closest papers only"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
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


def confidence(evidence: Evidence) -> Confidence:
    """Return the band. A question with a name that no paper has is never answered: it is likely to be about that."""
    needed = answer_at(size=evidence.size, has_keywords=evidence.has_keywords)
    if evidence.sum >= needed and not evidence.unknown_name:
        return Confidence.ANSWER
    return Confidence.CLOSEST if evidence.sum >= _CLOSEST_SHARE * needed else Confidence.NOTHING
