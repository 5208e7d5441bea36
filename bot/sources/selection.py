"""Which papers of a large file are taken."""

from dataclasses import dataclass
from datetime import date

from bot.models import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Papers in one of these categories, first published on a day or later; an archive takes all of its categories."""

    categories: tuple[str, ...] = ()
    since: date | None = None

    def may_take(self, line: bytes) -> bool:
        """Whether a line of JSON can hold such a paper: told without reading it, which takes twenty times as long."""
        return not self.categories or any(name.encode() in line for name in self.categories)

    def takes(self, paper: Paper) -> bool:
        """Whether this paper is one."""
        if self.since and (paper.published is None or paper.published < self.since):
            return False
        return not self.categories or any(
            own == name or own.startswith(f"{name}.") for own in paper.categories for name in self.categories
        )
