"""Searching papers in memory, by both stages, as the searcher does with a store."""

from collections.abc import Sequence

from bot.models import Paper
from bot.search.engine.forward import PaperTerms
from bot.search.engine.index import Bm25Index
from bot.search.ranking.second_stage import Query, SearchResult, first_stage, rank_again, second_stage


def search_in(papers: Sequence[Paper], query: Query, *, limit: int, index: Bm25Index | None = None) -> SearchResult:
    """Return the best `limit` of these papers, of which `index` is made."""
    index = index or Bm25Index(papers)
    candidates = first_stage(index, query, limit=limit)
    by_key = {paper.key: paper for paper in papers}
    terms = {match.document: PaperTerms.of(by_key[match.key]).to_bytes() for match in candidates.matches}
    ranking = rank_again(index, query, candidates, terms)
    return second_stage(index, query, candidates, ranking, papers, limit=limit)
