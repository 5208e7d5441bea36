"""Measures of a ranking, as BEIR and TREC define them."""

import math
from collections.abc import Mapping, Sequence


def ndcg(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """Return the normalised discounted cumulative gain at k, with gains of 2^relevance - 1, 0 to 1."""
    gained = sum((2.0 ** relevance.get(key, 0) - 1) / math.log2(place + 1) for place, key in enumerate(ranking[:k], 1))
    best = sorted(relevance.values(), reverse=True)[:k]
    return gained / sum((2.0**grade - 1) / math.log2(place + 1) for place, grade in enumerate(best, 1))


def recall(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """Return the share of all relevant documents that stand among the first k."""
    relevant = {key for key, grade in relevance.items() if grade > 0}
    return len(relevant & set(ranking[:k])) / len(relevant)


def reciprocal_rank(ranking: Sequence[str], relevance: Mapping[str, int]) -> float:
    """Return 1 / the place of the first relevant document, or 0."""
    return next((1 / place for place, key in enumerate(ranking, 1) if relevance.get(key, 0) > 0), 0.0)
