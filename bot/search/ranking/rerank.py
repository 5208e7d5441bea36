"""The second stage's scores: what plain BM25 over a bag of words can't see. Pure functions over the candidates."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.search.engine.forward import ABSTRACT, NAME, PARTS, TITLE, ForwardIndex, term_number
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

_COLUMNS_AT_ONCE = 24  # OpenBLAS begins to use threads at 64^3 multiplications; there are at most 100 rows

_ENOUGH = 3  # of two papers, each would be the other's only neighbour


def regularise(scores: Sequence[float] | Floats, papers: ForwardIndex) -> list[float]:
    """Return the scores of `papers` with what they have from the papers that are like them.

    First feedback, as Rocchio's: likeness to the best papers, each with a voice by its score. Then interpolation with
    the nearest papers' scores (Diaz, "Regularizing ad hoc retrieval scores", CIKM 2005). Scores may not be negative.
    """
    given = np.array(scores, dtype=np.float64)
    if len(given) < _ENOUGH or not given.max() > 0.0:
        return [float(score) for score in given]
    likeness = _cosines(papers)
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


def _cosines(papers: ForwardIndex) -> Floats:
    """Return the cosine of each two papers' BM25 weights, shape (papers, papers).

    The idf is that among the candidates. The whole index's costs a look-up for each of 3,000 terms, and the first place
    of 2 in 46 planned questions among 10,052 papers: what all candidates share, such as the topic asked for, doesn't
    make two of them alike.
    """
    times = papers.frequencies(title_weight=TITLE_WEIGHT)
    here = times > 0.0  # a name's terms may differ from its title's
    times, rows = times[here], papers.owners()[here]
    columns = _columns(papers.numbers[here])
    frequency = np.bincount(columns)
    idf = np.log1p((papers.size - frequency + 0.5) / (frequency + 0.5))
    lengths = papers.lengths @ np.array([0.0, TITLE_WEIGHT, 1.0])
    norms = K1 * (1 - B + B * lengths / (lengths.mean() or 1.0))
    weights = idf[columns] * times * (K1 + 1) / (times + norms[rows])
    sizes = np.sqrt(np.bincount(rows, weights**2, minlength=papers.size))
    # Terms of one paper alone count in its size, but not in a product: half of the matrix is spared.
    shared = frequency[columns] > 1
    place = np.cumsum(frequency > 1) - 1
    matrix = np.zeros((papers.size, int(np.count_nonzero(frequency > 1))), dtype=np.float32)
    matrix[rows[shared], place[columns[shared]]] = (weights / sizes[rows])[shared]
    cosines = _products(matrix).astype(np.float64)
    np.fill_diagonal(cosines, 1.0)
    return cosines


def _columns(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Return each number's rank among the different ones, as `np.unique` does, which would load numpy.ma: 30 ms."""
    order = np.argsort(numbers)
    ordered = numbers[order]
    new = np.zeros(len(numbers), np.int64)
    new[1:] = ordered[1:] != ordered[:-1]
    columns = np.empty_like(new)
    columns[order] = np.cumsum(new)
    return columns


def _products(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the product of each two rows, in steps so small that BLAS takes one thread for each.

    Waking more for a whole product of this size gains nothing, and costs 12 ms where other work keeps the cores busy.
    """
    columns = np.ascontiguousarray(rows.T)
    found = np.zeros((len(rows), len(rows)), np.float32)
    for at in range(0, len(columns), _COLUMNS_AT_ONCE):
        part = slice(at, at + _COLUMNS_AT_ONCE)
        found += rows[:, part] @ columns[part]
    return found


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


def rescore(
    terms: Sequence[str], scores: Sequence[float], papers: ForwardIndex, idf: Callable[[str], float]
) -> list[float]:
    """Return each paper's score with what neighbouring terms, and the papers that are like it, add to it.

    `scores` are the first stage's, in the order of `papers`.
    """
    if not papers.size:
        return []
    pairs = {pair: max(idf(pair[0]), idf(pair[1])) for pair in pairwise(terms)}
    given = np.array(scores, dtype=np.float64) + PAIR_WEIGHT * _pair_scores(pairs, papers)
    return regularise(given, papers)


def _pair_scores(pairs: Mapping[tuple[str, str], float], papers: ForwardIndex) -> Floats:
    """Neighbours in the question that are neighbours in the paper, as in a phrase; a pair weighs as its rarer term."""
    if not pairs:
        return np.zeros(papers.size)
    numbers = np.array([[term_number(first), term_number(second)] for first, second in pairs], np.uint64)
    asked = np.array(sorted(set(numbers.reshape(-1).tolist())), np.uint64)
    # Terms as their places among those asked for, and pairs of them as one number; len(asked) is any other term.
    base = len(asked) + 1
    pair_codes = asked.searchsorted(numbers) @ np.array([base, 1])
    order = np.argsort(pair_codes)
    codes, weights = pair_codes[order], np.array(list(pairs.values()))[order]
    places = asked.searchsorted(papers.numbers)
    places[asked.take(places, mode="clip") != papers.numbers] = len(asked)
    places = places[papers.terms]
    sections = papers.sections
    same_text = (sections[:-1] == sections[1:]) & (sections[:-1] % PARTS != NAME)
    (at,) = np.nonzero((places[:-1] < len(asked)) & (places[1:] < len(asked)) & same_text)
    found = places[at] * base + places[at + 1]
    columns = codes.searchsorted(found)
    meant = codes.take(columns, mode="clip") == found
    cells = sections[at[meant]] // PARTS * len(codes) + columns[meant]
    counts = np.bincount(cells, minlength=papers.size * len(codes)).reshape(papers.size, len(codes))
    lengths = papers.lengths[:, TITLE] + papers.lengths[:, ABSTRACT]
    norms = K1 * (1 - B + B * lengths / (lengths.mean() or 1.0))
    return np.asarray((weights * counts * (K1 + 1) / (counts + norms[:, None])).sum(axis=1))
