"""What a digest says, for every front end, and how it is kept in the ledger."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, PlainSerializer, PlainValidator, TypeAdapter, ValidationInfo

from bot.models import Paper
from bot.store.digests import Period

log = logging.getLogger(__name__)


def _paper_of(key: str, info: ValidationInfo) -> Any:
    """Return the stored key's paper, None when it is gone; the key itself where no papers are given as context."""
    return key if info.context is None else info.context.get(key)


_StoredPaper = Annotated[Paper, PlainValidator(_paper_of), PlainSerializer(lambda paper: paper.key, return_type=str)]
_StoredPapers = Annotated[tuple[_StoredPaper, ...], AfterValidator(lambda papers: tuple(filter(None, papers)))]
"""Those that are still there: a round-up does without the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """A paper and its sentence: `verbatim` from the abstract, Hugging Face's summary (`by_hub`), or the model's.

    The sentence is empty where none of the abstract may be quoted. `reasons` are phrases that say why the paper is
    here, `group` the heading above it, if there is one.
    """

    paper: _StoredPaper
    sentence: str
    verbatim: bool
    reasons: tuple[str, ...] = ()
    group: str | None = None
    by_hub: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence over the whole digest. `citations` are numbers of items; there are none when code wrote it."""

    text: str
    citations: tuple[int, ...] = ()


class Addition(NamedTuple):
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
    withdrawn: _StoredPapers = ()
    released: _StoredPapers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one post says. `key` is its definition's, `name` too.

    `total` is how many papers came and matched, `matched` are their keys, best first (of very many the first); `items`
    are those that are shown, numbered from 1 in this order, and `order` says in words which come first. `notice` says
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


_DIGEST = TypeAdapter(Digest)


def dump(digest: Digest, *, channel: int | None = None) -> str:
    """Return a digest as JSON, with the keys of its papers and the channel that it goes to."""
    stored = _DIGEST.dump_python(digest, mode="json", exclude={"silent", "headline"})
    headline = digest.headline or Headline("")
    stored |= {"headline": headline.text or None, "citations": headline.citations, "channel": channel}
    return json.dumps(stored, ensure_ascii=False).encode(errors="replace").decode()


def channel_of(content: str) -> int | None:
    """Return the channel that a digest went to; None when that wasn't kept."""
    stored = _read(content, None)
    return stored[1] if stored else None


def keys(content: str) -> tuple[str, ...]:
    """Return the keys of the papers that `load` needs; () when the text is malformed."""
    stored = _read(content, None)
    if stored is None:
        return ()
    digest, _ = stored
    others = (*digest.round_up.withdrawn, *digest.round_up.released) if digest.round_up else ()
    papers: tuple[Any, ...] = (
        *(item.paper for item in digest.items),
        *others,
    )  # their keys, as `_paper_of` leaves them
    return papers


def load(content: str, papers_by_key: Mapping[str, Paper]) -> Digest | None:
    """Return the digest, or None, with a line in the log, when the text is malformed or one of its papers is gone."""
    stored = _read(content, papers_by_key)
    if stored is None:
        return None
    digest, _ = stored
    if not all(item.paper for item in digest.items):
        log.info("a paper in the digest for %s is no longer available, so the post stays as it is", digest.day)
        return None
    return digest


def fingerprint(digest: Digest) -> str:
    """Return a hash that changes when a post is to be edited: for papers added or withdrawn, not for each new vote."""
    shown = [
        [[item.paper.key, item.sentence, item.group, item.paper.withdrawn is not None] for item in digest.items],
        digest.total,
        digest.headline.text if digest.headline else None,
        digest.notice,
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def _read(content: str, papers_by_key: Mapping[str, Paper] | None) -> tuple[Digest, int | None] | None:
    """Return a stored digest and its channel; without papers, its items hold keys instead."""
    try:
        stored = json.loads(content)
        if headline := stored["headline"]:
            stored["headline"] = {"text": headline, "citations": stored["citations"]}
        channel = stored.get("channel")
        return _DIGEST.validate_python(stored, context=papers_by_key), channel if isinstance(channel, int) else None
    except (ValueError, TypeError, KeyError) as error:  # pydantic's ValidationError is a ValueError
        log.warning("a posted digest's content is malformed: %s", type(error).__name__)
        return None
