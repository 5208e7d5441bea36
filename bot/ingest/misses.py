"""What was looked for in vain, so that the same is not asked of the feeds again and again."""

from collections.abc import Callable
from datetime import datetime, timedelta

UNKNOWN_FOR = timedelta(minutes=10)
FAILED_FOR = timedelta(minutes=1)
"""What no place knows, or for which they failed, is not looked for again within these times."""

_KEPT = 500


class Misses:
    """The last misses, in memory."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._at: dict[str, tuple[datetime, timedelta]] = {}

    def lately(self, name: str) -> bool:
        """Whether `name` was looked for in vain a short time ago."""
        if name not in self._at:
            return False
        at, time = self._at[name]
        return abs(self._clock() - at) < time

    def note(self, name: str, *, failed: bool) -> None:
        """Note a miss; `failed` when a place didn't answer."""
        self._at.pop(name, None)
        self._at[name] = (self._clock(), FAILED_FOR if failed else UNKNOWN_FOR)
        while len(self._at) > _KEPT:
            del self._at[next(iter(self._at))]
