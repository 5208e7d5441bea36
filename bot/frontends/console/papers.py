"""Papers as a numbered list."""

from collections.abc import Sequence

from rich.console import Group
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.frontends.latex import readable
from bot.frontends.wording import paper_facts
from bot.models import Paper


def papers_table(papers: Sequence[tuple[int, Paper]]) -> Table:
    """Return numbered papers with what is known of them and their links."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for number, paper in papers:
        links = [link for link in (paper.url if paper.has_page else None, paper.code_url, paper.project_url) if link]
        table.add_row(
            f"[{number}]",
            Group(
                Text(readable(paper.title), style="bold"),
                Text(" · ".join(paper_facts(paper)), style="dim"),
                *(Text(link, style=Style(color="blue", link=link)) for link in links),
            ),
        )
    return table
