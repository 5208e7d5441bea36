"""A bounded memory of values that are good for some time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ExpiringCache(Generic[K, V]):
    """Holds at most `size` values, each for `lifetime`; the one that was not used for longest goes first."""

    def __init__(self, *, size: int, lifetime: timedelta, clock: Callable[[], datetime]) -> None:
        self._size = size
        self._lifetime = lifetime
        self._clock = clock
        self._entries: OrderedDict[K, tuple[datetime, V]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """Return a value that is still good, or None."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        put, value = entry
        if self._clock() - put >= self._lifetime:
            del self._entries[key]
            return None
        self._entries.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        """Keep a value from now on."""
        self._entries[key] = self._clock(), value
        self._entries.move_to_end(key)
        while len(self._entries) > self._size:
            self._entries.popitem(last=False)
