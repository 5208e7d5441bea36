"""A day's summary as a mail."""

from datetime import datetime
from email.message import EmailMessage

from bot.assistant.digests.digest import Digest, DigestItem
from bot.config import MailSettings
from bot.frontends.latex import readable
from bot.frontends.mail.message import make_message, message_id, unsubscribe_headers, unsubscribe_link
from bot.frontends.mail.page import link, page, text
from bot.frontends.wording import day, paper_facts
from bot.models import Paper
from bot.text import one_line, shorten
from bot.translation import SOURCE_LOCALE, gettext, ngettext

_TITLE_LIMIT = 300
_SENTENCE_LIMIT = 400
_FACT_LIMIT = 120
_URL_LIMIT = 500


def digest_mail(digest: Digest, *, to: str, token: str, settings: MailSettings, now: datetime) -> EmailMessage:
    """Return the mail of a day for one subscriber. Its id is the same each time for the same subscriber and day."""
    heading = gettext("New papers · {weekday}, {day}").format(weekday=f"{digest.day:%A}", day=day(digest.day))
    foot = _foot(token, settings)
    return make_message(
        settings,
        to=to,
        subject=heading,
        now=now,
        message_id=message_id(settings, "digest", token, digest.day.isoformat()),
        text=_plain(digest, heading, foot),
        html=page(heading, _html(digest, heading, foot), language=SOURCE_LOCALE),
        headers={"List-Id": _list_id(settings), **unsubscribe_headers(settings, token)},
    )


def _plain(digest: Digest, heading: str, foot: list[tuple[str, str | None]]) -> str:
    parts = [heading, _counted(digest)]
    if digest.notice:
        parts.append(one_line(digest.notice))
    for number, item in enumerate(digest.items, start=1):
        lines = [f"{number}. {_title(item.paper)}", _sentence(item), " · ".join(_facts(item.paper))]
        lines += [f"{label}: {url}" for label, url in _links(item.paper).items()]
        parts.append("\n   ".join(line for line in lines if line))
    parts.append("-- ")  # what follows is a signature, which mail programs fold away
    parts[-1] += "\n" + "\n".join(f"{said} {url}" if url else said for said, url in foot)
    return "\n\n".join(parts) + "\n"


def _html(digest: Digest, heading: str, foot: list[tuple[str, str | None]]) -> str:
    parts = [f"<h1>{text(heading)}</h1>", f'<p class="facts">{text(_counted(digest))}</p>']
    if digest.notice:
        parts.append(f'<p class="notice">{text(one_line(digest.notice))}</p>')
    for number, item in enumerate(digest.items, start=1):
        title = _title(item.paper)
        shown = link(title, item.paper.url) if item.paper.has_page else text(title)
        parts.append(f"<h2>{number}. {shown}</h2>")
        if sentence := _sentence(item):
            parts.append(f"<p>{text(sentence)}</p>")
        facts = [text(fact) for fact in _facts(item.paper)]
        facts += [link(label, url) for label, url in _links(item.paper).items()]
        parts.append(f'<p class="facts">{" · ".join(facts)}</p>')
    said = "<br>\n".join(link(words, url) if url else text(words) for words, url in foot)
    return "\n".join([*parts, f'<div class="foot">{said}</div>'])


def _counted(digest: Digest) -> str:
    if len(digest.items) < digest.total:
        return gettext("{shown} of {total} papers that came since the last summary").format(
            shown=len(digest.items), total=f"{digest.total:,}"
        )
    return ngettext(
        "{total} paper that came since the last summary",
        "{total} papers that came since the last summary",
        digest.total,
    ).format(total=f"{digest.total:,}")


def _title(paper: Paper) -> str:
    return shorten(one_line(readable(paper.title)), _TITLE_LIMIT)


def _sentence(item: DigestItem) -> str:
    sentence = shorten(one_line(readable(item.sentence)), _SENTENCE_LIMIT)
    return f"“{sentence}”" if item.verbatim and sentence else sentence


def _facts(paper: Paper) -> list[str]:
    return [shorten(one_line(fact), _FACT_LIMIT) for fact in paper_facts(paper)]


def _links(paper: Paper) -> dict[str, str]:
    links = {
        gettext("arXiv") if paper.has_page else gettext("find on arXiv"): paper.url,
        gettext("code"): paper.code_url,
        gettext("project page"): paper.project_url,
    }
    return {
        label: url
        for label, url in links.items()
        if url and len(url) <= _URL_LIMIT and url.startswith(("https://", "http://")) and url.isprintable()
    }


def _foot(token: str, settings: MailSettings) -> list[tuple[str, str | None]]:
    """Return the lines at the end, each with the address that it leads to, if any."""
    lines: list[tuple[str, str | None]] = [
        (gettext("Quoted sentences are word for word from abstracts; others were checked against them."), None),
        (gettext("You get this mail because you confirmed this address with a code in Discord."), None),
        (gettext("To get it no more, use /email stop there, or your mail program's Unsubscribe."), None),
    ]
    if settings.unsubscribe_url:
        lines.append((gettext("Unsubscribe"), unsubscribe_link(settings.unsubscribe_url, token)))
    return lines


def _list_id(settings: MailSettings) -> str:
    domain = (settings.sender or "").rpartition("@")[2].rstrip("> ")
    return f"paperbot <papers.{domain}>"
