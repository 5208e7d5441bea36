"""What the client must remember between requests, also over processes."""

from typing import Protocol

from bot.sources.fetching.request import Validators


class FetchMemory(Protocol):
    """Kept by the store, so that all processes on it are polite together."""

    async def reserve(self, gate: str, *, gap_s: float, now: float) -> float:
        """Take the next start through a gate; return how many seconds lie before it. `now` is Unix time."""

    async def validators(self, address: str) -> Validators | None:
        """Return what was kept of the last stored answer of an address."""

    async def keep_validators(self, address: str, validators: Validators, *, now: float) -> None:
        """Keep what a server gave with an answer that is stored by now."""


class ProcessMemory:
    """A FetchMemory of this process alone."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}
        self._validators: dict[str, Validators] = {}

    async def reserve(self, gate: str, *, gap_s: float, now: float) -> float:
        """Take the next start through a gate; return how many seconds lie before it."""
        start = next_start(self._next.get(gate), gap_s=gap_s, now=now)
        self._next[gate] = start
        return start - now

    async def validators(self, address: str) -> Validators | None:
        """Return what was kept of an address."""
        return self._validators.get(address)

    async def keep_validators(self, address: str, validators: Validators, *, now: float) -> None:  # noqa: ARG002
        """Keep what a server gave."""
        self._validators[address] = validators


LONGEST_QUEUE = 100
"""How many starts can be taken ahead. A later one comes from a clock that was set back, and doesn't count."""


def next_start(last: float | None, *, gap_s: float, now: float) -> float:
    """Return when the next request may begin after one at `last`, in Unix time."""
    if last is None or last > now + LONGEST_QUEUE * gap_s:
        return now
    return max(now, last + gap_s)
