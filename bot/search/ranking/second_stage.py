"""The second stage: from the index's candidates to a ranked result with its confidence."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from bot.models import Paper, slug
from bot.search.engine.forward import ForwardIndex, term_number
from bot.search.engine.protocol import Hit, Match, PaperIndex
from bot.search.query.date_parts import Order
from bot.search.query.filters import Filters
from bot.search.query.ids import arxiv_ids
from bot.search.ranking.confidence import LOOKED_AT, Confidence, confidence, find_evidence
from bot.search.ranking.named import is_named_by_title, named_in
from bot.search.ranking.query_terms import phrases_held, query_terms, question_terms
from bot.search.ranking.rerank import rescore


def all_that_is_asked(papers: ForwardIndex, asked: Iterable[str]) -> set[int]:
    """Return the places of the papers whose title's name has the terms of a question, `asked`, and no others.

    "What is SpikeGPT?" asks for the name alone.
    """
    numbers = frozenset(map(term_number, asked))
    return {place for place, name in papers.names().items() if name == numbers}


class Ranked(NamedTuple):
    """A candidate as the second stage sees it: a paper's key, score, and day of publication."""

    key: str
    score: float
    published: date | None


RECENCY_WEIGHT = 0.01
"""What the newest paper gains over a very old one, as a share of the best score.

The questions of eval/questions.jsonl don't ask for new papers, so they tell what the preference costs: without a model,
hit@5 among 10,052 papers is .717 with 0 and .01, .696 with .02, .03 and .05; among the 52 it is .891 with 0, .870 with
.01 to .1, .848 with .2. With plans, hit@1 among the 52 is 1.000 at all.
"""

_HALF_LIFE_DAYS = 365.0
_DIGITS = 4  # of scores up to a few dozen, those of a number in single precision


def with_recency(hits: Sequence[Ranked], newest: date | None) -> list[Ranked]:
    """Return papers, best first, with what their age adds. `newest` is the store's last day, from which age counts.

    By the store's last day and not by today, so that a store that gets no more papers ranks as it did. A paper without
    a date counts as the mean of those that have one: it is neither favoured nor put back.
    """
    if newest is None:
        return list(hits)
    best = max((hit.score for hit in hits), default=0.0)
    known = [_freshness((newest - hit.published).days) for hit in hits if hit.published]
    mean = sum(known) / len(known) if known else 0.0
    aged: list[Ranked] = []
    for hit in hits:
        fresh = _freshness((newest - hit.published).days) if hit.published else mean
        aged.append(Ranked(hit.key, hit.score + RECENCY_WEIGHT * best * fresh, hit.published))
    return sorted(aged, key=lambda hit: _rank(hit.score))


def _rank(score: float) -> float:
    """Return what to sort by, best first: likeness in single precision makes no order among equal papers."""
    return -round(score, _DIGITS)


def _freshness(age_days: int) -> float:
    return float(2.0 ** (-max(0, age_days) / _HALF_LIFE_DAYS))


CANDIDATES = 100
"""How many papers the first stage hands over."""

ORDERED_SHARE = 0.5
"""Among papers that score at least this share of the best one's score, an order by date decides."""

_NAMED_AMONG = 10
"""Among so many of the first papers one is looked for that the question names."""


NAMED_LEAD = 1.1
"""What a paper scores whose name is all that is asked for, as a share of the best score: more than its age can cost."""

NAMED_SHARE = 0.5
"""What a paper gains whose title's name stands in the question, as a share of the best score: `is_named_by_title`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for: the question and, as one query with it, keywords.

    `quoted` are phrases of it in quotation marks, which may be titles; `order` puts the newest or the oldest of the
    papers that match well first. `compares`: it sets several things against each other, and to name one isn't enough.
    """

    question: str
    keywords: Sequence[str] = ()
    quoted: Sequence[str] = ()
    filters: Filters = Filters()
    order: Order | None = None
    compares: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Papers, best first, of the snapshot `index`.

    `searched` is how many papers stood within `filters`, and `span` the first and last day among them. `named` are the
    keys of those that the query names: by id, by title, or by the name that they give to what they are about.
    """

    hits: tuple[Hit, ...]
    terms: tuple[str, ...]
    confidence: Confidence
    index: PaperIndex
    filters: Filters
    searched: int
    span: tuple[date, date] | None
    named: tuple[str, ...] = ()

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers alone."""
        return tuple(hit.paper for hit in self.hits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What the first stage found, as keys and numbers.

    `matches` are best first. `ids` and `slugs` are of papers that the query names outright, which may not be there.
    `listed` are the papers of a span, by date, for a query without a topic.
    """

    terms: tuple[str, ...]
    matches: tuple[Match, ...]
    ids: tuple[str, ...]
    slugs: tuple[str, ...]
    listed: tuple[str, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The candidates, best first, and how sure it is that they are about the query. `best` is the highest plain score.

    `may_be_named` are the keys of those whose title's name has only terms of the question: its capitals decide.
    `searched` and `span` are those of a `SearchResult`.
    """

    ranked: tuple[Ranked, ...]
    may_be_named: frozenset[str]
    best: float
    confidence: Confidence
    searched: int
    span: tuple[date, date] | None

    def keys(self, query: Query, candidates: Candidates, *, limit: int) -> list[str]:
        """Return the keys of the papers that `second_stage` needs for a result of `limit` papers."""
        # A phrase is looked for in all of them.
        count = len(self.ranked) if query.quoted else max(limit, _NAMED_AMONG)
        return [*(paper.key for paper in self.ranked[:count]), *self.may_be_named, *candidates.ids, *candidates.listed]


def rank_again(index: PaperIndex, query: Query, candidates: Candidates, terms: Mapping[int, bytes]) -> Ranking:
    """Rank the candidates by what plain BM25 doesn't see.

    `terms` has the bytes of `PaperTerms` for each candidate's number; one without them is left out.
    """
    matches = [match for match in candidates.matches if match.document in terms]
    papers = ForwardIndex.read([terms[match.document] for match in matches])
    order, rescored = _rescore(query, candidates.terms, matches, papers, index)
    best = max((match.score for match in matches), default=0.0)
    evidence = find_evidence(
        question=query.question,
        keywords=query.keywords,
        terms=candidates.terms,
        best_score=best,
        held=[papers.held(place) for place in order[:LOOKED_AT]],
        index=index,
    )
    searched, span = index.span(query.filters)
    if query.filters.after is None and query.filters.before is None and query.order is None:
        rescored = with_recency(rescored, span[1] if span else None)
    asked = frozenset(map(term_number, question_terms(query.question)))
    return Ranking(
        may_be_named=frozenset(matches[place].key for place, name in papers.names().items() if name <= asked),
        ranked=tuple(_order_by_date(rescored, query.order)),
        best=best,
        confidence=confidence(evidence) if matches else Confidence.NOTHING,
        searched=searched,
        span=span,
    )


def second_stage(
    index: PaperIndex, query: Query, candidates: Candidates, ranking: Ranking, papers: Iterable[Paper], *, limit: int
) -> SearchResult:
    """Return the result. `papers` are those of the ranking's `keys` and those with one of the candidates' `slugs`.

    Papers named by arXiv id or whole title come first, then those that hold a quoted phrase word by word. A query that
    asks for a span of time and for no topic gives the papers of that span, by date. What the store lost since is left
    out.
    """
    by_key = {paper.key: paper for paper in papers}
    titled = [paper for paper in by_key.values() if slug(paper.title) in candidates.slugs]
    named = [paper for paper in (*map(by_key.get, candidates.ids), *titled) if paper and query.filters.allow(paper)]
    sure = ranking.confidence
    there = [Hit(by_key[paper.key], paper.score) for paper in ranking.ranked if paper.key in by_key]
    # Where an order by date is asked for, it stands.
    ranked = _holding(there if query.order else _named_first(query.question, there), query.quoted)
    if candidates.listed:
        ranked = [Hit(by_key[key], 0.0) for key in candidates.listed if key in by_key]
        sure = Confidence.CLOSEST
    # Whatever else a question has in it, GPUs or a name that no paper knows: the paper that it names can be asked.
    near = [hit.paper for hit in ranked[:_NAMED_AMONG]] if candidates.terms else []
    called = named_in(query.question, near, index)
    if called and not query.compares:
        sure = Confidence.ANSWER
    first = [Hit(paper, ranking.best) for paper in dict.fromkeys(named)]
    rest = [hit for hit in ranked if hit.paper not in named]
    return SearchResult(
        hits=tuple([*first, *rest][:limit]),
        terms=candidates.terms,
        confidence=Confidence.ANSWER if named else sure,
        index=index,
        filters=query.filters,
        searched=ranking.searched,
        span=ranking.span,
        named=tuple(dict.fromkeys(paper.key for paper in (*named, *called))),
    )


def _named_first(question: str, hits: list[Hit]) -> list[Hit]:
    """Raise the papers whose title's name stands in the question in just its spelling.

    No further than just above the others: what goes by the best score, such as recency, must not grow with it.
    """
    named = {hit.paper.key for hit in hits if is_named_by_title(question, hit.paper.title)}
    if not named:
        return hits
    best = max(hit.score for hit in hits)
    raised = [
        replace(hit, score=min(hit.score + NAMED_SHARE * best, max(hit.score, 1.01 * best)))
        if hit.paper.key in named
        else hit
        for hit in hits
    ]
    return sorted(raised, key=lambda hit: _rank(hit.score))


def _rescore(
    query: Query, terms: Sequence[str], matches: Sequence[Match], papers: ForwardIndex, index: PaperIndex
) -> tuple[list[int], list[Ranked]]:
    """Score again, best first. Return the places among the matches as well.

    A paper whose name is all that is asked for comes first: not others that mention it.
    """
    scores = rescore(terms, [match.score for match in matches], papers, index.idf)
    lead = NAMED_LEAD * max(scores, default=0.0)
    for place in all_that_is_asked(papers, question_terms(query.question)):
        scores[place] = lead
    order = sorted(range(len(scores)), key=lambda place: _rank(scores[place]))
    return order, [Ranked(matches[place].key, scores[place], matches[place].published) for place in order]


def _holding(hits: list[Hit], quoted: Sequence[str]) -> list[Hit]:
    if not quoted:
        return hits
    return sorted(hits, key=lambda hit: -phrases_held(quoted, (hit.paper.title, hit.paper.abstract)))


def _order_by_date(hits: list[Ranked], order: Order | None) -> list[Ranked]:
    if order is None or not hits:
        return hits
    enough = ORDERED_SHARE * hits[0].score
    by_date = _by_date(order)
    good = sorted((hit for hit in hits if hit.score >= enough), key=by_date)
    return [*good, *(hit for hit in hits if hit.score < enough)]


def _by_date(order: Order) -> Callable[[Ranked], int]:
    """Return a sorting key. Papers without a date come last."""

    def key(paper: Ranked) -> int:
        if paper.published is None:
            return date.max.toordinal()
        return paper.published.toordinal() * (1 if order == "oldest" else -1)

    return key


@dataclass(frozen=True, slots=True)
class TermShare:
    """A term of the query: its weight (idf), how often the query counts it, and what it adds to the paper's score."""

    term: str
    weight: float
    times: int
    added: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts of a score, which add up to it: plain BM25 term by term, and what the second stage added.

    That is for words that are neighbours in query and paper, for likeness to the best papers and for age, or, where a
    paper was named outright, what brings it to the top.
    """

    shares: tuple[TermShare, ...]
    second_stage: float


def explain(hit: Hit, terms: Sequence[str], index: PaperIndex) -> Explanation:
    """Take a hit's score apart. Terms come heaviest first; those that the paper lacks add 0."""
    shares = [
        TermShare(term, index.idf(term), times, index.score(hit.paper.key, [term] * times))
        for term, times in Counter(terms).items()
    ]
    shares.sort(key=lambda share: (-share.added, -share.weight))
    return Explanation(tuple(shares), hit.score - sum(share.added for share in shares))
