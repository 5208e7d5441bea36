"""What a digest says, for every front end."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.models import Paper
from bot.store.digests import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """A paper and its sentence; `verbatim` when it is taken word for word from the abstract.

    The sentence is empty where none of the abstract may be quoted. `reasons` are phrases that say why the paper is
    here, `group` the heading that it stands under, if there is one.
    """

    paper: Paper
    sentence: str
    verbatim: bool
    reasons: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence over the whole digest. `citations` are numbers of items; there are none when code wrote it."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """How many papers were added to a digest after it was posted, and when, in its time zone."""

    at: datetime
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundUp:
    """What a weekly or monthly digest says beside its papers.

    `total` papers came in its span, `before` in the one before it, None when nothing was kept then. `withdrawn` were
    taken back in the span, `released` had code published.
    """

    total: int
    before: int | None
    withdrawn: tuple[Paper, ...] = ()
    released: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one post says. `key` is its definition's, `name` too.

    `total` is how many papers came and matched, `matched` are their keys, best first (of very many the first); `items`
    are those that are shown, numbered from 1 as they stand, and `order` says in words which come first. `notice` tells
    why there are no papers, or why sentences are verbatim though a model is set up; `feeds` holds a sentence for each
    feed that is stale or down. `thread`: it gets a thread for questions. `silent` says that nothing is to be posted,
    since there is no paper and its definition wants it so.
    """

    key: str
    name: str
    day: date
    items: tuple[DigestItem, ...]
    total: int
    order: str
    period: Period = "daily"
    headline: Headline | None = None
    notice: str | None = None
    feeds: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    round_up: RoundUp | None = None
    matched: tuple[str, ...] = ()
    thread: bool = False
    silent: bool = False
