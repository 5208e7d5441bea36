"""The daily summary by mail."""

from dataclasses import dataclass

from bot.assistant.digests.feeds import FeedStates
from bot.assistant.mailing.delivery import MailDelivery, Writing
from bot.assistant.mailing.optin import OptIn
from bot.frontends.mail.postman import postman
from bot.frontends.mail.smtp import Mailer
from bot.parts.ground import Ground
from bot.store.mail import MailStore
from bot.store.mail_ledger import MailLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The daily summary by mail."""

    opt_in: OptIn
    delivery: MailDelivery
    mailer: Mailer


def make_mail(ground: Ground, *, write: Writing, feeds: FeedStates) -> Mail:
    """Put it together; `write` writes what is mailed."""
    mailer, mail = Mailer(ground.settings.mail), MailStore(database=ground.database)
    delivery = MailDelivery(
        mail=mail,
        ledger=MailLedger(database=ground.database),
        write=write,
        feeds=feeds,
        postmen=lambda: postman(mailer, clock=ground.clock),
        clock=ground.clock,
    )
    return Mail(opt_in=OptIn(mail=mail, clock=ground.clock), delivery=delivery, mailer=mailer)
