"""Papers one below the other, numbered."""

from collections.abc import Sequence

from bot.frontends.discord.rendering import sources as source_lines
from bot.models import Paper

_BETWEEN = "\n\n"  # without it titles and details of ten papers are one wall on a phone

PAGE_SIZE = 8
"""How many papers a list shows at once: one screen of a phone and a half."""


def paper_lines(papers: Sequence[Paper], *, room: int, first: int = 1) -> str:
    """Return the papers, numbered from `first`, within `room` characters: without details where these don't fit.

    What doesn't fit even so, which takes more than ten papers, is left out.
    """
    full = [
        f"{number}\\. {source_lines.title(paper)}\n-# {source_lines.details(paper)}".removesuffix("\n-# ")
        for number, paper in enumerate(papers, first)
    ]
    if len(text := _BETWEEN.join(full)) <= room:
        return text
    short = [f"{number}\\. {source_lines.cited_title(paper)}" for number, paper in enumerate(papers, first)]
    # As many with all their details as leave room for the others' titles.
    lines = list(short)
    for at, line in enumerate(full):
        if len(_BETWEEN.join([*lines[:at], line, *lines[at + 1 :]])) <= room:
            lines[at] = line
    while len(_BETWEEN.join(lines)) > room:
        lines.pop()
    return _BETWEEN.join(lines)
