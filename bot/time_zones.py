"""The names of the world's time zones, held in memory for completion."""

from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import available_timezones

_HIDDEN = ("Etc/", "SystemV/", "posix/", "right/", "US/")
_FIRST = ("UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Tokyo")


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Return all names that people pick from, in order. The first call looks through a folder: make it in a thread."""
    names = (name for name in available_timezones() if "/" in name and not name.startswith(_HIDDEN))
    return (*_FIRST, *sorted(set(names) - set(_FIRST)))


def matching_zones(typed: str, *, limit: int) -> Sequence[str]:
    """Return the zones for what was typed: those whose city or region begins with it, then those that hold it."""
    wanted = typed.strip().replace(" ", "_").casefold()
    names = zone_names()
    beginning = [name for name in names if any(part.casefold().startswith(wanted) for part in (name, *name.split("/")))]
    holding = [name for name in names if wanted in name.casefold()]
    return list(dict.fromkeys([*beginning, *holding]))[:limit]
