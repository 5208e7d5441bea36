"""The daily summary by mail, at the time of the one that is posted."""

import logging
from datetime import date, datetime, timedelta

from discord.ext import commands, tasks

from bot.app import App
from bot.digests.schedule import due
from bot.mail.delivery import MailReport

log = logging.getLogger(__name__)

LOOK_S = 30.0

TRY_AGAIN = timedelta(minutes=15)
"""After a mail that was not taken: servers that don't know a sender yet make it wait for about so long."""


class MailingCog(commands.Cog):
    """Looks often whether mails are due. It needs no Discord, only the loop that runs as long as the bot."""

    def __init__(self, *, app: App) -> None:
        self._app = app
        self._done: date | None = None
        self._not_before: datetime | None = None

    async def cog_load(self) -> None:
        """Start looking, if mail is set up."""
        if self._app.settings.mail.configured:
            self._look.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self._look.cancel()

    @tasks.loop(seconds=LOOK_S)
    async def _look(self) -> None:
        try:
            await self._app.mail_opt_in.tidy()
            await self._mail_what_is_due()
        except Exception:
            log.exception("nothing was mailed; next try in %s", TRY_AGAIN)
            self._not_before = self._app.clock() + TRY_AGAIN

    async def _mail_what_is_due(self) -> None:
        now = self._app.clock()
        window = timedelta(hours=self._app.settings.digest.catch_up_hours)
        day = due(now, self._app.digest_definitions.default, window=window)
        if day is None or day == self._done or (self._not_before is not None and now < self._not_before):
            return
        report = await self._app.mail_delivery.deliver(day)
        _log(day, report)
        if report.failed or report.under_way:
            self._not_before = now + TRY_AGAIN
        else:
            self._done, self._not_before = day, None


def _log(day: date, report: MailReport) -> None:
    if report.failure is not None:
        log.warning("mails of %s: %s", day, report.failure)
    if report.sent or report.failed or report.unsure:
        log.info(
            "mails of %s: %d sent, %d to be tried again, %d unsure, %d refused",
            day,
            report.sent,
            report.failed,
            report.unsure,
            report.refused,
        )
