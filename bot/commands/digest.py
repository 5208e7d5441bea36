"""`paperbot digest`: a digest before it is posted."""

import asyncio
from dataclasses import replace

import click

from bot.app import App
from bot.assistant.digests.definitions import SETTINGS_NAME
from bot.assistant.digests.spans import first_span
from bot.commands import options
from bot.commands.opening import opened
from bot.frontends.console.digests import render_digest
from bot.frontends.console.screen import make_console
from bot.store.digests import DigestDefinition


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be posted, and post nothing.")
@click.option("--name", help="The digest of a server that has this name; else the first of DIGEST_CHANNEL_IDS.")
@options.sample
def digest(dry_run: bool, name: str | None, sample: bool) -> None:
    """Show a digest as it would be posted now.

    It tells of the papers that came since the last one, or, when there was none, in the last seven days. Posting is
    done by `paperbot run`.
    """
    if not dry_run:
        raise click.UsageError("Digests are posted by `paperbot run`. Add --dry-run to see what it would post.")

    async def body() -> None:
        console = make_console()
        async with opened(sample=sample) as app:
            definition = await _definition(app, name)
            now = app.clock()
            since = await app.ledger.posted_until(definition.key, now=now.timestamp())
            after = (now - first_span(definition)).timestamp() if since is None else since
            today = now.astimezone(definition.time_zone).date()
            written = await app.digests.write(
                definition,
                today,
                after=after,
                until=now.timestamp(),
            )
        console.print(render_digest(replace(written, silent=False)))

    asyncio.run(body())


async def _definition(app: App, name: str | None) -> DigestDefinition:
    known = await app.digest_definitions.all()
    if name is not None:
        found = next((one for one in known if one.name.casefold() == name.strip().casefold()), None)
        if found is None:
            names = ", ".join(one.name for one in known) or "none"
            raise click.UsageError(f"No digest is called {name!r}. There are: {names}.")
        return found
    if known:
        return known[0]
    settings = app.settings.digest
    return DigestDefinition(
        key="",
        guild=None,
        channel=0,
        name=SETTINGS_NAME,
        at=settings.time,
        zone=settings.time_zone,
        length=settings.papers,
    )
