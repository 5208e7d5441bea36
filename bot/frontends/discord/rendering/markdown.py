"""Text from outside as plain text in Discord's markdown, and links that are ours."""

import re

from bot.text import one_line

_ZERO_WIDTH_SPACE = "\u200b"
_URL = re.compile(r"https?://[^\s<>`]+|\bdiscord\.gg/\S+", re.IGNORECASE)
_INLINE = re.compile(r"([\\*_~`|\[\]()])")
_LINE_START = re.compile(r"^(\s*)(>|#{1,3}|-#|[-+*]|\d+\.)(?=\s|>)", re.MULTILINE)


def escape(text: str) -> str:
    """Return `text` so that Discord shows it as it stands.

    No formatting, no mention, no custom emoji, and no link: an address is shown as code, which can't be clicked and
    is not fetched for a preview.
    """
    shown: list[str] = []
    at = 0
    for match in _URL.finditer(text):
        url = match.group().rstrip(".,;:!?)\"'")
        shown += [_escape_plain(text[at : match.start()]), f"`{url}`"]
        at = match.start() + len(url)
    shown.append(_escape_plain(text[at:]))
    return "".join(shown)


def link(label: str, url: str) -> str:
    """Return a masked link. Its label is escaped; brackets, which would end it, become round ones."""
    label = one_line(label).replace("[", "(").replace("]", ")")
    return f"[{escape_label(label)}]({url.replace('(', '%28').replace(')', '%29')})"


def escape_label(label: str) -> str:
    """Escape a link's label. An address within it would make Discord drop the link, so its scheme is cut."""
    return _escape_plain(re.sub(r"https?://", "", label))


def _escape_plain(text: str) -> str:
    text = _LINE_START.sub(r"\1\\\2", _INLINE.sub(r"\\\1", text))
    # Any mention, emoji or time stamp begins with "<" and a sign or letter, any ping with "@".
    return re.sub(r"<(?=[@#:/a-z])|@", lambda match: match.group() + _ZERO_WIDTH_SPACE, text, flags=re.IGNORECASE)
