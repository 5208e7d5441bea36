"""Sending what was collected, each thing once: a row before the message, its nonce with it, a confirmation after."""

import asyncio
import logging
import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.digests.attempts import Backoff
from bot.errors import PaperbotError
from bot.follows.follow import FollowKind, log_name
from bot.models import Paper, slug
from bot.store.follows import FollowStore, MessageRow, NotificationStore, ToldRow
from bot.store.protocol import PaperStore

log = logging.getLogger(__name__)

MOST_PAPERS = 10
"""How many papers a message shows; the others are counted."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Why a notification is sent: what is followed, as its follower named it."""

    kind: FollowKind
    label: str


@dataclass(frozen=True, slots=True)
class NotificationItem:
    """An event of a paper. `kind` and `detail` are "new" and None, or those of a PaperChange."""

    paper: Paper
    kind: str
    detail: str | None
    because: tuple[Followed, ...]


@dataclass(frozen=True, slots=True)
class Notification:
    """A message's content; `more` are the papers that it has no room for, `marker` is how it is known again."""

    items: tuple[NotificationItem, ...]
    more: int
    marker: str


def marker(nonce: str) -> str:
    """Return the words by which a message is known again, at the end of its footer."""
    return f"notice {nonce}"


def notification_of(nonce: str, rows: Sequence[ToldRow], papers: Sequence[Paper]) -> Notification | None:
    """Return what a message says, each event once with all its reasons; None when no paper of it is there any more."""
    by_key = {key: paper for paper in papers for key in (slug(paper.title), paper.key)}
    events: dict[tuple[str, str, str | None], list[Followed]] = {}
    for row in rows:
        if row.key in by_key:
            events.setdefault((row.key, row.kind, row.detail), []).append(Followed(FollowKind(row.follows), row.label))
    items = [
        NotificationItem(by_key[key], kind, detail, tuple(because)) for (key, kind, detail), because in events.items()
    ]
    if not items:
        return None
    return Notification(tuple(items[:MOST_PAPERS]), len(items[MOST_PAPERS:]), marker(nonce))


QUIET_S = 60.0
"""The shortest time between two messages to one destination."""

KEPT = timedelta(days=30)
"""How long it is kept what a sent message contained."""

_AT_ONCE = 4
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)


class Reason(StrEnum):
    """Why a destination is not written to any more."""

    PRIVATE = "private"
    """The member takes no direct messages from the bot."""
    FORBIDDEN = "forbidden"
    """The bot may not see the channel or write in it."""
    GONE = "gone"
    """There is no such channel or member."""


class Closed(Exception):
    """A destination doesn't take messages, and won't by itself."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


class FollowOutlet(Protocol):
    """Where notifications are sent."""

    async def send(self, destination: str, notice: Notification, *, nonce: str) -> int:
        """Send and return the message's id. The same nonce within minutes gives the first message. Raises Closed."""

    async def find(self, destination: str, marker: str, *, since: datetime) -> int | None:
        """Return the id of the message with this marker, sent since then, or None. Raises Closed."""


class NotificationDelivery:
    """Sends what is due, however often it is called and wherever it was killed before."""

    def __init__(
        self,
        *,
        notices: NotificationStore,
        follows: FollowStore,
        papers: PaperStore,
        outlet: FollowOutlet,
        clock: Callable[[], datetime],
        may_send: Callable[[], bool] = lambda: True,
    ) -> None:
        """`may_send` is asked before each message: of several processes, one holds the lease and may."""
        self._notices = notices
        self._follows = follows
        self._papers = papers
        self._outlet = outlet
        self._clock = clock
        self._may_send = may_send
        # Messages that this process put together and hasn't tried to send: none of them can be out there.
        self._fresh: set[str] = set()
        self._rng = random.Random()  # noqa: S311  # spreads attempts in time
        self._backoffs: dict[str, Backoff] = {}

    async def deliver(self) -> None:
        """Send what is due. What fails is tried again by a later call; one destination's failure holds up no other."""
        if not self._may_send():
            return
        now = self._clock().timestamp()
        nonces = {destination: secrets.token_hex(8) for destination in await self._notices.due(now)}
        if nonces:
            self._fresh.update(nonces.values())
            await self._notices.bundle(nonces, now=now, quiet_s=QUIET_S)
        messages = await self._notices.sending()
        self._fresh &= {message.nonce for message in messages}
        turns = asyncio.Semaphore(_AT_ONCE)

        async def send(message: MessageRow) -> None:
            async with turns:
                await self._try(message)

        async with asyncio.TaskGroup() as group:
            for message in messages:
                if not self._backoffs.get(message.nonce, Backoff()).rests(self._clock()):
                    group.create_task(send(message))
        await self._notices.trim((self._clock() - KEPT).timestamp())

    async def _try(self, message: MessageRow) -> None:
        try:
            await self._send(message)
        except Closed as closed:
            log.info("stopped sending updates to %s: %s", log_name(message.destination), closed.reason)
            await self._follows.pause(message.destination, closed.reason)
        except Exception as error:
            backoff = self._backoffs.setdefault(message.nonce, Backoff())
            wait = backoff.note_failure(self._clock(), _FIRST_WAIT, _LONGEST_WAIT, self._rng)
            log.warning(
                "couldn't send an update to %s: %s. Next try in %s.",
                log_name(message.destination),
                error,
                timedelta(seconds=round(wait.total_seconds())),
                exc_info=None if isinstance(error, PaperbotError) else error,
            )
        else:
            self._backoffs.pop(message.nonce, None)

    async def _send(self, message: MessageRow) -> None:
        rows = await self._notices.told_by(message.nonce)
        keys = list(dict.fromkeys(row.key for row in rows))
        notice = notification_of(message.nonce, rows, await self._papers.wanted(keys=keys, slugs=keys))
        sent: int | None = None
        if notice is not None:
            # An earlier attempt, perhaps of a killed process, may have sent it without coming to note it.
            if message.nonce not in self._fresh:
                since = datetime.fromtimestamp(message.made_at, self._clock().tzinfo)
                sent = await self._outlet.find(message.destination, notice.marker, since=since)
            if sent is None:
                if not self._may_send():
                    return
                self._fresh.discard(message.nonce)
                sent = await self._outlet.send(message.destination, notice, nonce=message.nonce)
        await self._notices.confirm(message, message_id=sent, now=self._clock().timestamp())
