"""Weeks of digests in seconds: `python -m bench.month` prints what was posted, repeated and missed.

All is real but the clock, which is set, and Discord, which is in memory: papers come over HTTP from a loopback server
of Daily Papers (bench/month_feed.py), are polled into a store and told by digests. Two servers with three digests
each live through changes of the clocks on three continents, days with 0 to 72 papers, papers that come late, three
days on which the feed is of no use, two hours without Discord every week, and processes that are killed at random
steps and come back up to three hours later.
"""

import argparse
import asyncio
import logging
import random
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.month_feed import MonthOfLists
from bench.month_report import DigestRow, Report, day_rows, digest_row
from bot.app import App, open_app
from bot.jobs import feed_jobs
from bot.store.database import open_database
from bot.store.digests import DigestDefinition
from bot.store.feeds import FeedRunStore, Outcome
from tests.apps import make_settings
from tests.clocks import FakeClock
from tests.digests.examples import make_definition
from tests.digests.running import prepare, running
from tests.fakes.outlet import FakeOutlet

START = datetime(2024, 3, 5, tzinfo=UTC)
"""Before the clocks change in America (10 March), Europe (31 March) and New Zealand (7 April)."""

_STEP = timedelta(hours=3)
_POLL_MINUTES = 350  # so that it is polled at every other step, although a process starts some seconds late
_WINDOW = timedelta(hours=12)  # as DIGEST_CATCH_UP_HOURS by default
_DISCORD_DOWN_HOURS = range(6, 9)  # of Wednesdays
_KILLED_ONCE_IN = 150
_LONGEST_DOWNTIME_H = 3

_AT = {"Berlin": "08:00", "New York": "02:30", "Auckland": "23:30", "noon": "12:00", "Tokyo": "09:00", "month": "07:00"}


def digests() -> list[DigestDefinition]:
    """Return the digests of both servers."""

    def one(name: str, zone: str, guild: str, channel: int, **more: Any) -> DigestDefinition:
        at = datetime.strptime(_AT[name], "%H:%M").replace(tzinfo=UTC).time()
        return make_definition(name=name, zone=zone, guild=guild, channel=channel, at=at, length=15, **more)

    return [
        one("Berlin", "Europe/Berlin", "1", 11, thread=True),
        one("New York", "America/New_York", "1", 12),
        one("Tokyo", "Asia/Tokyo", "1", 13, period="weekly"),
        one("Auckland", "Pacific/Auckland", "2", 21, thread=True),
        one("noon", "UTC", "2", 21, weekdays=(0, 1, 2, 3, 4), when_empty="silent"),
        one("month", "UTC", "2", 22, period="monthly"),
    ]


@dataclass
class Month:
    """The world that outlives the bot's processes, and what was seen in it. `states` are those of the feed, by day."""

    folder: Path
    days: int
    feed: MonthOfLists
    rng: random.Random
    clock: FakeClock = field(default_factory=lambda: FakeClock(START))
    kills: int = 0
    states: dict[date, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.outlet = FakeOutlet(self.clock)
        self.end = START + timedelta(days=self.days)

    @property
    def settings(self) -> dict[str, dict[str, Any]]:
        """The settings of the feed."""
        return {
            "feeds": {
                "enabled": ["daily-papers"],
                "daily_papers_url": self.feed.url,
                "poll_minutes": _POLL_MINUTES,
            }
        }

    async def poll(self, app: App) -> None:
        """Read the feed, if it is time to, and note how it stands then."""
        self.feed.turn(self.clock.now)
        for job in feed_jobs(app.feeds):
            await job.run_once()
        [state] = await app.feeds.freshness()
        seen = self.states.setdefault(self.clock.now.date(), [])
        if state.freshness not in seen:
            seen.append(state.freshness)


class Kill:
    """The end of a process at a random call of any of its parts."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.came = asyncio.Event()

    def wrap(self, _name: str, part: Any) -> Any:
        """Return what stands in for a part."""
        return _Mortal(part, self)

    async def may_come(self) -> None:
        """Go on, or never."""
        if self.came.is_set() or self._rng.randrange(_KILLED_ONCE_IN) == 0:
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


async def simulate(folder: Path, *, days: int = 42, seed: int = 7) -> Report:
    """Live through the days, and return what became of each digest and of each day."""
    rng = random.Random(seed)
    async with MonthOfLists(first=START.date(), days=days, rng=rng) as feed:
        month = Month(folder, days, feed, rng)
        await prepare(folder, month.clock, *digests())
        while month.clock.now < month.end:
            await _process(month)
        async with open_database(folder / "store.db") as database:
            runs = await FeedRunStore(database=database).recent("daily-papers", limit=99 * days)
        async with open_app(make_settings(folder), clock=month.clock) as app:
            stored = await app.papers.all()
            rows = [await _digest_row(definition, month, app) for definition in await app.digest_definitions.all()]
    return Report(
        digests=rows,
        days=day_rows(feed, runs, month.outlet.posts, month.states),
        stored={paper.title: paper for paper in stored},
        listed=feed.papers,
        read_at=max(run.started_at for run in runs if run.outcome is Outcome.DONE),
        posts=month.outlet.posts,
        troubled=feed.troubled,
        kills=month.kills,
    )


async def _process(month: Month) -> None:
    """Run one process until it is killed or the days are over."""
    kill = Kill(month.rng)
    opened = running(month.folder, month.clock, month.outlet, catch_up_window=_WINDOW, wrap=kill.wrap, **month.settings)
    async with opened as process:
        while month.clock.now < month.end and not kill.came.is_set():
            now = month.clock.now
            month.outlet.down = now.weekday() == 2 and now.hour in _DISCORD_DOWN_HOURS
            await month.poll(process.app)
            await process.rounds.run_due()
            coming = asyncio.create_task(kill.came.wait())
            await asyncio.wait([coming, asyncio.create_task(process.rounds.finish())], return_when="FIRST_COMPLETED")
            coming.cancel()
            month.clock.now = _next_step(now)
        if kill.came.is_set():
            month.kills += 1
            await process.rounds.stop()
            month.clock.move(hours=month.rng.randint(0, _LONGEST_DOWNTIME_H))


def _next_step(now: datetime) -> datetime:
    past = (now - START) % _STEP
    return now - past + _STEP


async def _digest_row(definition: DigestDefinition, month: Month, app: App) -> DigestRow:
    entries = await app.digest_ledger.latest(definition.key, limit=month.days + 9)
    posted = [entry for entry in entries if entry.state == "posted"]
    after = min((entry.since for entry in posted), default=0.0)
    until = max((entry.until for entry in posted), default=0.0)
    return digest_row(
        definition,
        month.outlet.of(definition.key),
        entries=entries,
        came=len(await app.papers.arrived(after=after, until=until)),
        due=_due(definition, month.end),
    )


def _due(definition: DigestDefinition, end: datetime) -> set[date]:
    """Return the days on which it had to be posted, told by the calendar alone."""
    found = set()
    day = START.astimezone(definition.time_zone).date()
    while (slot := datetime.combine(day, definition.at, definition.time_zone).astimezone(UTC)) < end - _STEP:
        if slot >= START and definition.posts_on(day):
            found.add(day)
        day += timedelta(days=1)
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.month", description=__doc__)
    parser.add_argument("--days", type=int, default=42, help="days to live through (%(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="of papers and kills (%(default)s)")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(simulate(Path(folder), days=options.days, seed=options.seed))
    print(report)
    print(f"\n{options.days} days from {START:%d %B %Y} in {time.perf_counter() - began:.0f} s.")


if __name__ == "__main__":
    main()
