"""A digest before it is posted."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.assistant.digests.digest import Digest, DigestItem
from bot.frontends.digest_words import added_later, compared, digest_title, headline_text, item_facts, share_shown
from bot.frontends.latex import readable
from bot.models import Paper
from bot.translation import gettext


def render_digest(digest: Digest) -> RenderableType:
    """Return a digest as it would be posted."""
    parts: list[RenderableType] = [Text(digest_title(digest), style="bold")]
    if digest.round_up:
        parts.append(Text(compared(digest.round_up, digest.period)))
    if digest.headline:
        parts.append(Text(readable(headline_text(digest.headline))))
    group: str | None = None
    for number, item in enumerate(digest.items, start=1):
        if item.group and item.group != group:
            parts.append(Text(f"\n{item.group}", style="bold underline"))
        group = item.group
        parts += _item(number, item)
    if digest.round_up:
        parts += _named(gettext("Withdrawn"), digest.round_up.withdrawn)
        parts += _named(gettext("Code released"), digest.round_up.released)
    notes = [*added_later(digest), *digest.feeds, *([digest.notice] if digest.notice else [])]
    for note in notes:
        parts += [Text(), Text(note, style="yellow")]
    if digest.total:
        parts += [Text(), Text(share_shown(digest, len(digest.items)), style="dim")]
    return Group(*parts)


def _item(number: int, item: DigestItem) -> list[RenderableType]:
    sentence = f"“{readable(item.sentence)}”" if item.verbatim else readable(item.sentence)
    facts = Text(" · ".join(item_facts(item)), style="dim")
    return [
        Text(f"\n{number}. {readable(item.paper.title)}", style="bold"),
        Padding(Group(Text(sentence), facts) if item.sentence else facts, (0, 0, 0, 3)),
    ]


def _named(heading: str, papers: tuple[Paper, ...]) -> list[RenderableType]:
    if not papers:
        return []
    return [Text(f"\n{heading}", style="bold"), *(Text(f"- {readable(paper.title)}") for paper in papers)]
