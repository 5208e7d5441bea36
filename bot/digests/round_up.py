"""What a weekly or monthly digest adds: how many papers came against the span before, and what became of papers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.digests.digest import RoundUp
from bot.digests.selection import choose
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex
from bot.store.digests import DigestDefinition
from bot.store.merging import ChangeKind
from bot.store.papers import SqlitePaperStore
from bot.store.protocol import PaperStore

TOLD = 5
"""How many withdrawn papers, and how many with new code, are named at the most."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a paper, by its key."""

    key: str
    kind: Literal["withdrawn", "code"]


class PaperChanges(Protocol):
    """Knows what became of papers after they came."""

    async def between(self, after: float, until: float) -> Sequence[Change]:
        """Return the withdrawals and code releases in (after, until], Unix seconds, oldest first."""


async def round_up(
    definition: DigestDefinition,
    total: int,
    index: PaperIndex,
    *,
    papers: PaperStore,
    changes: PaperChanges,
    after: float,
    until: float,
) -> RoundUp | None:
    """Return what a weekly or monthly digest says of (after, until], in which `total` papers matched.

    None for a daily one. Of what became of papers it tells where these are what the digest asks for.
    """
    if definition.period == "daily":
        return None
    earlier = await papers.arrived(after=after - (until - after), until=after)
    before = await asyncio.to_thread(choose, earlier, definition, index, thumbs={})
    changed = await changes.between(after, until)
    found = {paper.key: paper for paper in await papers.wanted(keys=[change.key for change in changed])}
    wanted = await asyncio.to_thread(choose, list(found.values()), definition, index, thumbs={})
    keys = {one.paper.key for one in wanted}

    def of(kind: str) -> tuple[Paper, ...]:
        told = dict.fromkeys(change.key for change in changed if change.kind == kind and change.key in keys)
        return tuple(found[key] for key in told)[:TOLD]

    return RoundUp(total=total, before=len(before) if earlier else None, withdrawn=of("withdrawn"), released=of("code"))


class StoredChanges:
    """The changes that the store notes of papers, as far as round-ups tell of them."""

    def __init__(self, *, papers: SqlitePaperStore) -> None:
        self._papers = papers

    async def between(self, after: float, until: float) -> Sequence[Change]:
        """Return the withdrawals and code releases in (after, until], Unix seconds, oldest first."""
        changes = await self._papers.changes_between(after, until, kinds=(ChangeKind.WITHDRAWN, ChangeKind.CODE))
        return [Change(one.key, "code" if one.kind is ChangeKind.CODE else "withdrawn") for one in changes]
