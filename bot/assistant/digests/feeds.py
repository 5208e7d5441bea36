"""What a digest needs to know of the feeds: whether a day without papers is a quiet one."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class FeedStanding:
    """A feed's state, and the sentence about it that members read."""

    freshness: Freshness
    sentence: str


class FeedStates(Protocol):
    """Tells how the feeds stand now."""

    async def standings(self) -> Sequence[FeedStanding]:
        """Return one for each feed that is switched on."""


class NoFeeds:
    """Papers come by import alone."""

    async def standings(self) -> Sequence[FeedStanding]:
        """Return none."""
        return ()
