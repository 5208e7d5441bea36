"""Following topics, authors, organisations and papers: what each destination follows, a user or a channel."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from bot.errors.requests import FollowFull, FollowVague
from bot.i18n.translation import phrase
from bot.models import Paper
from bot.search.query.filters import words
from bot.search.text.tokens import tokenize
from bot.store.follows import FollowRow, FollowStore, Pause
from bot.text import one_line, shorten
from bot.user_data import SUBSCRIPTION

FOLLOW_LIMIT = 25
"""How many things one destination follows: as many as a menu in Discord can take off again."""

LABEL_LIMIT = 100
"""The longest topic or name, in characters."""

_USER, _CHANNEL = "user:", "channel:"


class FollowKind(StrEnum):
    """What is followed."""

    TOPIC = "topic"
    AUTHOR = "author"
    ORGANISATION = "organisation"
    PAPER = "paper"


class Pace(StrEnum):
    """How soon a notification is sent: as it happens, or all of a day at once."""

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


def log_name(destination: str) -> str:
    """Return a destination for the log, which names no members."""
    channel = channel_of(destination)
    return "a member" if channel is None else f"channel {channel}"


def channel_of(destination: str) -> int | None:
    """Return the channel that a destination is, or None for direct messages."""
    return int(destination.removeprefix(_CHANNEL)) if destination.startswith(_CHANNEL) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a user wants to be notified: where, how soon, and, daily, at which hour (None: at DIGEST_TIME)."""

    destination: str
    pace: Pace = Pace.SOON
    hour: int | None = None


_KINDS = {
    FollowKind.TOPIC: phrase("a topic"),
    FollowKind.AUTHOR: phrase("an author"),
    FollowKind.ORGANISATION: phrase("an organisation"),
}
"""What is too vague, in the sentence that says so."""


class Follows:
    """Subscriptions by destination."""

    def __init__(self, *, follows: FollowStore, clock: Callable[[], datetime]) -> None:
        self._follows = follows
        self._clock = clock

    async def follow(self, kind: FollowKind, text: str, wish: Wish) -> bool:
        """Follow a topic, an author or an organisation; return whether it is new. One that is there gets the new wish.

        Raises FollowFull, and FollowVague for a text that nothing can be compared with.
        """
        label = shorten(one_line(text), LABEL_LIMIT)
        value = words(label).removeprefix("the ") if kind is FollowKind.ORGANISATION else one_line(label).casefold()
        if not (tokenize(value) if kind is FollowKind.TOPIC else words(value)):
            raise FollowVague(kind=_KINDS[kind])
        return await self._add(kind, value, label, wish)

    async def follow_paper(self, paper: Paper, wish: Wish) -> bool:
        """Follow what becomes of a paper, as `follow` does."""
        return await self._add(FollowKind.PAPER, paper.key, shorten(one_line(paper.title), LABEL_LIMIT), wish)

    async def of_destination(self, destination: str) -> list[Follow]:
        """Return what a destination follows, oldest first."""
        return [follow_of(row) for row in await self._follows.of_destination(destination)]

    async def remove(self, destination: str, number: int) -> bool:
        """Unfollow something, by its subscription's id; return whether it was followed."""
        return await self._follows.remove(destination, number)

    async def pause_of(self, destination: str) -> Pause | None:
        """Return why a destination is not written to, or None."""
        return await self._follows.pause_of(destination)

    async def resume(self, destination: str) -> bool:
        """Write to a destination again; return whether it was paused."""
        return await self._follows.resume(destination)

    async def mark_notified(self, destination: str) -> None:
        """Note that a destination's member knows of its pause."""
        await self._follows.mark_notified(destination)

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return what a user follows in private, as values of JSON."""
        return [
            {
                "what": SUBSCRIPTION,
                "kind": row.kind,
                "follows": row.label,
                "told": row.pace,
                "hour": row.hour,
                "since": datetime.fromtimestamp(row.created_at, UTC).isoformat(),
            }
            for row in await self._follows.of_destination(private(user))
        ]

    async def forget_user(self, user: str) -> int:
        """Delete what a user follows in private; return how many things. Of a channel's nobody's id is kept."""
        return await self._follows.forget(private(user))

    async def _add(self, kind: FollowKind, value: str, label: str, wish: Wish) -> bool:
        row = FollowRow(
            destination=wish.destination,
            kind=kind.value,
            value=value,
            label=label,
            pace=wish.pace.value,
            hour=wish.hour if wish.pace is Pace.DAILY else None,
            created_at=self._clock().timestamp(),
        )
        new = await self._follows.add(row, limit=FOLLOW_LIMIT)
        if new is None:
            raise FollowFull(limit=FOLLOW_LIMIT)
        return new


def follow_of(row: FollowRow) -> Follow:
    """Return a row of the store with its kind and pace as enumerations."""
    return Follow(**{**asdict(row), "kind": FollowKind(row.kind), "pace": Pace(row.pace)})
