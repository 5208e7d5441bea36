"""One message to a destination: what came of what it follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.assistant.subscriptions.subscription import Kind
from bot.models import Paper, slug
from bot.store.notices import ToldRow

MOST_PAPERS = 10
"""How many papers a message tells of; the others are counted."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Why something is told: what is followed, as its follower named it."""

    kind: Kind
    label: str


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """An event of a paper. `kind` and `detail` are "new" and None, or those of a PaperChange."""

    paper: Paper
    kind: str
    detail: str | None
    because: tuple[Followed, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A message's content; `more` are the papers that it has no room for, `marker` is how it is known again."""

    items: tuple[NoticeItem, ...]
    more: int
    marker: str


def marker(nonce: str) -> str:
    """Return the words by which a message is known again, at the end of its footer."""
    return f"notice {nonce}"


def notice_of(nonce: str, rows: Sequence[ToldRow], papers: Sequence[Paper]) -> Notice | None:
    """Return what a message says, each event once with all its reasons; None when no paper of it is there any more."""
    by_key = {key: paper for paper in papers for key in (slug(paper.title), paper.key)}
    events: dict[tuple[str, str, str | None], list[Followed]] = {}
    for row in rows:
        if row.key in by_key:
            events.setdefault((row.key, row.kind, row.detail), []).append(Followed(Kind(row.follows), row.label))
    items = [NoticeItem(by_key[key], kind, detail, tuple(because)) for (key, kind, detail), because in events.items()]
    if not items:
        return None
    return Notice(tuple(items[:MOST_PAPERS]), len(items[MOST_PAPERS:]), marker(nonce))
