"""Who asks: what budgets are counted for and conversations belong to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asker:
    """A user and, where there is one, the guild in which they ask; ids as a front end gives them.

    None stands for nobody in particular: such calls count for the whole day's limit alone.
    """

    user: str | None = None
    guild: str | None = None


NOBODY = Asker()
"""The bot itself: evaluations, digests."""
