"""Links that an abstract names."""

import re

from bot.text import clean

_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[\w.-]+/[\w.-]+", re.ASCII
)


def code_link(text: str) -> str | None:
    """Return the first link to a code repository in `text`, without the full stop that may end the sentence."""
    match = _CODE.search(text) if "://" in text else None  # most abstracts have no link at all
    return match.group().rstrip(".").removesuffix(".git") if match else None


def web_link(value: object) -> str | None:
    """Return `value` when it is an http or https link without spaces, brackets or invisible characters, else None."""
    link = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(r"https?://[^\s<>()\[\]\"'`|\\]{3,500}", link) and clean(link) == link:
        return link
    return None
