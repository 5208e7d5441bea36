"""What is asked of a feed, and what comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

Value = TypeVar("Value")

MEGABYTE = 1_000_000


class UndecodableError(Exception):
    """A body is not what was asked for. Its text says why, to stand within another sentence."""


Decoder = Callable[[bytes], Value]
"""Turns a whole body into a value, in a thread. Raises UndecodableError, upon which the request is made again."""


@dataclass(frozen=True, slots=True)
class Gate:
    """All requests through the gate of one name begin at least `gap_s` seconds apart, one at a time."""

    name: str
    gap_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRequest:
    """A GET request.

    `feed` names the feed in sentences. Statuses in `expected` are handed back instead of raised. A `conditional`
    request sends the validators that were kept for this address, and may come back unchanged. `within_s` bounds all
    of it: waits, retries and body.
    """

    feed: str
    url: str
    accept: str
    params: Mapping[str, str] = field(default_factory=dict)
    gate: Gate | None = None
    limit_bytes: int = 4 * MEGABYTE
    expected: frozenset[int] = frozenset()
    conditional: bool = False
    within_s: float | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether its answer changed (RFC 9110, section 8.8).

    `note` is what the feed wants to know of that answer when it is unchanged, such as how many records it had.
    """

    etag: str | None = None
    last_modified: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched(Generic[Value]):
    """An answer. `value` is None when it is unchanged (304) or of an expected status; `body` is then what came.

    `validators` are those that came with a new answer, or those kept of an unchanged one.
    """

    status: int
    address: str
    value: Value | None
    body: bytes = b""
    validators: Validators | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing changed since the kept validators."""
        return self.status == 304


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
