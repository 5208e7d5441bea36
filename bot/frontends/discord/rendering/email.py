"""Where a member's mail stands, in words."""

from bot.assistant.mailing.optin import MailStatus
from bot.frontends.discord.rendering.markdown import escape
from bot.translation import gettext


def status_text(status: MailStatus, *, set_up: bool, at: str) -> str:
    """Return it; `at` is the time of the daily summary with its zone."""
    lines: list[str] = []
    if status.confirmed and status.refused:
        said = gettext(
            "{address} was refused by its mail server three days in a row, so that I send nothing there any more. Use "
            "`/email start` with this or another address."
        )
        lines.append(said.format(address=escape(status.confirmed)))
    elif status.confirmed:
        said = gettext("{address} gets the summary of each day at {at}. `/email stop` ends it.")
        lines.append(said.format(address=escape(status.confirmed), at=escape(at)))
    if status.waiting:
        said = gettext("{address} waits for its code: `/email confirm`.")
        lines.append(said.format(address=escape(status.waiting)))
    if not lines:
        lines.append(gettext("You get no mail. `/email start` begins with it."))
    if not set_up:
        lines.append(gettext("Mail is not set up here, so that none is sent."))
    return "\n".join(lines)
