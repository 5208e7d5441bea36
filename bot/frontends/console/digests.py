"""A digest before it is posted."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.assistant.digests.digest import ORDER, Digest
from bot.frontends.latex import readable
from bot.frontends.wording import count, day, paper_facts


def render_digest(digest: Digest) -> RenderableType:
    """Return a digest as it would be posted."""
    parts: list[RenderableType] = [Text(f"New papers · {digest.day:%A}, {day(digest.day)}", style="bold")]
    for number, item in enumerate(digest.items, start=1):
        sentence = f"“{readable(item.sentence)}”" if item.verbatim else readable(item.sentence)
        facts = Text(" · ".join(paper_facts(item.paper)), style="dim")
        parts += [
            Text(f"\n{number}. {readable(item.paper.title)}", style="bold"),
            Padding(Group(Text(sentence), facts) if item.sentence else facts, (0, 0, 0, 3)),
        ]
    if digest.notice:
        parts += [Text(), Text(digest.notice, style="yellow")]
    if digest.total:
        parts += [Text(), Text(f"{len(digest.items)} of {count(digest.total, 'new paper')}, {ORDER}", style="dim")]
    return Group(*parts)
