"""Refusals of mentions, which everybody in the channel sees, are said seldom: no flood where people play with it."""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.assistant.expiring_cache import ExpiringCache
from bot.assistant.house.admission import Visit
from bot.errors import ChannelRefused, HouseRefusal

IN_A_CHANNEL = timedelta(hours=1)
"""How seldom a channel is told that questions go elsewhere."""

TO_A_USER = timedelta(minutes=1)
"""How seldom a user is told the same in a channel."""

_REMEMBERED = 10_000

_K = TypeVar("_K", bound=Hashable)


class SeldomSaid:
    """Remembers what was said where. It lives as long as the process."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._channels: ExpiringCache[str | None, bool] = ExpiringCache(
            size=_REMEMBERED, lifetime=IN_A_CHANNEL, clock=clock
        )
        self._users: ExpiringCache[tuple[str | None, str, type], bool] = ExpiringCache(
            size=_REMEMBERED, lifetime=TO_A_USER, clock=clock
        )

    def now(self, error: HouseRefusal, visit: Visit) -> bool:
        """Return whether a refusal is to be said now, and take it as said."""
        if isinstance(error, ChannelRefused):
            return self._first(self._channels, visit.channel)
        return self._first(self._users, (visit.channel, visit.user, type(error)))

    @staticmethod
    def _first(said: ExpiringCache[_K, bool], key: _K) -> bool:
        first = said.get(key) is None
        if first:
            said.put(key, True)
        return first
