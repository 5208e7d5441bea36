"""What `paperbot digest` does with mail."""

import click

from bot.app import App
from bot.errors import MailError, MailNotSetUp
from bot.frontends.console.mail import mail_lines
from bot.frontends.mail.digests import digest_mail

_NO_SUCH_TOKEN = 66


async def mail_digest(app: App, *, dry_run: bool, resend_unsure: bool) -> int:
    """Mail today's summary, or print the mail as it would be sent; return the exit code. Raises MailNotSetUp."""
    settings = app.settings.mail
    if not settings.configured:
        raise MailNotSetUp
    day = app.clock().astimezone(app.settings.digest.zone).date()
    if dry_run:
        written = await app.mail.delivery.preview(day)
        message = digest_mail(written, to="you@example.org", token="TOKEN", settings=settings, now=app.clock())  # noqa: S106 - stands for one
        for name, value in message.items():
            click.echo(f"{name}: {value}")
        text = message.get_body(("plain",))
        assert text is not None, "every mail has one"
        click.echo(f"\n{text.get_content()}", nl=False)
        if not await app.mail.delivery.wanted(written):
            click.echo("This would not be sent: no papers have come since the last mail.", err=True)
        return 0
    report = await app.mail.delivery.deliver(day, resend_unsure=resend_unsure)
    for line in mail_lines(report):
        click.echo(line)
    return MailError.exit_code if report.failed or report.unsure else 0


async def unsubscribe(app: App, token: str) -> int:
    """Delete the address that a token stands for, say whether there was one, and return the exit code."""
    # As it stands in the subject of a mail that asks for it.
    found = await app.mail.opt_in.unsubscribe(token.strip().removeprefix("unsubscribe").strip())
    click.echo("The address is deleted." if found else "No address has this token. It may be deleted already.")
    return 0 if found else _NO_SUCH_TOKEN
