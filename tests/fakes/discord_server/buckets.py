"""Discord's rate limit of edits: so many within some seconds in one channel; what is over is refused with 429."""

import asyncio
from collections import defaultdict, deque

from aiohttp import web

from .rest import reply


class Bucket:
    """Counts edits by channel. It lets everything through until it is given a limit. Refused edits don't count."""

    def __init__(self) -> None:
        """Start without a limit."""
        self.refused = 0
        self._most = 0
        self._seconds = 0.0
        self._taken: defaultdict[int, deque[float]] = defaultdict(deque)

    def limit(self, most: int, seconds: float) -> None:
        """Allow `most` edits within any `seconds` of a channel from now on."""
        self._most, self._seconds = most, seconds

    def refusal(self, channel_id: int) -> web.Response | None:
        """Return the answer to an edit that is one too many, or None and count it."""
        if not self._most:
            return None
        now, taken = asyncio.get_running_loop().time(), self._taken[channel_id]
        while taken and now - taken[0] >= self._seconds:
            taken.popleft()
        if len(taken) < self._most:
            taken.append(now)
            return None
        self.refused += 1
        wait = round(taken[0] + self._seconds - now, 3)
        body = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
        # Without Via discord.py takes a 429 for a ban by Cloudflare and gives up.
        return reply(body, 429, {"Via": "1.1 google", "Retry-After": str(wait)})
