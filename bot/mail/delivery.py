"""Mailing a day's summary, at most once to each subscriber.

SMTP has no nonce: when the connection breaks after a mail was handed over, nobody knows whether it was taken. So a
row is written before; what is not known to have failed is not sent again by itself, but reported as unsure, to be sent
again on purpose.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.digests.digest import Digest
from bot.digests.wording import feed_troubles
from bot.digests.writer import DigestWriter
from bot.errors.services import MailDown, MailError, MailRefused, MailUnsure
from bot.ingest.feeds import Feeds
from bot.mail.message import digest_mail
from bot.mail.opt_in import MOST_REFUSALS
from bot.mail.smtp import Mailer, MailSession
from bot.store.digests import DigestDefinition
from bot.store.mail import MailLedger, MailStore, Subscriber

log = logging.getLogger(__name__)

FIRST_SPAN = timedelta(days=7)
"""The first mail of all has papers that arrived up to so long before it."""

UNSURE_AFTER = timedelta(minutes=10)
"""A mail that has been under way for longer is reported as unsure; before, another process may be at it."""


@dataclass(slots=True)
class MailReport:
    """How many subscribers there are, and what became of their mails.

    `before` were sent earlier; `failed` may be tried again at once, `failure` says why; `unsure` may have arrived;
    `refused` are refused for good, `under_way` is another process's. `empty`: there was nothing to send.
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
        writer: DigestWriter,
        definition: DigestDefinition,
        feeds: Feeds,
        mailer: Mailer,
        clock: Callable[[], datetime],
    ) -> None:
        self._mail = mail
        self._ledger = ledger
        self._writer = writer
        self._definition = definition
        self._feeds = feeds
        self._mailer = mailer
        self._clock = clock
        self._turn = asyncio.Lock()

    async def preview(self, day: date) -> Digest:
        """Return the digest as it would be mailed now, or, after that, as it was; nothing is noted."""
        if span := await self._ledger.find_day(day):
            return await self._writer.write(self._definition, day, after=span.since, until=span.until)
        now = self._clock()
        since = await self._ledger.last_until() or (now - FIRST_SPAN).timestamp()
        return await self._writer.write(self._definition, day, after=since, until=now.timestamp())

    async def should_mail(self, digest: Digest) -> bool:
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
        digest = await self._writer.write(self._definition, day, after=span.since, until=span.until)
        if not await self.should_mail(digest):
            report.empty = True
            return report
        before = unsure_before if resend_unsure else None
        async with self._mailer.session() as session:
            for number, one in enumerate(todo):
                failure = await self._send(session, digest, one, report, unsure_before=before)
                if isinstance(failure, MailDown):  # it would be the same with the others
                    report.failed += len(todo) - number - 1
                    break
        return report

    async def _send(
        self, session: MailSession, digest: Digest, one: Subscriber, report: MailReport, *, unsure_before: float | None
    ) -> MailError | None:
        day = digest.day
        address = await self._ledger.claim(one.token, day, now=self._now(), unsure_before=unsure_before)
        if address is None:
            report.under_way += 1
            return None
        try:
            settings = self._mailer.settings
            message = digest_mail(digest, to=address, token=one.token, settings=settings, now=self._clock())
            await session.send(message, address)
        except MailUnsure as error:
            log.warning("an email for %s may or may not have been sent: %s", day, error.facts.get("reason"))
            report.unsure += 1
            report.failure = error
            return error
        except MailRefused as error:
            await self._ledger.settle(one.token, day, sent=False, now=self._now())
            log.warning("an email for %s was permanently rejected: %s", day, error.facts.get("reason"))
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
