"""The second stage: from the index's candidates to a ranked result with its confidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.models import Paper, slug
from bot.search.confidence import Confidence, confidence, normalised_score
from bot.search.filters import Filters
from bot.search.ids import arxiv_ids
from bot.search.protocol import Hit, PaperIndex
from bot.search.tokens import tokenize

CANDIDATES = 200
"""How many papers the first stage hands over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for: the question and, as one query with it, keywords."""

    question: str
    keywords: Sequence[str] = ()
    filters: Filters = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Papers, best first, of the snapshot `index`.

    `searched` is how many papers stood within the filters, and `span` the first and last day among them.
    """

    hits: tuple[Hit, ...]
    terms: tuple[str, ...]
    confidence: Confidence
    index: PaperIndex
    searched: int
    span: tuple[date, date] | None

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers alone."""
        return tuple(hit.paper for hit in self.hits)


def search(index: PaperIndex, query: Query, *, limit: int) -> SearchResult:
    """Search one snapshot. Papers named outright, by arXiv id or whole title, come first."""
    terms = tokenize(" ".join((query.question, *query.keywords)))
    candidates = index.search(terms, limit=CANDIDATES, allowed=query.filters.allow)
    named = _named(index, query, candidates)
    best = max((hit.score for hit in candidates), default=0.0)
    first = [Hit(paper, best) for paper in named]
    rest = [hit for hit in candidates if hit.paper not in named]
    sure = confidence(normalised_score(best, terms, index)) if candidates else Confidence.NOTHING
    searched = [paper for paper in index.papers if query.filters.allow(paper)]
    days = [paper.published for paper in searched if paper.published]
    return SearchResult(
        hits=tuple([*first, *rest][:limit]),
        terms=tuple(terms),
        confidence=Confidence.ANSWER if named else sure,
        index=index,
        searched=len(searched),
        span=(min(days), max(days)) if days else None,
    )


def _named(index: PaperIndex, query: Query, candidates: Sequence[Hit]) -> list[Paper]:
    by_id = [index.get(key) for key in arxiv_ids(query.question)]
    title = slug(query.question)
    by_title = [hit.paper for hit in candidates if slug(hit.paper.title) == title]
    return [paper for paper in dict.fromkeys([*by_id, *by_title]) if paper and query.filters.allow(paper)]
