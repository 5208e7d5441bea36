"""What became of papers after they came, from the store."""

from collections.abc import Sequence

from bot.assistant.digests.round_up import Change
from bot.store.paper_changes import ChangeKind
from bot.store.papers import SqlitePaperStore


class StoredChanges:
    """The changes that the store notes of papers, as far as round-ups tell of them."""

    def __init__(self, *, papers: SqlitePaperStore) -> None:
        self._papers = papers

    async def between(self, after: float, until: float) -> Sequence[Change]:
        """Return the withdrawals and code releases in (after, until], Unix seconds, oldest first."""
        changes = await self._papers.changes_between(after, until, kinds=(ChangeKind.WITHDRAWN, ChangeKind.CODE))
        return [Change(one.key, "code" if one.kind is ChangeKind.CODE else "withdrawn") for one in changes]
