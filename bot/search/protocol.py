"""What ranking needs of an index, so that another engine can stand in for the one in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.models import Paper


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper and its plain BM25 score for a query."""

    paper: Paper
    score: float


class PaperIndex(Protocol):
    """A snapshot of all papers that never changes; new papers make a new snapshot."""

    @property
    def papers(self) -> Sequence[Paper]:
        """Every paper, in the order of arrival."""

    def get(self, key: str) -> Paper | None:
        """Return the paper with this key, or None."""

    def idf(self, term: str) -> float:
        """Return the weight of a term, also of one that no paper has (then the largest)."""

    def matched(self, paper: Paper, terms: Sequence[str]) -> frozenset[str]:
        """Return those of `terms` that stand in the paper."""

    def search(self, terms: Sequence[str], *, limit: int, allowed: Callable[[Paper], bool]) -> list[Hit]:
        """Return the best papers that share a term with the query and are allowed, best first."""
