"""Posting a digest exactly once: the ledger before, the nonce with, the confirmation after."""

import hashlib
import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.assistant.digests.digest import Digest
from bot.assistant.digests.writer import DigestWriter
from bot.store.digests import SETTINGS_PREFIX, DigestDefinition
from bot.store.ledger import DigestLedger

log = logging.getLogger(__name__)

FIRST_SPAN = timedelta(days=7)
"""A channel's first digest tells of papers that arrived so long before it."""


class Outlet(Protocol):
    """Where digests are posted."""

    async def post(self, channel_id: int, digest: Digest, *, nonce: str) -> int:
        """Post and return the message's id. The same nonce within minutes gives the first message again."""

    async def find(self, channel_id: int, day: date, *, since: datetime) -> int | None:
        """Return the id of the message with this day's digest, posted since then, or None."""


class DigestDelivery:
    """Takes one day's digest to one channel, however often it is called and wherever it was killed before."""

    def __init__(
        self, *, ledger: DigestLedger, writer: DigestWriter, outlet: Outlet, clock: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._writer = writer
        self._outlet = outlet
        self._clock = clock

    async def deliver(self, channel_id: int, day: date) -> None:
        """Post the day's digest unless that was done. What the outlet raises leaves the row pending, to try again."""
        entry = await self._ledger.find(channel_id, day)
        if entry is not None and entry.state != "pending":
            return
        if entry is not None:
            # An earlier attempt, perhaps of a killed process, may have posted without coming to note it.
            posted = await self._outlet.find(channel_id, day, since=self._moment(entry.until))
            if posted is not None:
                await self._ledger.confirm(entry, message_id=posted, now=self._now())
                log.info("the digest of %s in channel %s had been posted already", day, channel_id)
                return
        now = self._now()
        entry = entry or await self._ledger.open(channel_id, day, first_since=now - FIRST_SPAN.total_seconds(), now=now)
        digest = await self._writer.write(_plain(channel_id), day, after=entry.since, until=entry.until)
        message_id = await self._outlet.post(channel_id, digest, nonce=nonce(channel_id, day))
        await self._ledger.confirm(entry, message_id=message_id, now=self._now())
        log.info("posted the digest of %s in channel %s: %d papers", day, channel_id, digest.total)

    def _now(self) -> float:
        return self._clock().timestamp()

    def _moment(self, timestamp: float) -> datetime:
        return datetime.fromtimestamp(timestamp, self._clock().tzinfo)


def nonce(channel_id: int, day: date) -> str:
    """Return the nonce of a digest: 24 characters (Discord takes 25), the same for each attempt."""
    return hashlib.sha256(f"digest {channel_id} {day.isoformat()}".encode()).hexdigest()[:24]


def _plain(channel_id: int) -> DigestDefinition:
    return DigestDefinition(
        key=f"{SETTINGS_PREFIX}{channel_id}", guild=None, channel=channel_id, name="New papers", at=time(8)
    )
