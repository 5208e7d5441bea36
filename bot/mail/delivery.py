"""Mailing a day's summary, at most once to each subscriber.

SMTP has no nonce: when the connection breaks after a mail was handed over, nobody can tell whether it was taken. So a
row is written before; what is not known to have failed is not sent again by itself, but told as unsure, to be sent
again on purpose.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bot.digests.digest import Digest
from bot.digests.empty_reason import FeedStates, feed_troubles
from bot.errors.services import MailDown, MailError, MailRefused, MailUnsure
from bot.mail.opt_in import MOST_REFUSALS
from bot.store.mail import MailLedger, MailStore, Subscriber

log = logging.getLogger(__name__)

FIRST_SPAN = timedelta(days=7)
"""The first mail of all tells of papers that arrived so long before it."""

UNSURE_AFTER = timedelta(minutes=10)
"""A mail that has been under way for longer is told as unsure; before, another process may be at it."""


class Postman(Protocol):
    """Takes one mail after the other to the server."""

    async def send(self, digest: Digest, subscriber: Subscriber, *, address: str) -> None:
        """Send. Raises MailDown, MailLater or MailRefused when the mail was not taken, MailUnsure when nobody knows."""


class Writing(Protocol):
    """Writes a day's digest of the papers that arrived in (after, until], Unix seconds."""

    def __call__(self, day: date, *, after: float, until: float) -> Coroutine[Any, Any, Digest]:
        """Return it."""


@dataclass(slots=True)
class MailReport:
    """How many subscribers there are, and what became of their mails.

    `before` were sent earlier; `failed` may be tried again at once, `failure` says why; `unsure` may have arrived;
    `refused` are refused for good, `under_way` is another process's. `empty` tells that there was nothing to send.
    """

    subscribers: int = 0
    sent: int = 0
    before: int = 0
    failed: int = 0
    unsure: int = 0
    refused: int = 0
    under_way: int = 0
    empty: bool = False
    failure: MailError | None = None


class MailDelivery:
    """Takes one day's digest to every subscriber, however often it is called and wherever it was killed before."""

    def __init__(
        self,
        *,
        mail: MailStore,
        ledger: MailLedger,
        write: Writing,
        feeds: FeedStates,
        postmen: Callable[[], AbstractAsyncContextManager[Postman]],
        clock: Callable[[], datetime],
    ) -> None:
        self._mail = mail
        self._ledger = ledger
        self._write = write
        self._feeds = feeds
        self._postmen = postmen
        self._clock = clock
        self._turn = asyncio.Lock()

    async def preview(self, day: date) -> Digest:
        """Return the digest as it would be mailed now, or, after that, as it was; nothing is noted."""
        if span := await self._ledger.noted(day):
            return await self._write(day, after=span.since, until=span.until)
        now = self._clock()
        since = await self._ledger.last_until() or (now - FIRST_SPAN).timestamp()
        return await self._write(day, after=since, until=now.timestamp())

    async def wanted(self, digest: Digest) -> bool:
        """Return whether a digest is mailed: not when it has no papers.

        It is though while a feed is stale or down, since no mail would look like a quiet day. Raises StoreError.
        """
        return bool(digest.total or feed_troubles(await self._feeds.freshness()))

    async def deliver(self, day: date, *, resend_unsure: bool = False) -> MailReport:
        """Send the day's digest to whom it was not sent yet; with `resend_unsure` also where nobody knows."""
        async with self._turn:
            return await self._deliver(day, resend_unsure=resend_unsure)

    async def _deliver(self, day: date, *, resend_unsure: bool) -> MailReport:
        subscribers = [one for one in await self._mail.subscribers() if one.refusals < MOST_REFUSALS]
        report = MailReport(subscribers=len(subscribers))
        now = self._clock()
        unsure_before = (now - UNSURE_AFTER).timestamp()
        states = await self._ledger.states(day, unsure_before=unsure_before)
        todo: list[Subscriber] = []
        for one in subscribers:
            state = states.get(one.token)
            if state is None or (state == "unsure" and resend_unsure):
                todo.append(one)
            else:
                _count(report, state)
        if not todo:
            return report
        span = await self._ledger.open(day, first_since=(now - FIRST_SPAN).timestamp(), now=now.timestamp())
        digest = await self._write(day, after=span.since, until=span.until)
        if not await self.wanted(digest):
            report.empty = True
            return report
        before = unsure_before if resend_unsure else None
        async with self._postmen() as postman:
            for number, one in enumerate(todo):
                failure = await self._send(postman, digest, one, report, unsure_before=before)
                if isinstance(failure, MailDown):  # it would be the same with the others
                    report.failed += len(todo) - number - 1
                    break
        return report

    async def _send(
        self, postman: Postman, digest: Digest, one: Subscriber, report: MailReport, *, unsure_before: float | None
    ) -> MailError | None:
        day = digest.day
        address = await self._ledger.claim(one.token, day, now=self._now(), unsure_before=unsure_before)
        if address is None:
            report.under_way += 1
            return None
        try:
            await postman.send(digest, one, address=address)
        except MailUnsure as error:
            log.warning("a mail of %s may or may not have been sent: %s", day, error.facts.get("reason"))
            report.unsure += 1
            report.failure = error
            return error
        except MailRefused as error:
            await self._ledger.settle(one.token, day, sent=False, now=self._now())
            log.warning("a mail of %s was refused for good: %s", day, error.facts.get("reason"))
            report.refused += 1
            return error
        except MailError as error:
            await self._ledger.release(one.token, day)
            report.failed += 1
            report.failure = error
            return error
        await self._ledger.settle(one.token, day, sent=True, now=self._now())
        report.sent += 1
        return None

    def _now(self) -> float:
        return self._clock().timestamp()


def _count(report: MailReport, state: str) -> None:
    match state:
        case "sent":
            report.before += 1
        case "refused":
            report.refused += 1
        case "unsure":
            report.unsure += 1
        case _:
            report.under_way += 1
