"""Taking digests to subscribers over the mail server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from bot.assistant.digests.digest import Digest
from bot.frontends.mail.digests import digest_mail
from bot.frontends.mail.smtp import Mailer, MailSession
from bot.store.mail import Subscriber


class DigestPostman:
    """Sends over one session."""

    def __init__(self, session: MailSession, *, mailer: Mailer, clock: Callable[[], datetime]) -> None:
        self._session = session
        self._settings = mailer.settings
        self._clock = clock

    async def send(self, digest: Digest, subscriber: Subscriber, *, address: str) -> None:
        """Send a day's mail. Raises MailError's kinds as MailSession.send does."""
        message = digest_mail(digest, to=address, token=subscriber.token, settings=self._settings, now=self._clock())
        await self._session.send(message, address)


@asynccontextmanager
async def postman(mailer: Mailer, *, clock: Callable[[], datetime]) -> AsyncIterator[DigestPostman]:
    """Lend a postman with a session of its own. Raises MailNotSetUp."""
    async with mailer.session() as session:
        yield DigestPostman(session, mailer=mailer, clock=clock)
