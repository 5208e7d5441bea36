"""Hard filters: papers outside them are never shown."""

from dataclasses import dataclass
from datetime import date

from bot.models import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The days of first publication that are wanted, both ends included; None leaves an end open."""

    after: date | None = None
    before: date | None = None

    def allow(self, paper: Paper) -> bool:
        """Whether a paper passes. One without a date passes only when no day is asked for."""
        if self.after is None and self.before is None:
            return True
        if paper.published is None:
            return False
        return (self.after is None or paper.published >= self.after) and (
            self.before is None or paper.published <= self.before
        )
