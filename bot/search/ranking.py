"""The second stage: from the index's candidates to a ranked result with its confidence."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.models import Paper, slug
from bot.search.confidence import Confidence, confidence, normalised_score
from bot.search.date_parts import Order
from bot.search.filters import Filters
from bot.search.ids import arxiv_ids
from bot.search.protocol import Hit, Match, PaperIndex
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What the first stage found, as keys: the second stage needs the papers themselves.

    `matches` are best first. `ids` and `slugs` are of papers that the query names outright, which may not be there.
    `listed` are the papers of a span, by date, for a query without a topic.
    """

    terms: tuple[str, ...]
    matches: tuple[Match, ...]
    ids: tuple[str, ...]
    slugs: tuple[str, ...]
    listed: tuple[str, ...]

    @property
    def keys(self) -> list[str]:
        """The keys of all papers that the second stage needs, beside those with one of the `slugs`."""
        return [*(match.key for match in self.matches), *self.ids, *self.listed]


def first_stage(index: PaperIndex, query: Query, *, limit: int) -> Candidates:
    """Search one snapshot by plain BM25, for a result of `limit` papers."""
    terms = query_terms(query.question, query.keywords, index)
    timed = not terms and (query.filters != Filters() or query.order is not None)
    return Candidates(
        terms=tuple(terms),
        matches=tuple(index.search(terms, limit=CANDIDATES, filters=query.filters)),
        ids=arxiv_ids(query.question),
        slugs=tuple(dict.fromkeys(slug(text) for text in (query.question, *query.quoted))),
        listed=tuple(index.listed(query.filters, order=query.order or "newest", limit=limit)) if timed else (),
    )


def second_stage(
    index: PaperIndex, query: Query, candidates: Candidates, papers: Iterable[Paper], *, limit: int
) -> SearchResult:
    """Rank the candidates anew. `papers` are theirs and those named outright; what the store lost since is left out.

    Papers named by arXiv id or whole title come first. A query that asks for a span of time and for no topic gives the
    papers of that span, by date.
    """
    by_key = {paper.key: paper for paper in papers}
    matches = [Hit(by_key[match.key], match.score) for match in candidates.matches if match.key in by_key]
    titled = [paper for paper in by_key.values() if slug(paper.title) in candidates.slugs]
    named = [paper for paper in (*map(by_key.get, candidates.ids), *titled) if paper and query.filters.allow(paper)]
    best = max((hit.score for hit in matches), default=0.0)
    terms = candidates.terms
    sure = confidence(normalised_score(best, terms, index)) if matches else Confidence.NOTHING
    ranked = _ordered(_rescored(terms, matches, index), query.order)
    if candidates.listed:
        ranked = [Hit(by_key[key], 0.0) for key in candidates.listed if key in by_key]
        sure = Confidence.CLOSEST
    searched, span = index.span(query.filters)
    first = [Hit(paper, best) for paper in dict.fromkeys(named)]
    rest = [hit for hit in ranked if hit.paper not in named]
    return SearchResult(
        hits=tuple([*first, *rest][:limit]),
        terms=terms,
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
