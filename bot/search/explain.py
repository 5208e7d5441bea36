"""Why a paper ranks where it does."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.search.protocol import Hit, PaperIndex


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
