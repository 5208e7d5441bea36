"""Handing mails to a server, one after the other over one connection."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from email.message import EmailMessage
from email.utils import parseaddr

import aiosmtplib

from bot.config import MailSettings
from bot.errors.services import MailDown, MailError, MailLater, MailNotSetUp, MailRefused, MailUnsure
from bot.i18n.translation import phrase

_FOR_GOOD = 500


def mail_error(error: Exception, settings: MailSettings, *, handed_over: bool) -> MailError:
    """Return what an error means for a mail.

    An answer of the server leaves no doubt; without one, nobody knows about a mail that was `handed_over`.
    """
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _error_of_reply(error)
    late = phrase("no answer within {seconds:g} s", seconds=settings.timeout_seconds)
    if handed_over:
        broke = phrase("the connection broke while the mail was being handed over")
        return MailUnsure(reason=late if isinstance(error, TimeoutError) else broke)
    if isinstance(error, TimeoutError):
        return MailDown(reason=late)
    return _error_without_reply(error)


def _error_of_reply(error: aiosmtplib.SMTPResponseException) -> MailError:
    good = error.code >= _FOR_GOOD
    match error:
        case aiosmtplib.SMTPRecipientRefused() if good:
            return MailRefused(reason=phrase("it rejected the address (code {code})", code=error.code))
        case aiosmtplib.SMTPRecipientRefused():
            return MailLater(
                reason=phrase("it isn't accepting mail for the address at the moment (code {code})", code=error.code)
            )
        case aiosmtplib.SMTPDataError() if good:
            return MailRefused(reason=phrase("it rejected the mail's content (code {code})", code=error.code))
        case aiosmtplib.SMTPDataError():
            return MailLater(reason=phrase("it isn't accepting the mail at the moment (code {code})", code=error.code))
        case aiosmtplib.SMTPSenderRefused():
            return MailDown(reason=phrase("it rejected MAIL_FROM as the sender (code {code})", code=error.code))
        case aiosmtplib.SMTPAuthenticationError():
            return MailDown(reason=phrase("it rejected MAIL_USERNAME or MAIL_PASSWORD (code {code})", code=error.code))
        case _:
            return MailDown(reason=phrase("it responded with code {code}", code=error.code), again=not good)


def _error_without_reply(error: Exception) -> MailError:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        why = cause.verify_message.rstrip(".")  # some of OpenSSL's messages end with a full stop
        return MailDown(reason=phrase("its certificate isn't trusted for MAIL_HOST ({why})", why=why))
    if cause is not None:
        return MailDown(reason=phrase("no encrypted connection could be made; check MAIL_TLS and MAIL_PORT"))
    if isinstance(error, OSError):
        return MailDown(reason=phrase("it's unreachable, or closed the connection"), again=True)
    return MailDown(reason=phrase("it doesn't support what MAIL_TLS or MAIL_USERNAME requires"))


_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_STEPS = 4
"""Connecting takes several answers of the server, and so does a mail; a slow one may not take all the time for each."""

_CONNECTS = 3
_FIRST_WAIT_S = 0.5


class Mailer:
    """The mail server of the settings. Certificates are verified; `tls` stands in for the system's authorities."""

    def __init__(self, settings: MailSettings, *, tls: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._tls = tls

    @property
    def settings(self) -> MailSettings:
        """MAIL_*, by which mails are written and sent."""
        return self._settings

    @asynccontextmanager
    async def session(self) -> AsyncIterator["MailSession"]:
        """Lend a connection, opened with the first mail and closed at the end. Raises MailNotSetUp."""
        if not self._settings.configured:
            raise MailNotSetUp
        session = MailSession(self._settings, tls=self._tls)
        try:
            yield session
        finally:
            await session.close()

    async def send(self, message: EmailMessage, address: str) -> None:
        """Send one mail over a connection of its own. Raises MailError's kinds as MailSession.send does."""
        async with self.session() as session:
            await session.send(message, address)

    async def check(self) -> None:
        """Connect, greet and log in, and send nothing. Raises MailDown and MailNotSetUp."""
        async with self.session() as session:
            await session.connect()


class MailSession:
    """One connection, made again when it was lost."""

    def __init__(self, settings: MailSettings, *, tls: ssl.SSLContext | None) -> None:
        self._settings = settings
        self._tls = tls
        self._client: aiosmtplib.SMTP | None = None

    async def connect(self) -> aiosmtplib.SMTP:
        """Return the connection, opened unless it is open. Raises MailDown, after some attempts where they may help."""
        if self._client is not None and self._client.is_connected:
            return self._client
        for attempt in range(1, _CONNECTS + 1):
            try:
                return await self._connect()
            except MailDown as error:
                if attempt == _CONNECTS or not error.facts.get("again"):
                    raise
            await asyncio.sleep(_FIRST_WAIT_S * 2 ** (attempt - 1))
        raise AssertionError("the last attempt returns or raises")

    async def _connect(self) -> aiosmtplib.SMTP:
        settings = self._settings
        password = settings.password.get_secret_value() if settings.password else None
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port or _PORTS[settings.tls],
            username=settings.username,
            password=password if settings.username else None,
            # Not this machine's name, which is nobody's business and would be asked of the network first.
            local_hostname=parseaddr(settings.sender or "")[1].rpartition("@")[2],
            timeout=settings.timeout_seconds,
            use_tls=settings.tls == "tls",
            start_tls=settings.tls == "starttls",
            tls_context=self._tls,
        )
        async with _exchange(settings):
            await client.connect()
        self._client = client
        return client

    async def send(self, message: EmailMessage, address: str) -> None:
        """Send a mail to one address.

        Raises MailDown when the server can't be used, MailLater and MailRefused when it does not take this mail, and
        MailUnsure when the connection broke after the mail was handed over. No error names the address.
        """
        content = message.as_bytes()
        client = await self.connect()
        settings = self._settings
        try:
            async with _exchange(settings):
                await client.mail(parseaddr(settings.sender or "")[1])
                await client.rcpt(address)
            async with _exchange(settings, handed_over=True):
                await client.data(content)
        except BaseException as error:
            await self._recover(error)
            raise

    async def close(self) -> None:
        """End the connection with QUIT, if it is open."""
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await client.quit(timeout=min(5.0, self._settings.timeout_seconds))
            client.close()

    async def _recover(self, error: BaseException) -> None:
        """Make the connection fit for the next mail, or drop it."""
        if isinstance(error, MailRefused | MailLater) and self._client is not None:
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await self._client.rset()
                return
        if self._client is not None:
            self._client.close()
            self._client = None


@asynccontextmanager
async def _exchange(settings: MailSettings, *, handed_over: bool = False) -> AsyncIterator[None]:
    """Bound what is exchanged with the server in time, and raise what goes wrong as a MailError without an address."""
    try:
        async with asyncio.timeout(settings.timeout_seconds * _STEPS):
            yield
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        raise mail_error(error, settings, handed_over=handed_over) from None
