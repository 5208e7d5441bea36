"""How the last call of a model went: whether it is reachable is told without calling it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import ModelError
from bot.translation import Phrase


@dataclass(frozen=True, slots=True)
class Outcome:
    """When a call ended, and why it failed if it did, in words that stand within another sentence."""

    at: datetime
    failure: Phrase | None


class ModelHealth:
    """The outcome of the last call that ended; None before the first one since the start."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.last: Outcome | None = None

    def note(self, failure: ModelError | None) -> None:
        """Remember how a call ended just now."""
        self.last = Outcome(self._clock(), failure.reason if failure else None)
