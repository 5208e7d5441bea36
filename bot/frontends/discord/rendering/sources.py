"""A paper in one line, with its links from the store."""

from bot.frontends.discord.rendering.markdown import escape, link
from bot.frontends.wording import paper_facts
from bot.models import Paper


def title(paper: Paper) -> str:
    """Return the title in bold, linked when the paper's own page is known."""
    return f"**{link(paper.title, paper.url) if paper.has_page else escape(paper.title)}**"


def details(paper: Paper) -> str:
    """Return the facts and further links, separated by middle dots."""
    parts = [escape(fact) for fact in paper_facts(paper)]
    if not paper.has_page:
        parts.append(link("find on arXiv", paper.url))
    if paper.code_url:
        parts.append(link("code", paper.code_url))
    if paper.project_url:
        parts.append(link("project", paper.project_url))
    return " · ".join(parts)
