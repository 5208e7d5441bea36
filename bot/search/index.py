"""The index over papers: which document of the postings is which paper, and when it was published."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from bot.models import Paper
from bot.search.filters import Filters
from bot.search.postings import Postings
from bot.search.protocol import Hit
from bot.search.segment import Segment, merge
from bot.search.tokens import tokenize

TITLE_WEIGHT = 3
"""How often the title's terms count beside the abstract's: 1 to 3 is worth .02 nDCG@10 on ML requests."""

SEGMENTS = 16
"""Beyond so many segments they are merged into one: each costs a look-up per term."""

_UNDATED = 0


class Bm25Index:
    """An immutable index over papers. Making one and searching it are CPU work: call them in a thread."""

    def __init__(self, papers: Sequence[Paper] = ()) -> None:
        self._take(tuple(papers), Postings.of([Segment.of(map(paper_terms, papers))]))

    def updated(self, papers: Sequence[Paper]) -> "Bm25Index":
        """Return an index over `papers` that shares with this one all that didn't change.

        Its cost is that of the papers that are new or whose words changed.
        """
        wanted = {paper.key: paper for paper in papers}
        slots = list(self._slots)
        added: list[Paper] = []
        dead: list[int] = []
        for number, known in enumerate(slots):
            if known is None:
                continue
            paper = wanted.pop(known.key, None)
            if paper is not None and (paper.title, paper.abstract) == (known.title, known.abstract):
                slots[number] = paper
                continue
            slots[number] = None
            dead.append(number)
            added += [paper] if paper else []
        added += wanted.values()
        index = Bm25Index.__new__(Bm25Index)
        postings = self._postings.with_segment(Segment.of(map(paper_terms, added)), dead=dead)
        slots += added
        if len(postings.segments) > SEGMENTS:
            postings = Postings.of([merge(postings.segments, postings.alive)])
            slots = [paper for paper in slots if paper]
        index._take(tuple(slots), postings)
        return index

    def forget(self) -> None:
        """Let go of what earlier searches left in memory; to be called, in a thread, when this snapshot is replaced."""
        self._postings.forget()

    def _take(self, slots: tuple[Paper | None, ...], postings: Postings) -> None:
        self._slots = slots
        self._postings = postings
        self._numbers = {paper.key: number for number, paper in enumerate(slots) if paper}
        self._days = np.array([_day(paper) for paper in slots], dtype=np.int32)

    @property
    def size(self) -> int:
        """How many papers there are."""
        return len(self._numbers)

    def get(self, key: str) -> Paper | None:
        """Return the paper with this key, or None."""
        number = self._numbers.get(key)
        return None if number is None else self._slots[number]

    def within(self, filters: Filters) -> list[Paper]:
        """Return every paper that passes, in the order of arrival."""
        return [paper for paper in map(self._slots.__getitem__, np.flatnonzero(self._mask(filters)).tolist()) if paper]

    def span(self, filters: Filters) -> tuple[int, tuple[date, date] | None]:
        """Return how many papers pass, and the first and last day of publication among them."""
        mask = self._mask(filters)
        days = self._days[mask]
        dated = days[days != _UNDATED]
        span = (date.fromordinal(int(dated.min())), date.fromordinal(int(dated.max()))) if len(dated) else None
        return int(mask.sum()), span

    def idf(self, term: str) -> float:
        """Return the weight of a term, also of one that no paper has (then the largest)."""
        return self._postings.idf(term)

    def vocabulary(self) -> Iterable[str]:
        """Return every term; one may come more than once, and some may stand in replaced papers only."""
        return (term for segment in self._postings.segments for term in segment.terms)

    def score(self, paper: Paper, terms: Sequence[str]) -> float:
        """Return a paper's plain score for a query; 0 for a paper that is not there."""
        number = self._numbers.get(paper.key)
        return 0.0 if number is None else self._postings.get_batch_scores(terms, [number])[0]

    def search(self, terms: Sequence[str], *, limit: int, filters: Filters = Filters()) -> list[Hit]:
        """Return the best papers that share a term with the query and pass, best first; ties by arrival."""
        allowed = None if filters == Filters() else self._mask(filters)
        numbers, scores = self._postings.search(terms, limit=limit, allowed=allowed)
        found = zip(map(self._slots.__getitem__, numbers.tolist()), scores.tolist(), strict=True)
        return [Hit(paper, score) for paper, score in found if paper]

    def _mask(self, filters: Filters) -> npt.NDArray[np.bool_]:
        """Return which documents pass. One without a date passes only when no day is asked for."""
        mask = self._postings.alive.copy()
        if filters.after:
            mask &= self._days >= filters.after.toordinal()
        if filters.before:
            mask &= (self._days <= filters.before.toordinal()) & (self._days != _UNDATED)
        return mask


def paper_terms(paper: Paper) -> list[str]:
    """Return a paper's index terms: the title's, weighted by repetition, and the abstract's."""
    return tokenize(paper.title) * TITLE_WEIGHT + tokenize(paper.abstract)


def _day(paper: Paper | None) -> int:
    return paper.published.toordinal() if paper and paper.published else _UNDATED
