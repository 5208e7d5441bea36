"""The mail with the code that shows that an address is its reader's."""

import secrets
from datetime import datetime
from email.message import EmailMessage

from bot.assistant.mailing.optin import CODE_LIFE
from bot.config import MailSettings
from bot.frontends.mail.message import make_message, message_id
from bot.frontends.mail.page import page, text
from bot.translation import current_locale, gettext


def code_mail(code: str, *, to: str, settings: MailSettings, now: datetime) -> EmailMessage:
    """Return it. Nothing that a user wrote stands in it: it can't be made to carry anybody's message."""
    minutes = round(CODE_LIFE.total_seconds() / 60)
    subject = gettext("Your code for paperbot: {code}").format(code=code)
    lines = [
        gettext("Give it in Discord within {minutes} minutes: /email confirm {code}").format(
            minutes=minutes, code=code
        ),
        gettext("Then a summary of new papers comes to this address once a day, until you use /email stop."),
        gettext("Was it not you? Then do nothing: no more mail comes."),
    ]
    body = f'<h1>{text(subject)}</h1>\n<p class="code">{text(code)}</p>\n'
    return make_message(
        settings,
        to=to,
        subject=subject,
        now=now,
        message_id=message_id(settings, "code", secrets.token_hex(16)),
        text="\n\n".join([subject, *lines]) + "\n",
        html=page(subject, body + "\n".join(f"<p>{text(line)}</p>" for line in lines), language=current_locale()),
    )
