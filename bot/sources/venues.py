"""Where a paper appeared, as authors tell it in a comment."""

import re

from bot.text import one_line

_TOLD = re.compile(
    r"\b(?:accepted|published|presented|to appear|appear(?:s|ed|ing)?|camera[- ]ready(?: version)?)"
    r"(?: for publication| as an? [\w -]{3,30}?| \w+ paper)?"
    r" (?:at|in|by|to|for)(?: the)? (?P<venue>[^.;,()\n]{2,80})",
    re.IGNORECASE,
)


def venue_in(comment: str) -> str | None:
    """Return the venue in a comment such as "12 pages, accepted at NeurIPS 2023 (oral)"; None where it tells none.

    Where a paper was only submitted is no venue.
    """
    match = _TOLD.search(one_line(comment))
    return match["venue"].strip() if match else None
