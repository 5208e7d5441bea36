"""A digest before it is posted."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.answers.wording import count
from bot.digests.digest import Digest, DigestItem
from bot.digests.wording import added_later, compared, digest_title, headline_text, item_facts, share_shown
from bot.i18n.translation import gettext
from bot.latex import readable
from bot.mail.delivery import MailReport
from bot.models import Paper


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
        parts += _item(number, item)
    if digest.round_up:
        parts += _named(gettext("Withdrawn"), digest.round_up.withdrawn)
        parts += _named(gettext("Code released"), digest.round_up.released)
    notes = [*added_later(digest), *digest.feeds, *([digest.notice] if digest.notice else [])]
    for note in notes:
        parts += [Text(), Text(note, style="yellow")]
    if digest.total:
        parts += [Text(), Text(share_shown(digest, len(digest.items)), style="dim")]
    return Group(*parts)


def _item(number: int, item: DigestItem) -> list[RenderableType]:
    sentence = f"“{readable(item.sentence)}”" if item.verbatim else readable(item.sentence)
    facts = Text(" · ".join(item_facts(item)), style="dim")
    return [
        Text(f"\n{number}. {readable(item.paper.title)}", style="bold"),
        Padding(Group(Text(sentence), facts) if item.sentence else facts, (0, 0, 0, 3)),
    ]


def _named(heading: str, papers: tuple[Paper, ...]) -> list[RenderableType]:
    if not papers:
        return []
    return [Text(f"\n{heading}", style="bold"), *(Text(f"- {readable(paper.title)}") for paper in papers)]


def mail_lines(report: MailReport) -> Iterator[str]:
    """Yield a line for each thing that is to be known."""
    if not report.subscribers:
        yield "Nobody gets mail: members begin with /email start in Discord."
    elif report.empty:
        yield "No papers have come since the last mail. Nothing was sent."
    else:
        told = {
            "sent now": report.sent,
            "sent before": report.before,
            "to be tried again": report.failed,
            "refused for good": report.refused,
            "under way in another process": report.under_way,
        }
        parts = [f"{number:,} {words}" for words, number in told.items() if number]
        yield f"{count(report.subscribers, 'subscriber')}: {', '.join(parts) or 'nothing to send'}."
    if report.unsure:
        yield (
            f"{count(report.unsure, 'mail')} may or may not have arrived: the connection or the process broke while it "
            "was handed over. --resend-unsure sends it again."
        )
    if report.failure is not None:
        yield str(report.failure)
