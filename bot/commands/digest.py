"""`paperbot digest`: a digest before it is posted, and the daily summary by mail."""

from collections.abc import Iterator
from dataclasses import replace

import click
from rich.console import Group, RenderableType
from rich.text import Text

from bot.answers.wording import count
from bot.app import App
from bot.commands import common
from bot.digests.digest import Digest
from bot.digests.schedule import first_span
from bot.digests.wording import (
    added_later,
    compared,
    digest_title,
    headline_text,
    item_facts,
    item_sentence,
    not_ours,
    share_shown,
)
from bot.errors.services import MailError, MailNotSetUp
from bot.frontends.console.papers import Entries, Entry
from bot.frontends.console.screen import Lines, make_console
from bot.i18n.translation import gettext
from bot.latex import readable
from bot.mail.delivery import MailReport
from bot.mail.message import digest_mail
from bot.models import Paper
from bot.store.digests import DigestDefinition

_NO_SUCH_TOKEN = 66
_SENTENCE_CHARS = 1_000
"""Whole sentences: a terminal has room."""


async def mail_digest(app: App, *, dry_run: bool, resend_unsure: bool) -> int:
    """Mail today's summary, or print the mail as it would be sent; return the exit code. Raises MailNotSetUp."""
    settings = app.settings.mail
    if not settings.configured:
        raise MailNotSetUp
    day = app.clock().astimezone(app.settings.digest.zone).date()
    if dry_run:
        written = await app.mail_delivery.preview(day)
        message = digest_mail(written, to="you@example.org", token="TOKEN", settings=settings, now=app.clock())  # noqa: S106 - a placeholder
        for name, value in message.items():
            click.echo(f"{name}: {value}")
        text = message.get_body(("plain",))
        assert text is not None, "every mail has one"
        click.echo(f"\n{text.get_content()}", nl=False)
        if not await app.mail_delivery.should_mail(written):
            click.echo("This wouldn't be sent: no papers have arrived since the last email.", err=True)
        return 0
    report = await app.mail_delivery.deliver(day, resend_unsure=resend_unsure)
    for line in mail_lines(report):
        click.echo(line)
    return MailError.exit_code if report.failed or report.unsure else 0


async def unsubscribe(app: App, token: str) -> int:
    """Delete the address that a token belongs to, print whether there was one, and return the exit code."""
    # As in the subject of a mail that asks for it.
    found = await app.mail_opt_in.unsubscribe(token.strip().removeprefix("unsubscribe").strip())
    click.echo(
        "The address was deleted."
        if found
        else ("No address has this token. Check it; the address may already have been deleted.")
    )
    return 0 if found else _NO_SUCH_TOKEN


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be posted or emailed, without sending it.")
@click.option("--name", help="Show the digest with this name. Default: the first one in DIGEST_CHANNEL_IDS.")
@click.option("--email", is_flag=True, help="Email today's summary to every confirmed address, once each.")
@click.option(
    "--resend-unsure", is_flag=True, help="With --email: send again where an email may or may not have arrived."
)
@click.option("--unsubscribe", "token", metavar="TOKEN", help="Unsubscribe the address that has this token.")
@common.sample
@common.asynchronous
async def digest(
    dry_run: bool, name: str | None, email: bool, resend_unsure: bool, token: str | None, sample: bool
) -> int:
    """Show a digest as it would be posted now, or email the daily summary.

    A digest covers the papers that arrived since the last one; the first one covers the last 7 days, or the last 31 if
    it is monthly. `paperbot run` posts digests.

    Each subscriber gets at most one email a day, from this command or from `paperbot run`. An email that may or may
    not have arrived is sent again only with --resend-unsure.

    \b
    Examples:
      paperbot digest --dry-run
      paperbot digest --dry-run --sample

    Exit codes: 0 done; 66 there's no such token; 69 an email wasn't sent, or may not have been; 74 the store failed;
    78 email isn't set up.
    """
    if token is not None and (dry_run or email or name is not None):
        raise click.UsageError(
            "--unsubscribe deletes an address immediately and can't be combined with other options. Use it on its own."
        )
    if not (dry_run or email or token is not None):
        raise click.UsageError(
            "Digests are posted by `paperbot run`. Add --dry-run to see what it would post, or --email to "
            "email the summary."
        )
    if resend_unsure and not email:
        raise click.UsageError("--resend-unsure only works with --email. Add --email, or drop --resend-unsure.")
    if email and name:
        raise click.UsageError(
            "--name can't be used with --email, which always sends the summary from the settings. Drop one of them."
        )

    async with common.opened(sample=sample) as app:
        if token is not None:
            return await unsubscribe(app, token)
        if email:
            return await mail_digest(app, dry_run=dry_run, resend_unsure=resend_unsure)
        await _show(app, name)
        return 0


async def _show(app: App, name: str | None) -> None:
    definition = await _definition(app, name)
    now = app.clock()
    since = await app.digest_ledger.posted_until(definition.key, now=now.timestamp())
    after = (now - first_span(definition)).timestamp() if since is None else since
    today = now.astimezone(definition.time_zone).date()
    written = await app.digest_writer.write(definition, today, after=after, until=now.timestamp())
    make_console().print(render_digest(replace(written, silent=False)))


async def _definition(app: App, name: str | None) -> DigestDefinition:
    known = await app.digest_definitions.all()
    if name is not None:
        found = next((one for one in known if one.name.casefold() == name.strip().casefold()), None)
        if found is None:
            names = ", ".join(dict.fromkeys(one.name for one in known))
            there = f"Choose from: {names}." if names else "None is set up; add one in Discord with `/digest add`."
            raise click.UsageError(f"There's no digest called {name!r}. {there}")
        return found
    return known[0] if known else app.digest_definitions.default


def render_digest(digest: Digest) -> RenderableType:
    """Return a digest as it would be posted."""
    parts: list[RenderableType] = [Text(digest_title(digest), style="bold")]
    if digest.round_up:
        parts.append(Text(compared(digest.round_up, digest.period)))
    if digest.headline:
        parts.append(Text(readable(headline_text(digest.headline))))
    group: str | None = None
    for number, item in enumerate(digest.items, start=1):
        if item.group and item.group != group:
            parts.append(Text(f"\n{item.group}", style="bold underline"))
        group = item.group
        sentence = item_sentence(item, _SENTENCE_CHARS)
        entry = Entry(number, item.paper, item_facts(item), Text(sentence) if sentence else None)
        parts += [Text(), Entries([entry], mark="{}. ")]
    if digest.round_up:
        parts += _list_titles(gettext("Withdrawn"), digest.round_up.withdrawn)
        parts += _list_titles(gettext("Code released"), digest.round_up.released)
    parts += [Text(f"\n{note}", style="dim") for note in not_ours(digest)]
    notes = [*added_later(digest), *digest.feeds, *([digest.notice] if digest.notice else [])]
    parts += [Text(f"\n{note}", style="yellow") for note in notes]
    if digest.total:
        parts += [Text(), Text(share_shown(digest, len(digest.items)), style="dim")]
    return Lines(Group(*parts))


def _list_titles(heading: str, papers: tuple[Paper, ...]) -> list[RenderableType]:
    if not papers:
        return []
    entries = Entries((Entry(0, paper, ()) for paper in papers), mark="- ")
    return [Text(f"\n{heading}", style="bold"), entries]


def mail_lines(report: MailReport) -> Iterator[str]:
    """Yield a line for each thing that is to be known."""
    if not report.subscribers:
        yield "Nobody is subscribed. Members can subscribe with /email start in Discord."
    elif report.empty:
        yield "No papers have arrived since the last email, so nothing was sent."
    else:
        told = {
            "sent now": report.sent,
            "already sent": report.before,
            "to be retried": report.failed,
            "permanently rejected": report.refused,
            "being sent by another process": report.under_way,
        }
        parts = [f"{number:,} {words}" for words, number in told.items() if number]
        yield f"{count(report.subscribers, 'subscriber')}: {', '.join(parts) or 'nothing to send'}."
    if report.unsure:
        yield (
            f"{count(report.unsure, 'email')} may or may not have arrived: sending was interrupted. To send again, "
            "use --resend-unsure."
        )
    if report.failure is not None:
        yield str(report.failure)
