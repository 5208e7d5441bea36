"""The second stage's scores: what plain BM25 over a bag of words can't see. Pure functions over the candidates."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.search.engine.scoring import K1, B

Floats = npt.NDArray[np.float64]

FEEDBACK = 20
"""From how many of the best papers feedback comes."""

FEEDBACK_WEIGHT = 0.8
"""What likeness to the best papers may add, as a share of the best score. 0.6 to 1.0 give the same within .003."""

_SHARPNESS = 3
"""A paper's voice in the feedback goes by this power of its score, so that a clear winner speaks almost alone."""

NEIGHBOURS = 5
NEIGHBOUR_WEIGHT = 0.2
"""How much of a score is the nearest papers'. 0.3 gives cranfield .006, and costs scifact .003, ml-papers .005."""

_EQUAL = 1e-5  # what likeness computed in single precision may differ by

_ENOUGH = 3  # of two papers, each would be the other's only neighbour


def regularise(scores: Sequence[float], documents: Sequence[Sequence[str]]) -> list[float]:
    """Return the scores of `documents`, given as their terms, with what they have from the papers that are like them.

    First feedback, as Rocchio's: likeness to the best papers, each with a voice by its score. Then interpolation with
    the nearest papers' scores (Diaz, "Regularizing ad hoc retrieval scores", CIKM 2005). Scores may not be negative.
    """
    given = np.array(scores, dtype=np.float64)
    if len(given) < _ENOUGH or not given.max() > 0.0:
        return list(scores)
    likeness = _cosines(documents)
    return [float(score) for score in _smooth(given + _feedback(given, likeness), likeness)]


def _feedback(scores: Floats, likeness: Floats) -> Floats:
    best = _largest(scores, FEEDBACK)
    # A paper is like itself, and so votes for itself: without that, a paper found by its name loses its first place.
    voices = np.where(best, scores / scores.max(), 0.0) ** _SHARPNESS
    votes = likeness @ voices
    return np.asarray(FEEDBACK_WEIGHT * scores.max() * votes / votes.max())


def _smooth(scores: Floats, likeness: Floats) -> Floats:
    others = likeness.copy()
    np.fill_diagonal(others, 0.0)
    weights = np.where(_largest(others, NEIGHBOURS), others, 0.0)
    total = weights.sum(axis=1)
    # A paper that shares no term with another has no neighbours, and keeps its score.
    mean = np.divide(weights @ scores, total, out=scores.copy(), where=total > 0.0)
    return np.asarray((1 - NEIGHBOUR_WEIGHT) * scores + NEIGHBOUR_WEIGHT * mean)


def _largest(values: Floats, count: int) -> npt.NDArray[np.bool_]:
    """Return which of the values in each row are the `count` largest, or equal to the last of these.

    So no score depends on the order in which papers arrived.
    """
    if values.shape[-1] <= count:
        return np.ones(values.shape, dtype=np.bool_)
    last = np.partition(values, -count, axis=-1)[..., -count, None]
    return np.asarray(values >= last * (1 - _EQUAL))


def _cosines(documents: Sequence[Sequence[str]]) -> Floats:
    """Return the cosine of each two documents' BM25 weights, shape (documents, documents).

    The idf is that among the candidates. The whole index's costs a look-up for each of 3,000 terms, and the first place
    of 2 in 46 planned questions among 10,052 papers: what all candidates share, such as the topic asked for, doesn't
    make two of them alike.
    """
    counts = [Counter(document) for document in documents]
    found: Counter[str] = Counter(term for count in counts for term in count)
    columns = {term: column for column, term in enumerate(found)}
    frequency = np.fromiter(found.values(), np.float64, len(found))
    idf = np.log1p((len(counts) - frequency + 0.5) / (frequency + 0.5))
    rows = np.repeat(np.arange(len(counts)), [len(count) for count in counts])
    terms = np.array([columns[term] for count in counts for term in count], dtype=np.intp)
    times = np.array([number for count in counts for number in count.values()], dtype=np.float64)
    lengths = np.array([len(document) for document in documents], dtype=np.float64)
    norms = K1 * (1 - B + B * lengths / (lengths.mean() or 1.0))
    weights = idf[terms] * times * (K1 + 1) / (times + norms[rows])
    sizes = np.sqrt(np.bincount(rows, weights**2, minlength=len(counts)))
    # Terms of one paper alone count in its size, but not in a product: half of the matrix is spared.
    shared = frequency[terms] > 1
    place = np.cumsum(frequency > 1) - 1
    matrix = np.zeros((len(counts), int(np.count_nonzero(frequency > 1))), dtype=np.float32)
    matrix[rows[shared], place[terms[shared]]] = (weights / sizes[rows])[shared]
    cosines = (matrix @ matrix.T).astype(np.float64)
    np.fill_diagonal(cosines, 1.0)
    return cosines


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
    return regularise(scores, [[*candidate.title] * TITLE_WEIGHT + [*candidate.abstract] for candidate in candidates])


def _pair_score(pairs: dict[tuple[str, str], float], candidate: Candidate, mean_length: float) -> float:
    """Neighbours in the question that are neighbours in the paper, as in a phrase; a pair weighs as its rarer term."""
    counts = Counter([*pairwise(candidate.title), *pairwise(candidate.abstract)])
    norm = K1 * (1 - B + B * _length(candidate) / mean_length) if mean_length else K1
    return sum(
        weight * counts[pair] * (K1 + 1) / (counts[pair] + norm) for pair, weight in pairs.items() if pair in counts
    )


def _length(candidate: Candidate) -> int:
    return len(candidate.title) + len(candidate.abstract)
