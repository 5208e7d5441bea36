"""Weeks of digests in seconds: `python -m bench.month` prints what was posted, repeated and missed.

The real store, writer, ledger and rounds run by a clock that is set; Discord and the feed are in memory. Two servers
with three digests each live through changes of the clocks on three continents, days with 0 to 72 papers, papers that
come late, a feed that is down for two days, two hours without Discord every week, and processes that are killed at
random steps and come back up to three hours later.
"""

import argparse
import asyncio
import logging
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App, open_app
from bot.models import Paper
from bot.store.digests import DigestDefinition
from bot.store.ledger import LedgerEntry
from tests.apps import make_settings
from tests.assistant.digests.running import prepare, running
from tests.clocks import FakeClock
from tests.digests import make_definition
from tests.fakes.outlet import FakeOutlet

START = datetime(2024, 3, 5, tzinfo=UTC)
"""Before the clocks change in America (10 March), Europe (31 March) and New Zealand (7 April)."""

_STEP = timedelta(hours=1)
_WINDOW = timedelta(hours=12)  # as DIGEST_CATCH_UP_HOURS by default
_LISTED_AT = timedelta(hours=4)
_FEED_DOWN = (15, 16)  # days counted from the start
_DISCORD_DOWN_HOURS = (7, 8)  # of Wednesdays
_KILLED_ONCE_IN = 250
_LONGEST_DOWNTIME = 3
_PAPERS = (0, 1, 12, 28, 45, 72)

_AT = {"Berlin": "08:00", "New York": "02:30", "Auckland": "23:30", "noon": "12:00", "Tokyo": "09:00", "month": "07:00"}


def digests() -> list[DigestDefinition]:
    """Return the digests of both servers."""

    def one(name: str, zone: str, guild: str, channel: int, **more: Any) -> DigestDefinition:
        at = datetime.strptime(_AT[name], "%H:%M").replace(tzinfo=UTC).time()
        return make_definition(name=name, zone=zone, guild=guild, channel=channel, at=at, length=25, **more)

    return [
        one("Berlin", "Europe/Berlin", "1", 11, thread=True),
        one("New York", "America/New_York", "1", 12),
        one("Tokyo", "Asia/Tokyo", "1", 13, period="weekly"),
        one("Auckland", "Pacific/Auckland", "2", 21, thread=True),
        one("noon", "UTC", "2", 21, weekdays=(0, 1, 2, 3, 4), when_empty="silent"),
        one("month", "UTC", "2", 22, period="monthly"),
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one digest. `due` counts its days, `skipped` those with nothing to tell."""

    name: str
    due: int
    posts: int
    skipped: int
    edits: int
    papers: int
    repeated_posts: int
    repeated_papers: int
    missed_posts: int
    missed_papers: int

    def __str__(self) -> str:
        """Return the row as a line of the table."""
        told = (self.due, self.posts, self.skipped, self.edits, f"{self.papers:,}")
        faults = (self.repeated_posts, self.repeated_papers, self.missed_posts, self.missed_papers)
        return f"| {self.name} | {' | '.join(map(str, told + faults))} |"


HEADER = (
    "| digest | days | posts | silent | edits | papers told | posts repeated | papers repeated | posts missed |"
    " papers missed |\n|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass
class Month:
    """The world that outlives the bot's processes, and what was counted."""

    folder: Path
    days: int
    chance: random.Random
    clock: FakeClock = field(default_factory=lambda: FakeClock(START))
    kills: int = 0
    arrived: dict[str, datetime] = field(default_factory=dict)
    waiting: list[tuple[datetime, Paper]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outlet = FakeOutlet(self.clock)
        self.end = START + timedelta(days=self.days)
        for number in range(self.days):
            self.waiting += self._papers_of(START.date() + timedelta(days=number), number)
        self.waiting.sort(key=lambda one: one[0])

    def _papers_of(self, day: date, number: int) -> list[tuple[datetime, Paper]]:
        """Return a day's papers and when they come: most of them early, some hours late."""
        if day.weekday() >= 5:
            return []
        listed = datetime.combine(day, datetime.min.time(), UTC) + _LISTED_AT
        back = START + timedelta(days=_FEED_DOWN[-1] + 1)
        came = []
        for index in range(_PAPERS[number % len(_PAPERS)]):
            late = timedelta(minutes=30 * self.chance.randint(0, 40)) if self.chance.random() < 0.15 else timedelta()
            moment = max(listed + late, back) if number in _FEED_DOWN else listed + late
            title = f"Paper {number}-{index} on {self.chance.choice(['kettles', 'pots', 'pans', 'lids'])}"
            came.append((moment, Paper(title=title, abstract=f"{title}. It boils.", origin="bench", listed=day)))
        return came

    async def feed(self, app: App) -> None:
        """Store the papers that have come by now."""
        now = self.clock.now
        come = [paper for moment, paper in self.waiting if moment <= now]
        self.waiting = [(moment, paper) for moment, paper in self.waiting if moment > now]
        if come:
            await app.papers.upsert(come, now=now.timestamp())
            self.arrived |= {paper.title: now for paper in come}


class Kill:
    """The end of a process at a random call of any of its parts."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.came = asyncio.Event()

    def wrap(self, _name: str, part: Any) -> Any:
        """Return what stands in for a part."""
        return _Mortal(part, self)

    async def may_come(self) -> None:
        """Go on, or never."""
        if self.came.is_set() or self._chance.randrange(_KILLED_ONCE_IN) == 0:
            self.came.set()
            await asyncio.Event().wait()


class _Mortal:
    def __init__(self, part: Any, kill: Kill) -> None:
        self._part, self._kill = part, kill

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._part, name)
        if not asyncio.iscoroutinefunction(method):
            return method

        async def mortal(*args: Any, **more: Any) -> Any:
            await self._kill.may_come()
            done = await method(*args, **more)
            await self._kill.may_come()
            return done

        return mortal


async def simulate(folder: Path, *, days: int = 42, seed: int = 7) -> tuple[Month, list[Row]]:
    """Live through the days; return the world as it is then, and a row for each digest."""
    month = Month(folder, days, random.Random(seed))
    await prepare(folder, month.clock, *digests())
    while month.clock.now < month.end:
        await _process(month)
    async with open_app(make_settings(folder), clock=month.clock) as app:
        return month, [
            _row(definition, month, await app.ledger.latest(definition.key, limit=days + 9))
            for definition in await app.digest_definitions.all()
        ]


async def _process(month: Month) -> None:
    """Run one process until it is killed or the days are over."""
    kill = Kill(month.chance)
    async with running(month.folder, month.clock, month.outlet, window=_WINDOW, wrap=kill.wrap) as process:
        while month.clock.now < month.end and not kill.came.is_set():
            now = month.clock.now
            month.outlet.down = now.weekday() == 2 and now.hour in _DISCORD_DOWN_HOURS
            await month.feed(process.app)
            await process.rounds.look()
            coming = asyncio.create_task(kill.came.wait())
            await asyncio.wait([coming, asyncio.create_task(process.rounds.finish())], return_when="FIRST_COMPLETED")
            coming.cancel()
            month.clock.now = _next_step(now)
        if kill.came.is_set():
            month.kills += 1
            await process.rounds.stop()
            month.clock.now += month.chance.randint(0, _LONGEST_DOWNTIME) * _STEP
            # Papers are imported by another process meanwhile.
            await month.feed(process.app)


def _next_step(now: datetime) -> datetime:
    past = (now - START) % _STEP
    return now - past + _STEP


def _row(definition: DigestDefinition, month: Month, entries: Sequence[LedgerEntry]) -> Row:
    posts = month.outlet.of(definition.key)
    posted_on = Counter(post.day for post in posts)
    told = Counter(key for post in posts for key in post.digest.matched)
    begin = min((entry.since for entry in entries if entry.state == "posted"), default=0.0)
    end = max((entry.until for entry in entries if entry.state == "posted"), default=0.0)
    came = [title for title, moment in month.arrived.items() if begin < moment.timestamp() <= end]
    total = sum(post.digest.total for post in posts)
    done = {entry.day for entry in entries if entry.state in ("posted", "skipped")}
    first = START.astimezone(definition.time_zone).date()
    due = _due(definition, first, month.end)
    return Row(
        name=f"{definition.name}, {definition.period}",
        due=len(due),
        posts=len(posts),
        skipped=sum(entry.state == "skipped" for entry in entries),
        edits=sum(post.edits for post in posts),
        papers=total,
        repeated_posts=sum(posted_on.values()) - len(posted_on),
        repeated_papers=sum(told.values()) - len(told),
        missed_posts=len(due - done),
        missed_papers=max(0, len(came) - total),
    )


def _due(definition: DigestDefinition, first: date, end: datetime) -> set[date]:
    """Return the days on which it had to be posted, told by the calendar alone."""
    found = set()
    day = first
    while (slot := datetime.combine(day, definition.at, definition.time_zone).astimezone(UTC)) < end - _STEP:
        if slot >= START and definition.posts_on(day):
            found.add(day)
        day += timedelta(days=1)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.month", description=__doc__)
    parser.add_argument("--days", type=int, default=42, help="days to live through (%(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="of papers and kills (%(default)s)")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        month, rows = asyncio.run(simulate(Path(folder), days=options.days, seed=options.seed))
    print(HEADER, *rows, sep="\n")
    print(
        f"\n{options.days} days from {START:%d %B %Y}, {len(month.arrived):,} papers, {month.kills} kills,"
        f" in {time.perf_counter() - began:.0f} s."
    )


if __name__ == "__main__":
    main()
