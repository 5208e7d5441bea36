"""What a digest needs to know of the feeds: whether a day without papers is a quiet one."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol


class Freshness(StrEnum):
    """How a feed stands."""

    FRESH = "fresh"
    NOT_OUT_YET = "not out yet"
    WEEKEND = "weekend"
    STALE = "stale"
    DOWN = "down"


TROUBLE = frozenset({Freshness.STALE, Freshness.DOWN})
"""What every digest tells of, not only an empty one."""


class FeedStanding(Protocol):
    """How one feed stands: one of `Freshness`, and the sentence about it that members read."""

    @property
    def freshness(self) -> str:
        """A value of Freshness."""

    @property
    def sentence(self) -> str:
        """What members read."""


class FeedStates(Protocol):
    """Tells how the feeds stand now."""

    async def freshness(self) -> Sequence[FeedStanding]:
        """Return one for each feed that is switched on. Raises StoreError."""
