"""The form of BM25 that every engine here gives: rank_bm25's, with Lucene's idf."""

import math

from rank_bm25 import BM25Okapi

K1 = 1.2
B = 0.75


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """BM25 with Lucene's idf, ln(1 + (N - n + 0.5) / (n + 0.5)), which is positive for any N and n.

    BM25Okapi's own idf is zero or negative where a term stands in half of the papers or more, as in small stores.
    """

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: lucene_idf(self.corpus_size, n) for term, n in nd.items()}


def lucene_idf(size: int, n: int) -> float:
    """Return the idf of a term that stands in `n` of `size` documents (Lucene's BM25Similarity)."""
    return math.log1p((size - n + 0.5) / (n + 0.5))
