"""`paperbot digest`: the daily summary before it is posted, and by mail."""

import asyncio
from datetime import timedelta

import click

from bot.app import App
from bot.assistant.digests.delivery import FIRST_SPAN
from bot.commands import options
from bot.commands.mailing import mail_digest, unsubscribe
from bot.commands.opening import opened
from bot.frontends.console.digests import render_digest
from bot.frontends.console.screen import make_console


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be posted or mailed, and send nothing.")
@click.option("--email", is_flag=True, help="Mail today's summary to all who confirmed their address, once each.")
@click.option("--resend-unsure", is_flag=True, help="With --email: also where it isn't known whether a mail arrived.")
@click.option("--unsubscribe", "token", metavar="TOKEN", help="End the mails of who asked for it with this token.")
@options.sample
def digest(dry_run: bool, email: bool, resend_unsure: bool, token: str | None, sample: bool) -> int:
    """Show the daily summary as it would be posted now, or mail it.

    It tells of the papers that came since the last summary in the first channel of DIGEST_CHANNEL_IDS, or, when there
    was none, in the last seven days. Posting is done by `paperbot run`.

    Each subscriber gets at most one mail a day, whether this command or `paperbot run` sends it. A mail of which nobody
    knows whether the server took it is not sent again by itself.

    Exit codes: 0 done, 66 there is no such token, 69 a mail was not sent or is unsure, 74 the store failed, 78 mail is
    not set up.
    """
    if not (dry_run or email or token):
        raise click.UsageError(
            "Summaries are posted by `paperbot run`. Add --dry-run to see what it would post, or --email to mail it."
        )
    if resend_unsure and not email:
        raise click.UsageError("--resend-unsure goes with --email.")

    async def body() -> int:
        async with opened(sample=sample) as app:
            if token:
                return await unsubscribe(app, token)
            if email:
                return await mail_digest(app, dry_run=dry_run, resend_unsure=resend_unsure)
            await _show(app)
            return 0

    return asyncio.run(body())


async def _show(app: App) -> None:
    now = app.clock()
    first = now - FIRST_SPAN - timedelta(seconds=1)
    channels = app.settings.digest.channel_ids[:1]
    since = max([await app.ledger.posted_until(channel) or 0.0 for channel in channels], default=0.0)
    today = now.astimezone(app.settings.digest.zone).date()
    written = await app.digests.write(today, after=since or first.timestamp(), until=now.timestamp())
    make_console().print(render_digest(written))
