"""What ranking needs of an index, so that another engine can stand in for the one in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from bot.models import Paper
from bot.search.query.date_parts import Order
from bot.search.query.filters import Filters


class Match(NamedTuple):
    """A paper's key, its plain BM25 score for a query, its number in the snapshot and its day of publication."""

    key: str
    score: float
    document: int
    published: date | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper and its score for a query, after the second stage."""

    paper: Paper
    score: float


class PaperIndex(Protocol):
    """A snapshot of all papers that never changes; new papers make a new snapshot."""

    @property
    def size(self) -> int:
        """How many papers there are."""

    def listed(self, filters: Filters, *, order: Order, limit: int, terms: Iterable[str] = ()) -> list[str]:
        """Return the keys of the first papers that pass, by the day of publication; those without one come last.

        With `terms`, only papers that have all of them.
        """

    def count(self, filters: Filters, terms: Iterable[str] = ()) -> int:
        """Return how many papers pass and have all of the terms."""

    def span(self, filters: Filters) -> tuple[int, tuple[date, date] | None]:
        """Return how many papers pass, and the first and last day of publication among them."""

    def days_with(self, terms: Iterable[str]) -> list[date | None]:
        """Return the day of publication of each paper that has all of the terms; None for one without a day."""

    def idf(self, term: str) -> float:
        """Return the weight of a term, also of one that no paper has (then the largest)."""

    def known(self, field: str) -> bool:
        """Whether a paper has this term of `bot.search.fields`."""

    def vocabulary(self) -> Iterable[str]:
        """Return every term; one may come more than once."""

    def near_terms(self, unknown: Iterable[str]) -> list[str]:
        """Return the terms that are one typing error away from one of the unknown ones, as `near_terms` tells."""

    def score(self, key: str, terms: Sequence[str]) -> float:
        """Return a paper's plain score for a query; 0 for a paper that is not there."""

    def search(self, terms: Sequence[str], *, limit: int, filters: Filters = Filters()) -> list[Match]:
        """Return the best papers that share a term with the query and pass, best first."""
