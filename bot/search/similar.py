"""The words by which a paper finds the papers that are like it."""

from collections import Counter

from bot.models import Paper
from bot.search.batch import paper_terms
from bot.search.bm25 import lucene_idf
from bot.search.protocol import PaperIndex

TERMS = 30
"""How many of a paper's terms are searched for, the most telling ones by tf-idf, as Lucene's MoreLikeThis does."""


def telling_terms(paper: Paper, index: PaperIndex) -> list[str]:
    """Return a paper's most telling terms. Those that stand in no other paper say nothing of others."""
    counts = Counter(paper_terms(paper))
    alone = lucene_idf(index.size, 1)
    shared = [term for term in counts if index.idf(term) < alone]
    return sorted(shared, key=lambda term: -counts[term] * index.idf(term))[:TERMS]
