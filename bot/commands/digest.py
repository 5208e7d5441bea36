"""`paperbot digest`: a digest before it is posted, and the daily summary by mail."""

import asyncio
from dataclasses import replace

import click

from bot.app import App
from bot.commands import options
from bot.commands.opening import opened
from bot.digests.schedule import first_span
from bot.errors.services import MailError, MailNotSetUp
from bot.frontends.console.digests import mail_lines, render_digest
from bot.frontends.console.screen import make_console
from bot.mail.message import digest_mail
from bot.store.digests import DigestDefinition

_NO_SUCH_TOKEN = 66


async def mail_digest(app: App, *, dry_run: bool, resend_unsure: bool) -> int:
    """Mail today's summary, or print the mail as it would be sent; return the exit code. Raises MailNotSetUp."""
    settings = app.settings.mail
    if not settings.configured:
        raise MailNotSetUp
    day = app.clock().astimezone(app.settings.digest.zone).date()
    if dry_run:
        written = await app.mail_delivery.preview(day)
        message = digest_mail(written, to="you@example.org", token="TOKEN", settings=settings, now=app.clock())  # noqa: S106 - stands for one
        for name, value in message.items():
            click.echo(f"{name}: {value}")
        text = message.get_body(("plain",))
        assert text is not None, "every mail has one"
        click.echo(f"\n{text.get_content()}", nl=False)
        if not await app.mail_delivery.wanted(written):
            click.echo("This would not be sent: no papers have come since the last mail.", err=True)
        return 0
    report = await app.mail_delivery.deliver(day, resend_unsure=resend_unsure)
    for line in mail_lines(report):
        click.echo(line)
    return MailError.exit_code if report.failed or report.unsure else 0


async def unsubscribe(app: App, token: str) -> int:
    """Delete the address that a token stands for, say whether there was one, and return the exit code."""
    # As it stands in the subject of a mail that asks for it.
    found = await app.mail_opt_in.unsubscribe(token.strip().removeprefix("unsubscribe").strip())
    click.echo("The address is deleted." if found else "No address has this token. It may be deleted already.")
    return 0 if found else _NO_SUCH_TOKEN


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be posted or mailed, and send nothing.")
@click.option("--name", help="The digest of a server that has this name; else the first of DIGEST_CHANNEL_IDS.")
@click.option("--email", is_flag=True, help="Mail today's summary to all who confirmed their address, once each.")
@click.option("--resend-unsure", is_flag=True, help="With --email: also where it isn't known whether a mail arrived.")
@click.option("--unsubscribe", "token", metavar="TOKEN", help="End the mails of who asked for it with this token.")
@options.sample
def digest(dry_run: bool, name: str | None, email: bool, resend_unsure: bool, token: str | None, sample: bool) -> int:
    """Show a digest as it would be posted now, or mail the daily summary.

    A digest tells of the papers that came since the last one, or, when there was none, in the last seven days. Posting
    is done by `paperbot run`.

    Each subscriber gets at most one mail a day, whether this command or `paperbot run` sends it. A mail of which nobody
    knows whether the server took it is not sent again by itself.

    Exit codes: 0 done, 66 there is no such token, 69 a mail was not sent or is unsure, 74 the store failed, 78 mail is
    not set up.
    """
    if token is not None and (dry_run or email or name is not None):
        raise click.UsageError("--unsubscribe deletes an address at once and goes with no other option.")
    if not (dry_run or email or token is not None):
        raise click.UsageError(
            "Digests are posted by `paperbot run`. Add --dry-run to see what it would post, or --email to mail it."
        )
    if resend_unsure and not email:
        raise click.UsageError("--resend-unsure goes with --email.")
    if email and name:
        raise click.UsageError("--name picks a digest of a server; what is mailed is the one of the settings.")

    async def body() -> int:
        async with opened(sample=sample) as app:
            if token is not None:
                return await unsubscribe(app, token)
            if email:
                return await mail_digest(app, dry_run=dry_run, resend_unsure=resend_unsure)
            await _show(app, name)
            return 0

    return asyncio.run(body())


async def _show(app: App, name: str | None) -> None:
    definition = await _definition(app, name)
    now = app.clock()
    since = await app.ledger.posted_until(definition.key, now=now.timestamp())
    after = (now - first_span(definition)).timestamp() if since is None else since
    today = now.astimezone(definition.time_zone).date()
    written = await app.digests.write(definition, today, after=after, until=now.timestamp())
    make_console().print(render_digest(replace(written, silent=False)))


async def _definition(app: App, name: str | None) -> DigestDefinition:
    known = await app.digest_definitions.all()
    if name is not None:
        found = next((one for one in known if one.name.casefold() == name.strip().casefold()), None)
        if found is None:
            names = ", ".join(dict.fromkeys(one.name for one in known))
            there = f"There are: {names}." if names else "None is set up: `/digest add` in Discord does it."
            raise click.UsageError(f"No digest is called {name!r}. {there}")
        return found
    return known[0] if known else app.digest_definitions.default
