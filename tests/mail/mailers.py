"""Mailers and mails for tests."""

from typing import Any

from bot.config import MailSettings
from bot.mail.smtp import Mailer
from tests.fakes.smtp_server import AUTHORITY, FakeMail

FROM = "paperbot@example.org"


def mail_settings(server: FakeMail, **changes: Any) -> dict[str, Any]:
    """Return the settings' group for a server."""
    return {"host": "127.0.0.1", "port": server.port, "from": FROM, "timeout_seconds": 5, **changes}


def mailer(server: FakeMail, **changes: Any) -> Mailer:
    """Return a mailer that trusts the test's authority."""
    settings = MailSettings.model_validate(mail_settings(server, **changes))
    return Mailer(settings, tls=AUTHORITY.trusted())
