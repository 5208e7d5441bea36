"""What is asked of a feed, and what comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

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
