"""How well a sentence of an abstract fits: its share of a query's weight, and its likeness to other texts."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.search.bm25 import K1, B
from bot.search.protocol import PaperIndex


def share(wanted: Mapping[str, float], held: Iterable[str], index: PaperIndex) -> float:
    """Return how much of the wanted terms' weight, idf times their own, a text holds, 0 to 1; each counts once."""
    weights = {term: index.idf(term) * weight for term, weight in wanted.items()}
    most = sum(weights.values())
    return sum(weights[term] for term in weights.keys() & set(held)) / most if most else 0.0


def bm25(wanted: Iterable[str], sentences: Sequence[Counter[str]], index: PaperIndex) -> list[float]:
    """Return the BM25 score of each sentence for the terms, with the papers' idf and the sentences' own lengths."""
    weights = {term: index.idf(term) for term in wanted}
    lengths = [sentence.total() for sentence in sentences]
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    return [
        sum(
            weight * (K1 + 1) * count / (count + K1 * (1 - B + B * length / mean))
            for term, weight in weights.items()
            if (count := sentence[term])
        )
        for sentence, length in zip(sentences, lengths, strict=True)
    ]


def cosine(a: Counter[str], b: Counter[str]) -> float:
    """Return the likeness of two texts by their terms, 0 to 1."""
    product = sum(count * b[term] for term, count in a.items())
    norms = math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
    return product / norms if norms else 0.0
