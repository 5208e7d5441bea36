"""When to try again after a failure, and what the running process remembers of one digest between two runs of it."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=20), timedelta(minutes=15)
"""Between attempts while Discord or the network fails."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=1)
"""Between attempts while the channel is gone or closed and nothing is known to have changed."""

LATE_EVERY = timedelta(minutes=30)
"""Between edits of a post by late papers."""


@dataclass(slots=True)
class Backoff:
    """Exponential backoff: each failure doubles the wait, half of which is chance, so that retries spread in time."""

    failures: int = 0
    not_before: datetime | None = None

    def rests(self, now: datetime) -> bool:
        """Return whether the next attempt is to wait."""
        # When the clock was set back, what seems longer than any wait is over.
        return self.not_before is not None and now < self.not_before <= now + LONGEST_PAUSE

    def note_failure(self, now: datetime, first: timedelta, longest: timedelta, rng: random.Random) -> timedelta:
        """Note a failure, and return how long to wait: from `first` up to `longest`."""
        wait: timedelta = min(first * 2 ** min(self.failures, 10), longest) * (0.5 + rng.random() / 2)
        self.failures += 1
        self.not_before = now + wait
        return wait


@dataclass(slots=True)
class DigestAttempts:
    """One digest's state. All of it can be lost: the ledger has what matters.

    `checked_until` is up to when its slots were checked, `done` the day whose post was confirmed, `tried` the one whose
    post failed so far, and `to_settle` says that this one's time is over. `trouble` is the code of what keeps the
    digest from being posted, `seen_closed` that it can be seen without asking Discord, and `reopened` that it has just
    been seen to be over.
    """

    checked_until: datetime | None = None
    done: date | None = None
    tried: date | None = None
    to_settle: bool = False
    late_at: datetime | None = None
    backoff: Backoff = field(default_factory=Backoff)
    trouble: str | None = None
    seen_closed: bool = False
    reopened: bool = False

    def nothing_to_post(self, day: date | None) -> bool:
        """Return whether the day that is due, if any, has its post, and none before it is to be settled."""
        return not self.to_settle and (day is None or day == self.done)

    def late_papers_due(self, now: datetime) -> bool:
        """Return whether it is time to look for late papers."""
        # Likewise after the clock was set back: what lies further ahead than one interval is over.
        return self.late_at is None or not now < self.late_at <= now + LATE_EVERY

    def note_success(self, day: date, now: datetime) -> None:
        """Note that the day's post is there."""
        self.done, self.tried, self.late_at = day, None, now + LATE_EVERY
        self.backoff, self.trouble, self.seen_closed = Backoff(), None, False
