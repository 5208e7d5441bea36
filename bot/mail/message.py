"""The mails that are sent, a day's digest and a code to confirm an address: the same content as text and as HTML."""

import hashlib
import html
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import quote, urlencode

from bot.answers.wording import withdrawal
from bot.config import MailSettings
from bot.digests.digest import Digest, DigestItem
from bot.digests.wording import digest_title, headline_text, item_facts, item_sentence, not_ours, share_shown
from bot.i18n.translation import SOURCE_LOCALE, current_locale, gettext
from bot.latex import readable
from bot.mail.opt_in import CODE_LIFE
from bot.models import Paper
from bot.text import one_line, shorten

_TITLE_LIMIT = 300
_SENTENCE_LIMIT = 400
_GROUP_LIMIT = 80
_FACT_LIMIT = 120
_URL_LIMIT = 500

_NAME = "paperbot"

# Programs that look for List-Unsubscribe don't all put a folded header together again.
_POLICY = SMTP.clone(max_line_length=500)


def make_message(
    settings: MailSettings,
    *,
    to: str,
    subject: str,
    now: datetime,
    message_id: str,
    text: str,
    html: str,
    headers: Mapping[str, str] | None = None,
) -> EmailMessage:
    """Return a mail. Header values become one line each, so that none can begin another header."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender(settings)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = one_line(subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    # No answers of machines to a machine (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    for name, value in (headers or {}).items():
        message[name] = one_line(value)
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    return message


def sender(settings: MailSettings) -> Address:
    """Return MAIL_FROM as an Address, with a default display name if it has none."""
    name, address = parseaddr(settings.sender or "")
    return Address(display_name=one_line(name) or _NAME, addr_spec=address)


def message_id(settings: MailSettings, *parts: str) -> str:
    """Return an id that is the same each time for the same parts, and gives none of them away."""
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    return f"<{digest}@{sender(settings).domain}>"


def unsubscribe_headers(settings: MailSettings, token: str) -> dict[str, str]:
    """Return the headers that let a mail program offer to unsubscribe (RFC 2369, RFC 8058)."""
    address = quote(sender(settings).addr_spec, safe="@")
    targets = [f"<mailto:{address}?{urlencode({'subject': f'unsubscribe {token}'}, quote_via=quote)}>"]
    if settings.unsubscribe_url is None:
        return {"List-Unsubscribe": targets[0]}
    return {
        "List-Unsubscribe": ", ".join([f"<{unsubscribe_link(settings.unsubscribe_url, token)}>", *targets]),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def unsubscribe_link(url: str, token: str) -> str:
    """Return MAIL_UNSUBSCRIBE_URL with the subscriber's token added to its query."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'token': token})}"


# Written out, since many mail programs drop what they don't know of a style sheet. One column, as wide as it is read
# well, and the reader's own font size.
_STYLE = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; background: #ffffff; color: #1f2328; }
.page { max-width: 40em; margin: 0 auto; padding: 24px 16px; line-height: 1.5; overflow-wrap: anywhere;
  font-family: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-size: 16px; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 4px; }
h2 { font-size: 19px; line-height: 1.35; margin: 32px 0 0; padding-bottom: 4px; border-bottom: 1px solid #d0d7de; }
.paper { font-size: 17px; line-height: 1.35; margin: 24px 0 4px; padding: 0; border: 0; }
.headline { font-size: 17px; }
.facts strong { color: #a40e26; }
p { margin: 0 0 6px; }
a { color: #0b57d0; }
.facts, .foot { color: #57606a; font-size: 14px; }
.foot { margin-top: 32px; padding-top: 12px; border-top: 1px solid #d0d7de; }
.notice { background: #fff3cd; color: #4d3800; padding: 8px 12px; margin: 16px 0; border-radius: 6px; }
.code { font-family: ui-monospace, Consolas, monospace; font-size: 28px; letter-spacing: 2px; margin: 16px 0; }
@media (prefers-color-scheme: dark) {
  body { background: #16181c; color: #e6e6e6; }
  a { color: #8ab4f8; }
  .facts, .foot { color: #a8b0b8; }
  h2, .foot { border-color: #3b4048; }
  .facts strong { color: #ff9aa2; }
  .notice { background: #3a3117; color: #f5e6b3; }
}
"""


def page(title: str, body: str, *, language: str) -> str:
    """Return a whole document. `body` is HTML, `title` is text."""
    return (
        f'<!doctype html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body>\n<div class="page">\n{body}\n</div>\n</body>\n</html>\n'
    )


def text(content: str) -> str:
    """Return text escaped for HTML, also within an attribute."""
    return html.escape(content, quote=True)


def link(label: str, url: str) -> str:
    """Return a link, or the label alone when the address is none of the web."""
    if not url.startswith(("https://", "http://")):
        return text(label)
    return f'<a href="{text(url)}">{text(label)}</a>'


def code_mail(code: str, *, to: str, settings: MailSettings, now: datetime) -> EmailMessage:
    """Return the mail with a code to confirm an address.

    Nothing that a user wrote is in it: it can't be made to carry anybody's message.
    """
    minutes = round(CODE_LIFE.total_seconds() / 60)
    subject = gettext("Your paperbot code: {code}").format(code=code)
    lines = [
        gettext("Enter it in Discord within {minutes} minutes: /email confirm {code}").format(
            minutes=minutes, code=code
        ),
        gettext("You'll then get a daily summary of new papers at this address until you use /email stop."),
        gettext("Wasn't this you? Ignore this email: without the code, nobody can subscribe this address."),
    ]
    body = f'<h1>{text(subject)}</h1>\n<p class="code">{text(code)}</p>\n'
    return make_message(
        settings,
        to=to,
        subject=subject,
        now=now,
        message_id=message_id(settings, "code", secrets.token_hex(16)),
        text="\n\n".join([subject, *lines]) + "\n",
        html=page(subject, body + "\n".join(f"<p>{text(line)}</p>" for line in lines), language=current_locale()),
    )


def digest_mail(digest: Digest, *, to: str, token: str, settings: MailSettings, now: datetime) -> EmailMessage:
    """Return the mail of a day for one subscriber. Its id is the same each time for the same subscriber and day.

    What only posts have, late papers and a round-up of a week or month, is left out.
    """
    heading = one_line(digest_title(digest))
    foot = [*((note, None) for note in not_ours(digest)), *_foot(token, settings)]
    return make_message(
        settings,
        to=to,
        subject=heading,
        now=now,
        message_id=message_id(settings, "digest", token, digest.day.isoformat()),
        text=_plain(digest, heading, foot),
        html=page(heading, _html(digest, heading, foot), language=SOURCE_LOCALE),
        headers={"List-Id": f"paperbot <papers.{sender(settings).domain}>", **unsubscribe_headers(settings, token)},
    )


def _plain(digest: Digest, heading: str, foot: list[tuple[str, str | None]]) -> str:
    parts = [heading, *filter(None, [_headline(digest), _counted(digest)]), *_notes(digest)]
    for number, item, group in _in_groups(digest):
        if group:
            parts.append(f"{group}\n{'-' * len(group)}")
        lines = [f"{number}. {_title(item.paper)}", item_sentence(item, _SENTENCE_LIMIT), " · ".join(_facts(item))]
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
        if sentence := item_sentence(item, _SENTENCE_LIMIT):
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


def _facts(item: DigestItem) -> list[str]:
    return [shorten(one_line(fact), _FACT_LIMIT) for fact in item_facts(item)]


def _links(paper: Paper) -> dict[str, str]:
    links = {
        gettext("arXiv") if paper.has_page else gettext("find on arXiv"): paper.url,
        gettext("code"): paper.code_url,
        gettext("project page"): paper.project_url,
        "Hugging Face": paper.hub_url,
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
