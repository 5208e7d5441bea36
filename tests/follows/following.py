"""Members who follow, and the messages that they get, without Discord."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.app import App
from bot.follows.follow import FollowKind, Pace, Wish
from bot.follows.notifications import Closed, Notification, NotificationDelivery, Reason
from bot.models import Paper
from tests.clocks import FakeClock
from tests.factories import make_paper

NOON = datetime(2024, 1, 6, 12, 0, tzinfo=UTC)
ADA, BOB = "user:1", "user:2"
NONCE_LIFE = timedelta(minutes=5)


class Inbox:
    """An outlet that remembers its messages, and nonces for some minutes, over the lives of processes."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.messages: list[tuple[str, datetime, Notification]] = []
        self.closed: dict[str, Reason] = {}
        self.failing: set[str] = set()
        self._nonces: dict[str, tuple[int, datetime]] = {}

    async def send(self, destination: str, notice: Notification, *, nonce: str) -> int:
        if destination in self.closed:
            raise Closed(self.closed[destination])
        if destination in self.failing:
            raise ConnectionError("Discord is down")
        now = self._clock()
        message_id, sent = self._nonces.get(nonce, (0, now - NONCE_LIFE))
        if now - sent < NONCE_LIFE:
            return message_id
        self.messages.append((destination, now, notice))
        self._nonces[nonce] = len(self.messages), now
        return len(self.messages)

    async def find(self, destination: str, marker: str, *, since: datetime) -> int | None:
        if destination in self.closed:
            raise Closed(self.closed[destination])
        for number, (to, at, notice) in enumerate(self.messages, start=1):
            if to == destination and notice.marker == marker and at >= since:
                return number
        return None

    def titles(self, destination: str = ADA) -> list[list[str]]:
        """Return the titles of each message."""
        return [[item.paper.title for item in notice.items] for to, _, notice in self.messages if to == destination]


def delivery(app: App, inbox: Inbox, **parts: Any) -> NotificationDelivery:
    """Return what one process would send by."""
    mine: dict[str, Any] = {
        "notices": app.notifications,
        "follows": app.follow_store,
        "papers": app.papers,
        "outlet": inbox,
        "clock": app.clock,
    }
    return NotificationDelivery(**{**mine, **parts})


async def follow(
    app: App,
    text: str,
    *,
    kind: FollowKind = FollowKind.TOPIC,
    destination: str = ADA,
    pace: Pace = Pace.SOON,
    hour: int | None = None,
) -> bool:
    """Follow something, as a command would."""
    return await app.follows.follow(kind, text, Wish(destination=destination, pace=pace, hour=hour))


async def arrive(app: App, *titles: str, first: int = 1, **facts: Any) -> Sequence[Paper]:
    """Store new papers with these titles."""
    known: dict[str, Any] = {"published": date(2024, 1, 5), "abstract": "Nothing more is told."}
    papers = [
        make_paper(**{"title": title, "arxiv_id": f"2402.{number:05}", **known, **facts})
        for number, title in enumerate(titles, start=first)
    ]
    await app.papers.upsert(papers, now=app.clock().timestamp())
    return papers


async def look(app: App, inbox: Inbox) -> None:
    """Do what the bot does some times a minute."""
    await app.follow_collector.collect()
    await delivery(app, inbox).deliver()
