"""What became of a day's mails."""

from collections.abc import Iterator

from bot.assistant.mailing.delivery import MailReport
from bot.frontends.wording import count


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
