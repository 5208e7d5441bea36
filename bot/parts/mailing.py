"""The daily summary by mail."""

from dataclasses import dataclass

from bot.assistant.digests.feeds import FeedStates
from bot.assistant.mailing.delivery import MailDelivery, Writing
from bot.assistant.mailing.optin import OptIn
from bot.clock import Clock
from bot.config import Settings
from bot.frontends.mail.postman import postman
from bot.frontends.mail.smtp import Mailer
from bot.store.database import Database
from bot.store.mail import MailStore
from bot.store.mail_ledger import MailLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The daily summary by mail."""

    opt_in: OptIn
    delivery: MailDelivery
    mailer: Mailer


def make_mail(settings: Settings, *, database: Database, write: Writing, feeds: FeedStates, clock: Clock) -> Mail:
    """Put it together; `write` writes what is mailed."""
    mailer, mail = Mailer(settings.mail), MailStore(database=database)
    delivery = MailDelivery(
        mail=mail,
        ledger=MailLedger(database=database),
        write=write,
        feeds=feeds,
        postmen=lambda: postman(mailer, clock=clock),
        clock=clock,
    )
    return Mail(opt_in=OptIn(mail=mail, clock=clock), delivery=delivery, mailer=mailer)
