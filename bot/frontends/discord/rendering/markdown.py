"""Text from outside as plain text in Discord's markdown, and links that are ours."""

import re
from urllib.parse import quote

from bot.text import one_line, shorten

_ZERO_WIDTH_SPACE = "\u200b"
_URL = re.compile(r"(?:[a-z][a-z0-9+.-]{0,30}://|discord(?:app)?\.(?:gg|com)/)[^\s<>`]+", re.IGNORECASE)
_INVITE = re.compile(r"discord(?:app)?\.(?:gg|com/invite)(?=/)", re.IGNORECASE)
_INLINE = re.compile(r"([\\*_~`|\[\]()])")
# In a numbered list it is the dot that is escaped: Discord shows a backslash before a digit.
_LINE_START = re.compile(r"^(\s*\d*)(>|#{1,3}|-#|[-+.])(?=\s|>|$)", re.MULTILINE)


def escape(text: str) -> str:
    """Return `text` so that Discord shows it as it stands.

    No formatting, no mention, no custom emoji, and no link: an address is shown as code, which can't be clicked and
    is not fetched for a preview. An invitation is broken as well: nobody is led to a server by a copied word.
    """
    shown: list[str] = []
    at = 0
    for match in _URL.finditer(text):
        url = match.group().rstrip(".,;:!?)\"'")
        broken = _INVITE.sub(lambda invite: invite.group() + _ZERO_WIDTH_SPACE, url)
        shown += [_escape_plain(text[at : match.start()]), f"`{broken}`"]
        at = match.start() + len(url)
    shown.append(_escape_plain(text[at:]))
    return _LINE_START.sub(r"\1\\\2", "".join(shown))


def escape_within(text: str, limit: int) -> str:
    """Return as much of `text`, escaped, as `limit` characters hold; never cut within an escape."""
    size = limit
    while (over := len(shown := escape(shorten(text, size))) - limit) > 0:
        size -= (over + 1) // 2  # escaping at most doubles a text
    return shown


def link(label: str, url: str) -> str:
    """Return a masked link. Its label is escaped; brackets, which would end it, become round ones."""
    label = one_line(label).replace("[", "(").replace("]", ")")
    url = re.sub(r"[\s()<>`\\]", lambda match: quote(match.group(), safe=""), url)
    return f"[{escape_label(label)}]({url})"


def escape_label(label: str) -> str:
    """Escape a link's label. An address within it would make Discord drop the link, so it is made none."""
    return _escape_plain(_URL.sub(lambda match: match.group().replace("/", f"{_ZERO_WIDTH_SPACE}/"), label))


def _escape_plain(text: str) -> str:
    text = _INLINE.sub(r"\\\1", text)
    # Any mention, emoji, time stamp, mail or phone link begins with "<" and a sign or letter, any ping with "@".
    return re.sub(r"<(?=[@#:/+a-z])|@", lambda match: match.group() + _ZERO_WIDTH_SPACE, text, flags=re.IGNORECASE)
