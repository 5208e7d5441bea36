"""The index over papers: which document of the snapshot is which paper, and when it was published.

It holds no paper's text: 100,000 papers take about as much memory as their postings and keys.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from bot.models import Paper
from bot.search.engine.forward import PaperTerms
from bot.search.engine.near_terms import near_terms
from bot.search.engine.protocol import Match
from bot.search.engine.segment import Segment, merge
from bot.search.engine.snapshot import IndexSnapshot
from bot.search.query.date_parts import Order
from bot.search.query.filters import Filters, field_terms
from bot.search.text.tokens import TOKENS_VERSION, tokenize
from bot.store.protocol import IndexedPapers

TITLE_WEIGHT = 3
"""How often the title's terms count beside the abstract's: 1 to 3 is worth .02 nDCG@10 on ML requests."""

FORM = f"tokens {TOKENS_VERSION}, fields 2, title {TITLE_WEIGHT}, forward 1, questions 1"
"""What stored batches and papers' terms hold; those of another form are rebuilt, a batch after the other.

Raise the number of the fields, or of the forward index, when they change.
"""

QUESTIONS_WEIGHT = 0.7
"""What the score of the questions written for a paper counts beside that of its title and abstract.

Chosen on half of the question set (bench/expansion.py): 1 finds no more within five places there, and draws more papers
with questions before those without while only some have them (ml-papers .3725 without, .3663 with 0.7, .3585 with 1).
"""

_SIZES = struct.Struct("<2Q")

Questions = Mapping[str, Sequence[str]]
"""The questions that a model wrote for papers, by key; papers without any need not be there."""

_NO_QUESTIONS: Questions = {}


@dataclass(frozen=True, slots=True, eq=False)
class DocumentBatch:
    """Papers in the order in which they came: document i of each segment is paper i.

    `questions` are those that a model wrote for it. They are a field with statistics of its own: what users count,
    list and filter by is the paper's words alone.
    """

    words: Segment
    fields: Segment
    questions: Segment

    @classmethod
    def of(cls, papers: Sequence[Paper], questions: Questions = _NO_QUESTIONS) -> "DocumentBatch":
        """Return the papers inverted: CPU work, about a second for 4,000 abstracts."""
        return cls(
            Segment.of(map(paper_terms, papers)),
            Segment.of(map(field_terms, papers)),
            Segment.of(expansion_terms(questions.get(paper.key, ())) for paper in papers),
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "DocumentBatch":
        """Return the batch that `to_bytes` has turned into `data`. Raises ValueError for any other bytes."""
        if len(data) < _SIZES.size:
            raise ValueError("not a batch of papers")
        first, second, third = accumulate(_SIZES.unpack_from(data), initial=_SIZES.size)
        parts = (data[first:second], data[second:third], data[third:])
        batch = cls(*map(Segment.from_bytes, parts))
        if not batch.words.size == batch.fields.size == batch.questions.size:
            raise ValueError("a batch of papers with parts of different sizes")
        return batch

    def to_bytes(self) -> bytes:
        """Return the batch in a form to be stored."""
        words, fields = self.words.to_bytes(), self.fields.to_bytes()
        return b"".join((_SIZES.pack(len(words), len(fields)), words, fields, self.questions.to_bytes()))

    @property
    def size(self) -> int:
        """The number of papers."""
        return self.words.size


def encode(papers: Sequence[Paper], questions: Questions = _NO_QUESTIONS) -> IndexedPapers:
    """Return papers, with the questions for them, as a batch in bytes, with each paper's terms in bytes."""
    found = [PaperTerms.of(paper) for paper in papers]
    words = Segment.of([*terms.title] * TITLE_WEIGHT + [*terms.abstract] for terms in found)
    asked = Segment.of(expansion_terms(questions.get(paper.key, ())) for paper in papers)
    numbers: dict[str, int] = {}
    batch = DocumentBatch(words, Segment.of(map(field_terms, papers)), asked)
    return IndexedPapers(batch.to_bytes(), [terms.to_bytes(numbers) for terms in found])


def merge_bytes(parts: Sequence[bytes]) -> bytes:
    """Return batches in bytes as one, in the same order. Raises ValueError for damaged ones."""
    batches = [DocumentBatch.from_bytes(part) for part in parts]
    words = merge([batch.words for batch in batches])
    fields = merge([batch.fields for batch in batches])
    return DocumentBatch(words, fields, merge([batch.questions for batch in batches])).to_bytes()


def paper_terms(paper: Paper) -> list[str]:
    """Return a paper's index terms: the title's, weighted by repetition, and the abstract's."""
    return tokenize(paper.title) * TITLE_WEIGHT + tokenize(paper.abstract)


def expansion_terms(questions: Iterable[str]) -> list[str]:
    """Return the index terms of the questions for a paper, each once."""
    return list(dict.fromkeys(term for question in questions for term in tokenize(question)))


_UNDATED = 0


class Bm25Index:
    """An immutable index. Making one and searching it are CPU work: call them in a thread."""

    def __init__(self, papers: Sequence[Paper] = (), questions: Questions = _NO_QUESTIONS) -> None:
        batches = (DocumentBatch.of(papers, questions),) if papers else ()
        days = np.fromiter((_ordinal(paper.published) for paper in papers), np.int32, len(papers))
        self._take(batches, tuple(paper.key for paper in papers), days, np.ones(len(papers), np.bool_))

    @classmethod
    def of(
        cls,
        batches: Sequence[DocumentBatch],
        documents: Iterable[tuple[int, str, date | None]],
        *,
        dead: Iterable[int] = (),
        after: "Bm25Index | None" = None,
    ) -> "Bm25Index":
        """Return an index over batches, whose papers are numbered one after the other.

        `documents` tell the living papers' numbers, keys and days; `dead` are the numbers of those that live no more.
        With `after`, both hold what is new since that snapshot, whose papers keep their numbers.
        """
        total = sum(batch.size for batch in batches)
        keys: list[str | None] = [None] * total
        days = np.full(total, _UNDATED, np.int32)
        alive = np.zeros(total, np.bool_)
        if after is not None:
            keys[: len(after._keys)] = after._keys
            days[: len(after._keys)] = after._days
            alive[: len(after._keys)] = after._snapshot.alive
        for number, key, day in documents:
            keys[number] = key
            days[number] = _ordinal(day)
            alive[number] = True
        alive[np.fromiter(dead, dtype=np.int64)] = False
        index = cls.__new__(cls)
        index._take(tuple(batches), tuple(keys), days, alive)
        return index

    def _take(
        self,
        batches: tuple[DocumentBatch, ...],
        keys: tuple[str | None, ...],
        days: npt.NDArray[np.int32],
        alive: npt.NDArray[np.bool_],
    ) -> None:
        self.batches = batches
        self._keys = keys
        self._days = days
        self._starts = list(accumulate((batch.size for batch in batches), initial=0))[:-1]
        self._snapshot = IndexSnapshot([batch.words for batch in batches], alive)
        # Of the papers that have questions alone: the others would make their mean length next to nothing.
        asked = np.concatenate([np.zeros(0, np.bool_), *(batch.questions.lengths > 0 for batch in batches)])
        self._questions = IndexSnapshot([batch.questions for batch in batches], alive & asked)

    def forget(self) -> None:
        """Let go of what earlier searches left in memory; to be called, in a thread, when this snapshot is replaced."""
        self._snapshot.forget()
        self._questions.forget()

    def placed_batches(self) -> Iterator[tuple[tuple[int, int], DocumentBatch]]:
        """Yield each batch with its first number and its size."""
        for batch, start in zip(self.batches, self._starts, strict=True):
            yield (start, batch.size), batch

    @property
    def size(self) -> int:
        """How many papers there are."""
        return self._snapshot.live_count

    @property
    def dead(self) -> int:
        """How many numbers are of papers that changed or went, and take room for nothing."""
        return self._snapshot.doc_count - self._snapshot.live_count

    def listed(self, filters: Filters, *, order: Order, limit: int, terms: Iterable[str] = ()) -> list[str]:
        """Return the keys of the first papers that pass, by the day of publication; those without one come last.

        With `terms`, only papers that have all of them.
        """
        numbers = np.flatnonzero(self._mask_of(filters, terms))
        days = self._days[numbers].astype(np.int64)
        ranks = -days if order == "newest" else np.where(days == _UNDATED, np.iinfo(np.int64).max, days)
        return list(self._keys_of(numbers[np.argsort(ranks, kind="stable")[:limit]]))

    def count(self, filters: Filters, terms: Iterable[str] = ()) -> int:
        """Return how many papers pass and have all of the terms."""
        return int(self._mask_of(filters, terms).sum())

    def span(self, filters: Filters) -> tuple[int, tuple[date, date] | None]:
        """Return how many papers pass, and the first and last day of publication among them."""
        mask = self._mask(filters)
        days = self._days[mask]
        dated = days[days != _UNDATED]
        span = (date.fromordinal(int(dated.min())), date.fromordinal(int(dated.max()))) if len(dated) else None
        return int(mask.sum()), span

    def days_with(self, terms: Iterable[str]) -> list[date | None]:
        """Return the day of publication of each paper that has all of the terms; None for one without a day."""
        mask = self._snapshot.alive.copy()
        for term in terms:
            mask &= self._having(term, [batch.words for batch in self.batches])
        return [_day(day) for day in self._days[mask].tolist()]

    def idf(self, term: str) -> float:
        """Return the weight of a term, also of one that no paper has (then the largest)."""
        return self._snapshot.idf(term)

    def known(self, field: str) -> bool:
        """Whether a paper has this term of `bot.search.fields`."""
        return any(len(batch.fields.postings(field)[0]) for batch in self.batches)

    def vocabulary(self) -> Iterable[str]:
        """Return every term; one may come more than once, and some may stand in replaced papers only."""
        return (term for batch in self.batches for term in batch.words.terms)

    def near_terms(self, unknown: Iterable[str]) -> list[str]:
        """Return the terms that are one typing error away from one of the unknown ones, as `near_terms` tells."""
        return near_terms(unknown, [batch.words.terms for batch in self.batches])

    def score(self, key: str, terms: Sequence[str]) -> float:
        """Return a paper's plain score for a query; 0 for a paper that is not there."""
        number = next((at for at, known in enumerate(self._keys) if known == key and self._snapshot.alive[at]), None)
        return 0.0 if number is None else float(self._scores_of(terms, np.array([number], np.int32))[0])

    def search(self, terms: Sequence[str], *, limit: int, filters: Filters = Filters()) -> list[Match]:
        """Return the best papers that share a term with the query and pass, best first; ties by arrival."""
        allowed = None if filters == Filters() else self._mask(filters)
        numbers, scores = self._snapshot.search(terms, limit=limit, allowed=allowed)
        if self._questions.live_count:
            # The best of both, each by itself: a paper that is neither can't be among the best of the sum by much.
            asked, _ = self._questions.search(terms, limit=limit, allowed=allowed)
            found = np.union1d(numbers, asked)
            scores = self._scores_of(terms, found)
            best = np.argsort(-scores, kind="stable")[:limit]
            numbers, scores = found[best], scores[best]
        days = map(_day, self._days[numbers].tolist())
        matches = zip(self._keys_of(numbers), scores.tolist(), numbers.tolist(), days, strict=True)
        return [Match(*match) for match in matches]

    def _scores_of(self, terms: Sequence[str], numbers: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
        """Return the plain scores of these documents: of their words, and by its weight of their questions."""
        scores = self._snapshot.scores_of(terms, numbers)
        if self._questions.live_count:
            scores += QUESTIONS_WEIGHT * self._questions.scores_of(terms, numbers)
        return scores

    def _keys_of(self, numbers: npt.NDArray[np.int32] | npt.NDArray[np.int64]) -> Iterator[str]:
        for number in numbers.tolist():
            key = self._keys[number]
            assert key is not None  # only living documents are found, and each has its key
            yield key

    def _mask_of(self, filters: Filters, terms: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Return which documents pass and have all of the terms."""
        mask = self._mask(filters)
        for term in terms:
            mask &= self._having(term, [batch.words for batch in self.batches])
        return mask

    def _mask(self, filters: Filters) -> npt.NDArray[np.bool_]:
        """Return which documents pass. One without a date passes only when no day is asked for."""
        mask = self._snapshot.alive.copy()
        if filters.after:
            mask &= self._days >= filters.after.toordinal()
        if filters.before:
            mask &= (self._days <= filters.before.toordinal()) & (self._days != _UNDATED)
        if filters.keys is not None:
            keys = filters.keys
            mask &= np.fromiter((key in keys for key in self._keys), np.bool_, len(mask))
        for field in filters.fields:
            mask &= self._having(field, [batch.fields for batch in self.batches])
        return mask

    def _having(self, term: str, segments: Sequence[Segment]) -> npt.NDArray[np.bool_]:
        """Return which documents, dead or alive, have a term; `segments` are the batches' words or fields."""
        having = np.zeros(self._snapshot.doc_count, np.bool_)
        for segment, start in zip(segments, self._starts, strict=True):
            having[segment.postings(term)[0] + start] = True
        return having


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else _UNDATED


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal != _UNDATED else None
