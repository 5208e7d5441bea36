"""A paper in one line, with its links from the store."""

from collections.abc import Sequence

from bot.answers.wording import paper_facts, withdrawal
from bot.frontends.discord.shared.markdown import escape, link
from bot.i18n.translation import gettext
from bot.latex import readable
from bot.models import Paper
from bot.text import shorten

# Beyond what papers have, so that no record alone fills a message.
_TITLE_LIMIT = 300
_CITED_TITLE_LIMIT = 120
_FACT_LIMIT = 120
_URL_LIMIT = 500


def title(paper: Paper) -> str:
    """Return the title in bold, linked when the paper's own page is known."""
    shown = shorten(readable(paper.title), _TITLE_LIMIT)
    return f"**{_linked(shown, paper)}**"


def cited_title(paper: Paper) -> str:
    """Return the title, shorter and not in bold, linked when the paper's own page is known."""
    shown = shorten(readable(paper.title), _CITED_TITLE_LIMIT)
    # No details beside it say that the paper was withdrawn.
    return f"{_linked(shown, paper)}{f' ({withdrawal(paper.withdrawn)})' if paper.withdrawn else ''}"


def _linked(shown: str, paper: Paper) -> str:
    return link(shown, paper.url) if paper.has_page else escape(shown)


def details(paper: Paper) -> str:
    """Return the facts and further links, separated by middle dots."""
    parts = [escape(shorten(fact, _FACT_LIMIT)) for fact in paper_facts(paper)]
    return " · ".join([*parts, *further_links(paper)])


def further_links(paper: Paper) -> list[str]:
    """Return links to what there is beside the paper's own page."""
    links = {
        gettext("find on arXiv"): None if paper.has_page else paper.url,
        gettext("code"): paper.code_url,
        gettext("project"): paper.project_url,
        "Hugging Face": paper.hub_url,
    }
    return [link(label, url) for label, url in links.items() if url and len(url) <= _URL_LIMIT]


_BETWEEN = "\n\n"  # without it titles and details of ten papers are one wall on a phone

PAGE_SIZE = 8
"""How many papers a list shows at once: one screen of a phone and a half."""


def paper_lines(papers: Sequence[Paper], *, room: int, first: int = 1) -> str:
    """Return the papers, numbered from `first`, within `room` characters: without details where these don't fit.

    What doesn't fit even so, which takes more than ten papers, is left out.
    """
    full = [
        f"{number}\\. {title(paper)}\n-# {details(paper)}".removesuffix("\n-# ")
        for number, paper in enumerate(papers, first)
    ]
    if len(text := _BETWEEN.join(full)) <= room:
        return text
    short = [f"{number}\\. {cited_title(paper)}" for number, paper in enumerate(papers, first)]
    # As many with all their details as leave room for the others' titles.
    lines = list(short)
    for at, line in enumerate(full):
        if len(_BETWEEN.join([*lines[:at], line, *lines[at + 1 :]])) <= room:
            lines[at] = line
    while len(_BETWEEN.join(lines)) > room:
        lines.pop()
    return _BETWEEN.join(lines)
