"""How fresh a feed is: a pure function of its runs, the time and its calendar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.i18n.translation import Phrase, phrase
from bot.sources.feed import FeedCalendar
from bot.store.feeds import FeedRun, Outcome

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A list or an announcement that the calendar promises: its date in the feed's zone, and when it is due."""

    day: date
    at: datetime


def last_announcement(calendar: FeedCalendar, now: datetime) -> Announcement:
    """Return the last announcement that was due by `now`."""
    return next(one for one in _announcements(calendar, now, step=-_DAY) if one.at <= now)


def announcement_before(calendar: FeedCalendar, announcement: Announcement) -> Announcement:
    """Return the announcement before this one."""
    return last_announcement(calendar, announcement.at - timedelta(seconds=1))


def next_announcement(calendar: FeedCalendar, now: datetime) -> Announcement:
    """Return the first announcement that is due after `now`."""
    return next(one for one in _announcements(calendar, now, step=_DAY) if one.at > now)


def _announcements(calendar: FeedCalendar, now: datetime, *, step: timedelta) -> Iterator[Announcement]:
    """Yield the calendar's announcements from the date of `now` on, day by day, without end."""
    day = now.astimezone(calendar.zone).date()
    while True:
        if day.weekday() in calendar.weekdays:
            yield Announcement(day, datetime.combine(day, calendar.hour, calendar.zone))
        day += step


POLLS_MISSED = 3
"""A feed that missed so many polls is stale, however fresh it was at the last one."""


class Freshness(StrEnum):
    """FRESH: the newest list that is due is here. NOT_OUT_YET: it is due, and no later than it may be.

    WEEKEND: none is due. STALE: it is overdue, or the feed wasn't read for long, or never. DOWN: it can't be read at
    the moment.
    """

    FRESH = "fresh"
    NOT_OUT_YET = "not out yet"
    WEEKEND = "weekend"
    STALE = "stale"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """How fresh one feed is, with a sentence for members and operators.

    `newest` is the day of the newest list or announcement that is here, `read_at` when the feed was last read to its
    end; None where there is none.
    """

    feed: str
    title: str
    freshness: Freshness
    sentence: Phrase
    newest: date | None
    read_at: datetime | None

    @property
    def reliable(self) -> bool:
        """Whether a day without papers is a quiet day, and not a feed that is silent."""
        return self.freshness in {Freshness.FRESH, Freshness.WEEKEND}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHistory:
    """What the store knows of a feed: its last runs, newest first, the last that is done, and its newest date."""

    runs: Sequence[FeedRun]
    last_done: FeedRun | None
    newest: date | None


def feed_state(
    feed: str, title: str, calendar: FeedCalendar, history: FeedHistory, *, now: datetime, poll: timedelta
) -> FeedState:
    """Return how fresh a feed is at `now`; `poll` is the time between two polls."""
    read_at = history.last_done.ended_at if history.last_done else None
    run = next((run for run in history.runs if run.outcome in {Outcome.DONE, Outcome.FAILED}), None)
    if run is not None and run.outcome is Outcome.FAILED:
        freshness, sentence = (
            Freshness.DOWN,
            phrase(
                "{feed} couldn't be read on {when}: {reason}.",
                feed=title,
                when=run.started_at,
                reason=_reason(run.reason or ""),
            ),
        )
    elif read_at is None:
        freshness, sentence = Freshness.STALE, phrase("{feed} hasn't been read yet.", feed=title)
    elif now - read_at > max(POLLS_MISSED * poll, timedelta(hours=2)):
        freshness, sentence = (
            Freshness.STALE,
            phrase("{feed} was last read on {when}; anything newer is missing here.", feed=title, when=read_at),
        )
    else:
        freshness, sentence = _by_calendar(title, calendar, history.newest, now)
    return FeedState(
        feed=feed, title=title, freshness=freshness, sentence=sentence, newest=history.newest, read_at=read_at
    )


def _reason(kept: str) -> Phrase:
    """Return why a run failed, of which the store has an error's `reason` in English and its detail."""
    reason, _, detail = kept.removesuffix(")").partition(" (")
    return phrase("{reason} ({detail})", reason=phrase(reason), detail=detail) if detail else phrase(kept)


def _by_calendar(title: str, calendar: FeedCalendar, newest: date | None, now: datetime) -> tuple[Freshness, Phrase]:
    due = last_announcement(calendar, now)
    if newest is not None and newest >= due.day:
        if now < due.at + timedelta(days=1):
            return Freshness.FRESH, phrase("{feed} is up to date ({day}).", feed=title, day=newest)
        return Freshness.WEEKEND, phrase(
            "{feed} has nothing new at weekends; the next papers are due on {due}.",
            feed=title,
            due=next_announcement(calendar, now).day,
        )
    known_before = newest is not None and newest >= announcement_before(calendar, due).day
    if now < due.at + calendar.late_after and (known_before or newest is None):
        return Freshness.NOT_OUT_YET, phrase(
            "{feed} hasn't published its papers for {day} yet.", feed=title, day=due.day
        )
    if newest is None:
        return Freshness.STALE, phrase("{feed} is reachable, but hasn't listed anything yet.", feed=title)
    return Freshness.STALE, phrase(
        "{feed} has listed nothing since {day}, although new papers are due; it may be a holiday or a fault there.",
        feed=title,
        day=newest,
    )
