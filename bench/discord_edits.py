"""How far apart edits are."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

Edit = tuple[float, int]
"""When, in seconds, and which message."""


def gaps(edits: Iterable[Edit]) -> list[float]:
    """Return the seconds between each two successive edits of the same message."""
    times: defaultdict[int, list[float]] = defaultdict(list)
    for when, message_id in edits:
        times[message_id].append(when)
    return [later - earlier for moments in times.values() for earlier, later in pairwise(moments)]
