"""What the running process remembers of one digest between two looks at it."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

FIRST_WAIT = timedelta(seconds=20)
LONGEST_WAIT = timedelta(minutes=15)
"""Between attempts while Discord or the network fails."""

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)
"""Between attempts while the channel is gone or closed and nothing is known to have changed."""


LATE_EVERY = timedelta(minutes=30)
"""Between edits of a post by late papers."""


@dataclass(slots=True)
class DigestAttempts:
    """One digest's state. All of it can be lost: the ledger has what matters.

    `looked` is up to when its slots were looked at, `done` the day whose post stands, `tried` the one whose post
    failed so far, and `to_settle` tells that this one's time is over. `trouble` is the code of what keeps the digest
    from being posted, `seen_closed` that it can be seen without asking Discord.
    """

    looked: datetime | None = None
    done: date | None = None
    tried: date | None = None
    to_settle: bool = False
    late_at: datetime | None = None
    failures: int = 0
    not_before: datetime | None = None
    trouble: str | None = None
    seen_closed: bool = False

    def rests(self, now: datetime) -> bool:
        """Return whether the next attempt is to wait."""
        # When the clock was set back, what seems longer than any wait is over.
        return self.not_before is not None and now < self.not_before <= now + LONGEST_PAUSE

    def wants_late(self, now: datetime) -> bool:
        """Return whether it is time to look for late papers."""
        return self.late_at is None or not now < self.late_at <= now + LATE_EVERY

    def failed(self, day: date | None, now: datetime, chance: random.Random) -> timedelta:
        """Note a failure that may pass, and return how long to wait: twice as long each time, half of it by chance."""
        return self._wait(day, now, min(FIRST_WAIT * 2 ** min(self.failures, 10), LONGEST_WAIT), chance)

    def refused(self, day: date | None, now: datetime, chance: random.Random) -> timedelta:
        """Note a refusal, and return how long to wait unless something is seen to have changed."""
        return self._wait(day, now, min(FIRST_PAUSE * 2 ** min(self.failures, 10), LONGEST_PAUSE), chance)

    def worked(self, day: date, now: datetime) -> None:
        """Note that the day's post stands."""
        self.done, self.tried, self.late_at = day, None, now + LATE_EVERY
        self.failures, self.not_before, self.trouble, self.seen_closed = 0, None, None, False

    def _wait(self, day: date | None, now: datetime, longest: timedelta, chance: random.Random) -> timedelta:
        wait = longest * (0.5 + chance.random() / 2)
        self.failures += 1
        self.not_before = now + wait
        self.tried = day
        return wait
