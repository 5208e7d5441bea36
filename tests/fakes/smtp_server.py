"""A mail server on the loopback interface: TLS, logins, refusals, and connections that break."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "paperbot", "open sesame"


@dataclass(frozen=True)
class Authority:
    """Who signed the server's certificate."""

    ca: trustme.CA = field(default_factory=trustme.CA)

    def server(self, *names: str) -> ssl.SSLContext:
        """Return a server's side with a certificate for these names."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.ca.issue_cert(*names).configure_cert(context)
        return context

    def trusted(self) -> ssl.SSLContext:
        """Return a client's side that trusts it."""
        context = ssl.create_default_context()
        self.ca.configure_trust(context)
        return context


AUTHORITY = Authority()


@dataclass
class FakeMail:
    """What the server took, and how it is to behave."""

    port: int = 0
    boxes: list[tuple[str, EmailMessage]] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    """The addresses for which a mail was handed over, taken or not."""
    rcpt: dict[str, str] = field(default_factory=dict)
    """Answers other than yes, by address."""
    data: dict[str, str] = field(default_factory=dict)
    """As above once the mail was handed over; "drop" breaks the connection, "hang" never answers, and with "taken"
    before these the mail is taken all the same."""
    logins: list[bool] = field(default_factory=list)
    connections: int = 0

    def to(self, address: str) -> list[EmailMessage]:
        """Return the mails that an address got."""
        return [message for box, message in self.boxes if box == address]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.rcpt.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        self.attempts.append(address)
        answer = self.data.get(address, "250 OK")
        if answer.startswith(("250", "taken")):
            self.boxes.append((address, message_from_bytes(envelope.content, policy=policy.default)))
        if answer.endswith("drop"):
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        elif answer.endswith("hang"):
            await asyncio.sleep(3600)
        return answer

    def login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """Decide about a login."""
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        self.logins.append(right)
        return AuthResult(success=right, handled=not right) if right else AuthResult(success=False, handled=False)


@asynccontextmanager
async def mail_server(
    *, name: str = "127.0.0.1", tls: str = "starttls", auth: bool = False, authority: Authority = AUTHORITY
) -> AsyncIterator[FakeMail]:
    """Run a server with a certificate for `name`; `tls` as in MAIL_TLS."""
    mail = FakeMail()
    context = authority.server(name)

    def protocol() -> SMTP:
        mail.connections += 1
        return SMTP(
            mail,
            hostname="mail.example",
            tls_context=context if tls == "starttls" else None,
            require_starttls=tls == "starttls",
            auth_required=auth,
            auth_require_tls=tls == "starttls",
            authenticator=mail.login if auth else None,
            loop=asyncio.get_running_loop(),
        )

    ssl_context = context if tls == "tls" else None
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=ssl_context)
    mail.port = server.sockets[0].getsockname()[1]
    try:
        yield mail
    finally:
        server.close()
        for task in asyncio.all_tasks():
            if "_handle_client" in repr(task.get_coro()):
                task.cancel()
        await asyncio.sleep(0)
