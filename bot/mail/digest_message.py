"""A day's summary as a mail."""

from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage

from bot.answers.wording import withdrawal
from bot.config import MailSettings
from bot.digests.digest import Digest, DigestItem
from bot.digests.wording import digest_title, headline_text, item_facts, share_shown
from bot.i18n.translation import SOURCE_LOCALE, gettext
from bot.latex import readable
from bot.mail.message import link, make_message, message_id, page, text, unsubscribe_headers, unsubscribe_link
from bot.models import Paper
from bot.text import one_line, shorten

_TITLE_LIMIT = 300
_SENTENCE_LIMIT = 400
_GROUP_LIMIT = 80
_FACT_LIMIT = 120
_URL_LIMIT = 500


def digest_mail(digest: Digest, *, to: str, token: str, settings: MailSettings, now: datetime) -> EmailMessage:
    """Return the mail of a day for one subscriber. Its id is the same each time for the same subscriber and day.

    What only posts have, late papers and a round-up of a week or month, is not told.
    """
    heading = one_line(digest_title(digest))
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
    parts = [heading, *filter(None, [_headline(digest), _counted(digest)]), *_notes(digest)]
    for number, item, group in _in_groups(digest):
        if group:
            parts.append(f"{group}\n{'-' * len(group)}")
        lines = [f"{number}. {_title(item.paper)}", _sentence(item), " · ".join(_facts(item))]
        lines += [f"{label}: {url}" for label, url in _links(item.paper).items()]
        parts.append("\n   ".join(line for line in lines if line))
    parts.append("-- ")  # what follows is a signature, which mail programs fold away
    parts[-1] += "\n" + "\n".join(f"{said} {url}" if url else said for said, url in foot)
    return "\n\n".join(parts) + "\n"


def _html(digest: Digest, heading: str, foot: list[tuple[str, str | None]]) -> str:
    parts = [f"<h1>{text(heading)}</h1>"]
    if headline := _headline(digest):
        parts.append(f'<p class="headline">{text(headline)}</p>')
    if counted := _counted(digest):
        parts.append(f'<p class="facts">{text(counted)}</p>')
    parts += [f'<p class="notice">{text(note)}</p>' for note in _notes(digest)]
    level = "h3" if any(item.group for item in digest.items) else "h2"
    for number, item, group in _in_groups(digest):
        if group:
            parts.append(f"<h2>{text(group)}</h2>")
        title = _title(item.paper)
        shown = link(title, item.paper.url) if item.paper.has_page else text(title)
        parts.append(f'<{level} class="paper">{number}. {shown}</{level}>')
        if sentence := _sentence(item):
            parts.append(f"<p>{text(sentence)}</p>")
        mark = withdrawal(item.paper.withdrawn) if item.paper.withdrawn else None
        facts = [f"<strong>{text(fact)}</strong>" if fact == mark else text(fact) for fact in _facts(item)]
        facts += [link(label, url) for label, url in _links(item.paper).items()]
        parts.append(f'<p class="facts">{" · ".join(facts)}</p>')
    said = "<br>\n".join(link(words, url) if url else text(words) for words, url in foot)
    return "\n".join([*parts, f'<div class="foot">{said}</div>'])


def _in_groups(digest: Digest) -> Iterator[tuple[int, DigestItem, str | None]]:
    """Yield each paper with its number, and with its group's heading where that begins."""
    group: str | None = None
    for number, item in enumerate(digest.items, start=1):
        begins = item.group if item.group != group else None
        group = item.group
        yield number, item, shorten(one_line(begins), _GROUP_LIMIT) if begins else None


def _headline(digest: Digest) -> str:
    return shorten(one_line(readable(headline_text(digest.headline))), _SENTENCE_LIMIT) if digest.headline else ""


def _counted(digest: Digest) -> str:
    return one_line(share_shown(digest, len(digest.items))) if digest.total else ""


def _notes(digest: Digest) -> list[str]:
    notes = [*digest.feeds, *([digest.notice] if digest.notice else [])]
    return [shorten(one_line(note), _SENTENCE_LIMIT) for note in notes]


def _title(paper: Paper) -> str:
    return shorten(one_line(readable(paper.title)), _TITLE_LIMIT)


def _sentence(item: DigestItem) -> str:
    sentence = shorten(one_line(readable(item.sentence)), _SENTENCE_LIMIT)
    return f"“{sentence}”" if item.verbatim and sentence else sentence


def _facts(item: DigestItem) -> list[str]:
    return [shorten(one_line(fact), _FACT_LIMIT) for fact in item_facts(item)]


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
        (gettext("Quoted sentences are word for word from abstracts; the others were checked against them."), None),
        (gettext("You get this email because you confirmed this address with a code in Discord."), None),
        (gettext("On days without new papers, no email is sent unless a feed is silent or down."), None),
        (gettext("To unsubscribe, use /email stop in Discord or your mail program's Unsubscribe."), None),
    ]
    if settings.unsubscribe_url:
        lines.append((gettext("Unsubscribe"), unsubscribe_link(settings.unsubscribe_url, token)))
    return lines


def _list_id(settings: MailSettings) -> str:
    domain = (settings.sender or "").rpartition("@")[2].rstrip("> ")
    return f"paperbot <papers.{domain}>"
