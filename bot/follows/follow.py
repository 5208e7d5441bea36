"""What a subscription is, and where it is told."""

from dataclasses import dataclass
from enum import StrEnum

_USER, _CHANNEL = "user:", "channel:"


class FollowKind(StrEnum):
    """What is followed."""

    TOPIC = "topic"
    AUTHOR = "author"
    ORGANISATION = "organisation"
    PAPER = "paper"


class Pace(StrEnum):
    """How soon it is told: as it happens, or all of a day at once."""

    SOON = "soon"
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """One thing that is followed.

    `value` is what it is compared by: folded words, or a paper's key; `label` what people see. `hour` is that of a
    daily one in the operator's time zone, None for DIGEST_TIME. `created_at` is Unix time.
    """

    id: int
    destination: str
    kind: FollowKind
    value: str
    label: str
    pace: Pace
    hour: int | None
    created_at: float


def private(user: str) -> str:
    """Return the destination of a member's own subscriptions: direct messages."""
    return f"{_USER}{user}"


def in_channel(channel_id: int) -> str:
    """Return the destination of a channel's subscriptions."""
    return f"{_CHANNEL}{channel_id}"


def user_of(destination: str) -> int | None:
    """Return whose direct messages a destination is, or None for a channel."""
    return int(destination.removeprefix(_USER)) if destination.startswith(_USER) else None


def spoken(destination: str) -> str:
    """Return a destination for the log, which names no members."""
    channel = channel_of(destination)
    return "a member" if channel is None else f"channel {channel}"


def channel_of(destination: str) -> int | None:
    """Return the channel that a destination is, or None for direct messages."""
    return int(destination.removeprefix(_CHANNEL)) if destination.startswith(_CHANNEL) else None
