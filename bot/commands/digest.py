"""`paperbot digest`: the daily summary before it is posted."""

import asyncio
from datetime import timedelta

import click

from bot.assistant.digests.delivery import FIRST_SPAN
from bot.commands import options
from bot.commands.opening import opened
from bot.frontends.console.digests import render_digest
from bot.frontends.console.screen import make_console


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be posted, and post nothing.")
@options.sample
def digest(dry_run: bool, sample: bool) -> None:
    """Show the daily summary as it would be posted now.

    It tells of the papers that came since the last summary in the first channel of DIGEST_CHANNEL_IDS, or, when there
    was none, in the last seven days. Posting is done by `paperbot run`.
    """
    if not dry_run:
        raise click.UsageError("Summaries are posted by `paperbot run`. Add --dry-run to see what it would post.")

    async def body() -> None:
        console = make_console()
        async with opened(sample=sample) as app:
            now = app.clock()
            first = now - FIRST_SPAN - timedelta(seconds=1)
            channels = app.settings.digest.channel_ids[:1]
            since = max([await app.ledger.posted_until(channel) or 0.0 for channel in channels], default=0.0)
            today = now.astimezone(app.settings.digest.zone).date()
            written = await app.digests.write(today, after=since or first.timestamp(), until=now.timestamp())
        console.print(render_digest(written))

    asyncio.run(body())
