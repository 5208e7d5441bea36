"""What every mail has: its headers, and the same content as plain text and as HTML."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import quote, urlencode

from bot.config import MailSettings
from bot.text import one_line

_NAME = "paperbot"

# Programs that look for List-Unsubscribe don't all put a folded header together again.
_POLICY = SMTP.clone(max_line_length=500)


def make_message(
    settings: MailSettings,
    *,
    to: str,
    subject: str,
    now: datetime,
    message_id: str,
    text: str,
    html: str,
    headers: Mapping[str, str] | None = None,
) -> EmailMessage:
    """Return a mail. Header values become one line each, so that none can begin another header."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender(settings)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = one_line(subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    # No answers of machines to a machine (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    for name, value in (headers or {}).items():
        message[name] = one_line(value)
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    return message


def sender(settings: MailSettings) -> Address:
    """Return who mails come from."""
    name, address = parseaddr(settings.sender or "")
    return Address(display_name=one_line(name) or _NAME, addr_spec=address)


def message_id(settings: MailSettings, *parts: str) -> str:
    """Return an id that is the same each time for the same parts, and gives none of them away."""
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    return f"<{digest}@{sender(settings).domain}>"


def unsubscribe_headers(settings: MailSettings, token: str) -> dict[str, str]:
    """Return the headers that let a mail program offer to unsubscribe (RFC 2369, RFC 8058)."""
    address = quote(sender(settings).addr_spec, safe="@")
    targets = [f"<mailto:{address}?{urlencode({'subject': f'unsubscribe {token}'}, quote_via=quote)}>"]
    if settings.unsubscribe_url is None:
        return {"List-Unsubscribe": targets[0]}
    return {
        "List-Unsubscribe": ", ".join([f"<{unsubscribe_link(settings.unsubscribe_url, token)}>", *targets]),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def unsubscribe_link(url: str, token: str) -> str:
    """Return the operator's page for one subscriber."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'token': token})}"
