"""What a search found."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answers.retrieval import Retrieved
from bot.answers.wording import count, nothing_found, paper_facts, searched_for
from bot.frontends.console.screen import Lines
from bot.latex import readable
from bot.models import Paper
from bot.search.ranking.second_stage import SearchResult, explain


def render_explanations(result: SearchResult) -> RenderableType:
    """Return, for each paper of a result, what its score is made of."""
    parts: list[RenderableType] = []
    for number, hit in enumerate(result.hits, start=1):
        explained = explain(hit, result.terms, result.index)
        table = Table(box=None, padding=(0, 2), header_style="dim")
        table.add_column("term")
        for heading in ("weight", "times", "adds"):
            table.add_column(heading, justify="right")
        for share in explained.shares:
            table.add_row(share.term, f"{share.weight:.2f}", str(share.times), f"{share.added:.2f}")
        table.add_row("title, neighbouring words", "", "", f"{explained.second_stage:.2f}")
        table.add_row("score", "", "", f"{hit.score:.2f}", style="bold")
        parts += [Text(f"[{number}] {hit.paper.title}", style="bold"), table, Text()]
    return Group(*parts)


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


def render_result(result: Retrieved, *, explained: bool = False) -> RenderableType:
    """Return the papers, best first, or why there is none; when `explained`, what each one's score is made of."""
    parts: list[RenderableType] = []
    if wording := searched_for(result.plan.wording):
        parts += [Text(wording, style="dim"), Text()]
    if not result.hits:
        parts.append(Text(nothing_found(result)))
    elif explained:
        parts.append(render_explanations(result))
    else:
        parts.append(papers_table(list(enumerate(result.papers, start=1))))
    footer = f"Searched {count(result.searched, 'paper')}, titles and abstracts"
    return Lines(Group(*parts, Text(), Text(footer, style="dim")))
