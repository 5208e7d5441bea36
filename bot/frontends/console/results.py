"""What a search found."""

from rich.console import Group, RenderableType
from rich.text import Text

from bot.assistant.gather import Found
from bot.frontends.console.explanations import render_explanations
from bot.frontends.console.lines import Lines
from bot.frontends.console.papers import papers_table
from bot.frontends.wording import count, nothing_found, searched_for


def render_result(result: Found, *, explained: bool = False) -> RenderableType:
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
