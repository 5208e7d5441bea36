"""What a feed is to those who run it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from bot.models import HubLinks, Paper
from bot.sources.records import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCalendar:
    """When a feed brings something new: on `weekdays` (Monday is 0) at `hour`, in its own zone.

    `late_after` is how long after that nothing new is still ordinary.
    """

    zone: ZoneInfo
    weekdays: frozenset[int]
    hour: time
    late_after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a run asks of a feed: papers since a day, or, without one, what a poll needs. `today` is in UTC.

    `cursor` is that of the last batch which an interrupted run of the same kind stored, None for a new run. With
    `reread`, what didn't change since it was stored is wanted as well.
    """

    since: date | None
    today: date
    cursor: str | None = None
    reread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some records of a feed, to be stored as one.

    `cursor` is where to resume after them. `part` names them in a word or two, `done` of `total` parts are reached
    with them. `newest` is the day of the newest list or announcement among them. `stored` is called once they are
    stored.
    """

    records: tuple[Paper | Refusal, ...]
    cursor: str
    part: str
    done: int
    total: int
    newest: date | None = None
    stored: Callable[[], Awaitable[None]] | None = None


class Feed(Protocol):
    """A place that is asked for papers again and again."""

    @property
    def name(self) -> str:
        """Its name in settings, commands and the store, such as daily-papers."""

    @property
    def title(self) -> str:
        """Its name in sentences."""

    @property
    def calendar(self) -> FeedCalendar:
        """When the feed is expected to publish something new."""

    def batches(self, wanted: Wanted) -> AsyncIterator[Batch]:
        """Yield what is wanted. Iterating raises FeedError."""


@runtime_checkable
class TopicFeed(Protocol):
    """A place that can be searched."""

    async def search(self, topic: str, *, limit: int, within_s: float) -> list[Paper]:
        """Return papers on a topic, best first. Raises FeedError."""


@runtime_checkable
class PaperFeed(Protocol):
    """A place that can be asked for single papers."""

    async def paper(self, arxiv_id: str, *, within_s: float) -> Paper | Refusal | None:
        """Return the paper with this unversioned id, None where the place doesn't know it. Raises FeedError."""


@runtime_checkable
class LinkingFeed(Protocol):
    """A place that knows what models, data sets and spaces name a paper."""

    async def links(self, arxiv_id: str, *, within_s: float) -> HubLinks:
        """Return what names the paper with this unversioned id; nothing for one it doesn't know. Raises FeedError."""
