"""The BM25 index in memory, on rank_bm25's classes."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from bot.models import Paper
from bot.search.protocol import Hit
from bot.search.tokens import tokenize

K1 = 1.2
B = 0.75
TITLE_WEIGHT = 3
"""How often the title's terms count beside the abstract's: 1 to 3 is worth .02 nDCG@10 on ML requests."""


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """BM25 with Lucene's idf, ln(1 + (N - n + 0.5) / (n + 0.5)), which is positive for any N and n.

    BM25Okapi's own idf is zero or negative where a term stands in half of the papers or more, as in small stores.
    """

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: lucene_idf(self.corpus_size, n) for term, n in nd.items()}


def lucene_idf(size: int, n: int) -> float:
    """Return the idf of a term that stands in `n` of `size` documents."""
    return math.log1p((size - n + 0.5) / (n + 0.5))


class Bm25Index:
    """An immutable index over papers. Building and searching are CPU work: call them in a thread."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.papers = tuple(papers)
        self._by_key = {paper.key: number for number, paper in enumerate(self.papers)}
        documents = [paper_terms(paper) for paper in self.papers]
        # rank_bm25 divides by the number of documents and by their mean length.
        self._bm25 = LuceneBM25(documents, k1=K1, b=B) if any(documents) else None

    def get(self, key: str) -> Paper | None:
        """Return the paper with this key, or None."""
        number = self._by_key.get(key)
        return None if number is None else self.papers[number]

    def idf(self, term: str) -> float:
        """Return the weight of a term, also of one that no paper has."""
        known = self._bm25.idf.get(term) if self._bm25 else None
        return lucene_idf(len(self.papers), 0) if known is None else known

    def matched(self, paper: Paper, terms: Sequence[str]) -> frozenset[str]:
        """Return those of `terms` that stand in the paper."""
        number = self._by_key.get(paper.key)
        if number is None or self._bm25 is None:
            return frozenset()
        return frozenset(self._bm25.doc_freqs[number].keys() & set(terms))

    def search(self, terms: Sequence[str], *, limit: int, allowed: Callable[[Paper], bool]) -> list[Hit]:
        """Return the best papers that share a term with the query and are allowed, best first; ties by arrival."""
        if self._bm25 is None or not terms:
            return []
        scores = self._bm25.get_scores(list(terms))
        wanted = set(terms)
        hits: list[Hit] = []
        for number in np.argsort(-scores, kind="stable"):
            if len(hits) == limit:
                break
            # An idf of Lucene's is never 0, but papers without a hit are sorted along: overlap tells them apart.
            if wanted.isdisjoint(self._bm25.doc_freqs[number]) or not allowed(self.papers[number]):
                continue
            hits.append(Hit(self.papers[number], float(scores[number])))
        return hits


def paper_terms(paper: Paper) -> list[str]:
    """Return a paper's index terms: the title's, weighted by repetition, and the abstract's."""
    return tokenize(paper.title) * TITLE_WEIGHT + tokenize(paper.abstract)
