"""Weeks of Daily Papers on the loopback interface, by a clock: few papers and many, late ones, votes, and trouble."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.fakes.feeds import FakeFeeds, failures
from tests.fakes.feeds.daily import Json, item

PAPERS = (0, 1, 12, 28, 45, 72)
"""On work days, in turn. At weekends the lists are empty."""

LISTED_AT = timedelta(hours=4)
"""When the list of a work day comes into being: before that the server takes its day for a wrong date (400)."""

UNAVAILABLE = (15, 16)
"""The days, counted from the first, on which the server answers 503."""

HTML = (23,)
"""The days on which it answers with a page for people."""

_LATE = 0.15  # of the papers, up to 20 hours
_SERVED_DAYS = 8  # one more than the feed re-reads


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper, on whose list it stands and since when; its title is that of `item`."""

    number: int
    day: date
    since: datetime

    @property
    def title(self) -> str:
        """The title that the server gives it."""
        return f"Kettle Study {self.number}: How Kettles Whistle"

    def votes(self, now: datetime) -> int:
        """Return its upvotes: some papers win one every day."""
        return self.number % 40 + (max(0, (now.date() - self.day).days) if self.number % 3 == 0 else 0)


class MonthOfLists(FakeFeeds):
    """The server; `turn` it to a moment before it is asked."""

    def __init__(self, *, first: date, days: int, rng: random.Random) -> None:
        """Make up the papers of so many days."""
        super().__init__()
        self.first = first
        self.papers: list[ListedPaper] = []
        for number in range(days):
            self.papers += self._of(first + timedelta(days=number), number, rng)

    def turn(self, now: datetime) -> None:
        """Answer as at this moment."""
        day = now.date()
        exists = day.weekday() >= 5 or now >= _listed_at(day)
        self.today = day if exists else day - timedelta(days=1)
        self.days = {self.today - timedelta(days=back): [] for back in range(_SERVED_DAYS)}
        for listed in self.days:
            if listed.weekday() == 0:
                self.days[listed].append(broken_item(listed))
        for paper in self.papers:
            if paper.since <= now and paper.day in self.days:
                self.days[paper.day].append(item(paper.number, paper.day, upvotes=paper.votes(now)))
        self.always(self._trouble(day))

    def troubled(self, day: date) -> bool:
        """Whether the server is of no use on a day."""
        return (day - self.first).days in UNAVAILABLE + HTML

    def _trouble(self, day: date) -> failures.Failure | None:
        number = (day - self.first).days
        if number in UNAVAILABLE:
            return failures.status(503)
        return failures.html() if number in HTML else None

    def _of(self, day: date, number: int, rng: random.Random) -> list[ListedPaper]:
        if day.weekday() >= 5:
            return []
        came: list[ListedPaper] = []
        for _ in range(PAPERS[number % len(PAPERS)]):
            late = timedelta(minutes=30 * rng.randint(0, 40)) if rng.random() < _LATE else timedelta()
            came.append(ListedPaper(len(self.papers) + len(came) + 1, day, _listed_at(day) + late))
        return came


def broken_item(day: date) -> Json:
    """Return a record that is to be refused: it has no title."""
    broken = item(99_000 + day.toordinal() % 1_000, day)
    del broken["paper"]["title"], broken["title"]
    return broken


def _listed_at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + LISTED_AT
