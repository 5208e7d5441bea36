"""Discord's rate limit of edits: so many within some seconds in one channel, or for one interaction."""

import asyncio
import time
from collections import defaultdict, deque

from aiohttp import web

from .rest import reply

MOST, SECONDS = 5, 5.0
"""About what Discord allows: its headers tell, its documentation does not."""


class Bucket:
    """Counts edits by their route's channel or token, and refuses (429) what is over. Refused edits don't count."""

    def __init__(self) -> None:
        """Start with Discord's own limit."""
        self.refused = 0
        self.most, self.seconds = MOST, SECONDS
        self._taken: defaultdict[str, deque[float]] = defaultdict(deque)

    def take(self, key: str) -> web.Response | None:
        """Count an edit, or return the answer to one that is too many."""
        now, taken = asyncio.get_running_loop().time(), self._taken[key]
        while taken and now - taken[0] >= self.seconds:
            taken.popleft()
        if len(taken) < self.most:
            taken.append(now)
            return None
        self.refused += 1
        wait = round(taken[0] + self.seconds - now, 3)
        body = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
        # Without Via discord.py takes a 429 for a ban by Cloudflare and gives up.
        return reply(body, 429, {"Via": "1.1 google", **self.headers(key)})

    def headers(self, key: str) -> dict[str, str]:
        """Return what Discord tells along with the answer to an edit, by which clients hold back in time."""
        taken = self._taken[key]
        wait = taken[0] + self.seconds - asyncio.get_running_loop().time()
        return {
            "X-RateLimit-Limit": str(self.most),
            "X-RateLimit-Remaining": str(self.most - len(taken)),
            "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": "edits",
        }
