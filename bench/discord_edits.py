"""How far apart edits are, and how many of them Discord would have refused."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import pairwise

WINDOW_S = 5.0
EDITS_IN_WINDOW = 5
"""About what Discord allows for one interaction, and for all messages of one channel together; see
`bot/frontends/discord/streaming.py`."""

Edit = tuple[float, int]
"""When, in seconds, and which message."""


def gaps(edits: Iterable[Edit]) -> list[float]:
    """Return the seconds between each two successive edits of the same message."""
    times: defaultdict[int, list[float]] = defaultdict(list)
    for when, message_id in edits:
        times[message_id].append(when)
    return [later - earlier for moments in times.values() for earlier, later in pairwise(moments)]


def refused(moments: Sequence[float]) -> int:
    """Return how many edits on one route are more than EDITS_IN_WINDOW within WINDOW_S. The refused don't count."""
    taken: deque[float] = deque()
    count = 0
    for moment in sorted(moments):
        while taken and moment - taken[0] >= WINDOW_S:
            taken.popleft()
        if len(taken) < EDITS_IN_WINDOW:
            taken.append(moment)
        else:
            count += 1
    return count
