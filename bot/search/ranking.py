"""The second stage: from the index's candidates to a ranked result with its confidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.models import Paper, slug
from bot.search.confidence import Confidence, confidence, normalised_score
from bot.search.date_parts import Order
from bot.search.filters import Filters
from bot.search.ids import arxiv_ids
from bot.search.protocol import Hit, PaperIndex
from bot.search.query_terms import query_terms
from bot.search.rerank import Candidate, rescore
from bot.search.tokens import tokenize

CANDIDATES = 100
"""How many papers the first stage hands over."""

ORDERED_SHARE = 0.5
"""Among papers that score at least this share of the best one's score, an order by date decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for: the question and, as one query with it, keywords.

    `quoted` are phrases of it in quotation marks, which may be titles; `order` puts the newest or the oldest of the
    papers that match well first.
    """

    question: str
    keywords: Sequence[str] = ()
    quoted: Sequence[str] = ()
    filters: Filters = Filters()
    order: Order | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Papers, best first, of the snapshot `index`.

    `searched` is how many papers stood within `filters`, and `span` the first and last day among them.
    """

    hits: tuple[Hit, ...]
    terms: tuple[str, ...]
    confidence: Confidence
    index: PaperIndex
    filters: Filters
    searched: int
    span: tuple[date, date] | None

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers alone."""
        return tuple(hit.paper for hit in self.hits)


def search(index: PaperIndex, query: Query, *, limit: int) -> SearchResult:
    """Search one snapshot. Papers named outright, by arXiv id or whole title, come first.

    A query that asks for a span of time and for no topic gives the papers of that span, by date.
    """
    terms = query_terms(query.question, query.keywords, index)
    candidates = index.search(terms, limit=CANDIDATES, filters=query.filters)
    named = _named(index, query, candidates)
    best = max((hit.score for hit in candidates), default=0.0)
    sure = confidence(normalised_score(best, terms, index)) if candidates else Confidence.NOTHING
    searched, span = index.span(query.filters)
    ranked = _ordered(_rescored(terms, candidates, index), query.order)
    if not terms and (query.filters != Filters() or query.order):
        within = index.within(query.filters)
        ranked = [Hit(paper, 0.0) for paper in sorted(within, key=_by_date(query.order or "newest"))]
        sure = Confidence.CLOSEST if ranked else Confidence.NOTHING
    first = [Hit(paper, best) for paper in named]
    rest = [hit for hit in ranked if hit.paper not in named]
    return SearchResult(
        hits=tuple([*first, *rest][:limit]),
        terms=tuple(terms),
        confidence=Confidence.ANSWER if named else sure,
        index=index,
        filters=query.filters,
        searched=searched,
        span=span,
    )


def _rescored(terms: Sequence[str], hits: Sequence[Hit], index: PaperIndex) -> list[Hit]:
    candidates = [Candidate(hit.score, tokenize(hit.paper.title), tokenize(hit.paper.abstract)) for hit in hits]
    scores = rescore(terms, candidates, index.idf)
    return sorted((Hit(hit.paper, score) for hit, score in zip(hits, scores, strict=True)), key=lambda h: -h.score)


def _ordered(hits: list[Hit], order: Order | None) -> list[Hit]:
    if order is None or not hits:
        return hits
    enough = ORDERED_SHARE * hits[0].score
    by_date = _by_date(order)
    good = sorted((hit for hit in hits if hit.score >= enough), key=lambda hit: by_date(hit.paper))
    return [*good, *(hit for hit in hits if hit.score < enough)]


def _by_date(order: Order) -> Callable[[Paper], int]:
    """Return a sorting key. Papers without a date come last."""

    def key(paper: Paper) -> int:
        if paper.published is None:
            return date.max.toordinal()
        return paper.published.toordinal() * (1 if order == "oldest" else -1)

    return key


def _named(index: PaperIndex, query: Query, candidates: Sequence[Hit]) -> list[Paper]:
    by_id = [index.get(key) for key in arxiv_ids(query.question)]
    titles = {slug(text) for text in (query.question, *query.quoted)}
    by_title = [hit.paper for hit in candidates if slug(hit.paper.title) in titles]
    return [paper for paper in dict.fromkeys([*by_id, *by_title]) if paper and query.filters.allow(paper)]
