"""Why papers rank where they do."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.search.explain import explain
from bot.search.ranking import SearchResult


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
