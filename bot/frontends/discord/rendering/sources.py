"""A paper in one line, with its links from the store."""

from bot.frontends.discord.rendering.markdown import escape, link
from bot.frontends.latex import readable
from bot.frontends.wording import paper_facts, withdrawal
from bot.models import Paper
from bot.text import shorten
from bot.translation import gettext

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
    # Where it stands alone, no detail tells of the withdrawal.
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
    }
    return [link(label, url) for label, url in links.items() if url and len(url) <= _URL_LIMIT]
