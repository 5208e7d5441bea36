"""The circuit breaker: a host that keeps failing is left alone for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FAILURES = 3
"""So many requests in a row, each with its retries, open the breaker."""

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(slots=True)
class _Host:
    failures: int = 0
    until: datetime | None = None


class Breaker:
    """Counts failures by host. After a pause one request is let through: it closes the breaker or doubles the pause."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    def paused_until(self, host: str, now: datetime) -> datetime | None:
        """Return the end of the host's pause; None when it can be asked."""
        until = self._hosts.setdefault(host, _Host()).until
        # A clock that was set back must not keep a host out for days.
        return until if until is not None and now < until <= now + LONGEST_PAUSE else None

    def succeeded(self, host: str) -> None:
        """Note that the host answered."""
        self._hosts[host] = _Host()

    def failed(self, host: str, now: datetime, *, asked_wait_s: float | None = None) -> None:
        """Note a failure; a host that asked for a long wait is left alone for that long, an hour at the most."""
        state = self._hosts.setdefault(host, _Host())
        state.failures += 1
        if asked_wait_s is not None:
            state.until = now + min(timedelta(seconds=asked_wait_s), LONGEST_PAUSE)
        elif state.failures >= FAILURES:
            state.until = now + min(FIRST_PAUSE * 2 ** min(state.failures - FAILURES, 10), LONGEST_PAUSE)
