"""The second stage's scores: what plain BM25 over a bag of words can't see. Pure functions over the candidates."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.search.bm25 import K1, B
from bot.search.regularisation import regularised

PAIR_WEIGHT = 0.3
TITLE_WEIGHT = 3
"""How often a title's terms count in the likeness of papers, as they do in the index."""

# Measured over the first 100 candidates, nDCG@10 on scifact, cranfield, ml-papers, and how many of 46 questions without
# a plan find their paper among five of 10,052 (bench/evaluation.py, paperbot eval):
#     first stage alone            .7101  .3713  .3452  32
#     pairs                        .7109  .3779  .3551  33
#     feedback                     .7114  .3897  .3565  33
#     neighbours                   .7080  .3821  .3470  32
#     pairs, feedback              .7147  .3904  .3694  33
#     pairs, neighbours            .7095  .3917  .3570  33
#     feedback, neighbours         .7141  .4019  .3500  33
#     all three                    .7136  .4047  .3682  33
# A part for the title's own BM25 (b 0.3) adds nothing beside these: -.002, +.001, -.001.


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper of the first stage: its plain score, and its terms in order."""

    score: float
    title: Sequence[str]
    abstract: Sequence[str]


def rescore(terms: Sequence[str], candidates: Sequence[Candidate], idf: Callable[[str], float]) -> list[float]:
    """Return each candidate's score with what neighbouring terms, and the papers that are like it, add to it."""
    length = sum(map(_length, candidates)) / len(candidates) if candidates else 0.0
    pairs = {pair: max(idf(pair[0]), idf(pair[1])) for pair in pairwise(terms)}
    scores = [candidate.score + PAIR_WEIGHT * _pair_score(pairs, candidate, length) for candidate in candidates]
    return regularised(scores, [[*candidate.title] * TITLE_WEIGHT + [*candidate.abstract] for candidate in candidates])


def _pair_score(pairs: dict[tuple[str, str], float], candidate: Candidate, mean_length: float) -> float:
    """Neighbours in the question that are neighbours in the paper, as in a phrase; a pair weighs as its rarer term."""
    counts = Counter([*pairwise(candidate.title), *pairwise(candidate.abstract)])
    norm = K1 * (1 - B + B * _length(candidate) / mean_length) if mean_length else K1
    return sum(
        weight * counts[pair] * (K1 + 1) / (counts[pair] + norm) for pair, weight in pairs.items() if pair in counts
    )


def _length(candidate: Candidate) -> int:
    return len(candidate.title) + len(candidate.abstract)
