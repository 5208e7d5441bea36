"""What a digest says, for every front end."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ValidationError

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


log = logging.getLogger(__name__)


class _Item(BaseModel):
    paper: str
    sentence: str
    verbatim: bool
    reasons: tuple[str, ...]
    group: str | None


class _RoundUp(BaseModel):
    total: int
    before: int | None
    withdrawn: tuple[str, ...]
    released: tuple[str, ...]


class _Stored(BaseModel):
    key: str
    name: str
    day: date
    items: tuple[_Item, ...]
    matched: tuple[str, ...]
    total: int
    order: str
    period: Period
    headline: str | None
    citations: tuple[int, ...]
    notice: str | None
    feeds: tuple[str, ...]
    thread: bool
    additions: tuple[tuple[datetime, int], ...]
    round_up: _RoundUp | None
    channel: int | None = None


_PLAIN = ("key", "name", "day", "matched", "total", "order", "period", "notice", "feeds", "thread")


def dump(digest: Digest, *, channel: int | None = None) -> str:
    """Return a digest as JSON, with the keys of its papers and the channel that it goes to."""
    stored = _Stored(
        **{name: getattr(digest, name) for name in _PLAIN},
        items=tuple(
            _Item(
                paper=item.paper.key,
                sentence=item.sentence,
                verbatim=item.verbatim,
                reasons=item.reasons,
                group=item.group,
            )
            for item in digest.items
        ),
        headline=digest.headline.text if digest.headline else None,
        citations=digest.headline.citations if digest.headline else (),
        additions=tuple((addition.at, addition.papers) for addition in digest.additions),
        round_up=_RoundUp(
            total=digest.round_up.total,
            before=digest.round_up.before,
            withdrawn=tuple(paper.key for paper in digest.round_up.withdrawn),
            released=tuple(paper.key for paper in digest.round_up.released),
        )
        if digest.round_up
        else None,
        channel=channel,
    )
    return json.dumps(stored.model_dump(mode="json"), ensure_ascii=False).encode(errors="replace").decode()


def channel_of(content: str) -> int | None:
    """Return the channel that a digest went to; None when that wasn't kept."""
    stored = _read(content)
    return stored.channel if stored is not None else None


def keys(content: str) -> tuple[str, ...]:
    """Return the keys of the papers that `load` needs; () when the text is malformed."""
    stored = _read(content)
    if stored is None:
        return ()
    others = (*stored.round_up.withdrawn, *stored.round_up.released) if stored.round_up else ()
    return (*(item.paper for item in stored.items), *others)


def load(content: str, papers_by_key: Mapping[str, Paper]) -> Digest | None:
    """Return the digest, or None, with a line in the log, when the text is malformed or one of its papers is gone."""
    stored = _read(content)
    if stored is None:
        return None
    if any(item.paper not in papers_by_key for item in stored.items):
        log.info("a paper of the digest of %s is gone: that post stays as it is", stored.day)
        return None
    facts: dict[str, Any] = {name: getattr(stored, name) for name in _PLAIN}
    return Digest(
        **facts,
        items=tuple(
            DigestItem(
                paper=papers_by_key[item.paper],
                sentence=item.sentence,
                verbatim=item.verbatim,
                reasons=item.reasons,
                group=item.group,
            )
            for item in stored.items
        ),
        headline=Headline(stored.headline, stored.citations) if stored.headline else None,
        additions=tuple(Addition(at, papers) for at, papers in stored.additions),
        round_up=RoundUp(
            total=stored.round_up.total,
            before=stored.round_up.before,
            withdrawn=tuple(papers_by_key[key] for key in stored.round_up.withdrawn if key in papers_by_key),
            released=tuple(papers_by_key[key] for key in stored.round_up.released if key in papers_by_key),
        )
        if stored.round_up
        else None,
    )


def fingerprint(digest: Digest) -> str:
    """Return a hash that changes when a post is to be edited: for papers added or withdrawn, not for each new vote."""
    told = [
        [[item.paper.key, item.sentence, item.group, item.paper.withdrawn is not None] for item in digest.items],
        digest.total,
        digest.headline.text if digest.headline else None,
        digest.notice,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _read(content: str) -> _Stored | None:
    try:
        return _Stored.model_validate_json(content)
    except ValidationError as error:
        log.warning("a posted digest's content is malformed: %d mistakes", error.error_count())
        return None
