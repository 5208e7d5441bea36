"""Late papers: they edit the post of their day."""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.digests import digest as digest_json
from bot.digests.delivery import at_its_post
from bot.digests.digest import Digest
from bot.digests.outlet import DigestOutlet
from bot.digests.writer import DigestWriter
from bot.errors.services import DigestRefused
from bot.store.digest_ledger import DigestLedger, LedgerEntry
from bot.store.digests import DigestDefinition
from bot.store.protocol import PaperStore

log = logging.getLogger(__name__)


class LatePapers:
    """Keeps a posted digest up to date.

    What an edit is to show is in the ledger before Discord hears of it: after a kill the edit is owed, and made even
    when the day is over by then. What the outlet raises, StoreError and LeaseLost pass through.
    """

    def __init__(
        self,
        *,
        ledger: DigestLedger,
        writer: DigestWriter,
        papers: PaperStore,
        outlet: DigestOutlet,
        clock: Callable[[], datetime],
    ) -> None:
        self._ledger = ledger
        self._writer = writer
        self._papers = papers
        self._outlet = outlet
        self._clock = clock

    async def add(self, definition: DigestDefinition, entry: LedgerEntry) -> bool:
        """Add what came since the post, if anything did; return whether the post was edited.

        Weekly and monthly ones stay as they are: their round-up is not kept.
        """
        if definition.period != "daily":
            return False
        posted = await self._posted(entry)
        if posted is None or entry.message is None:
            return False
        now = self._clock()
        digest = await self._writer.with_late(definition, posted, after=entry.until, until=now.timestamp(), now=now)
        fingerprint = digest_json.fingerprint(digest)
        if fingerprint == entry.content_hash:
            return False
        content = digest_json.dump(digest, channel=at_its_post(definition, entry).channel)
        await self._ledger.owe_edit(entry, content=content, now=now.timestamp())
        await self._edit(definition, entry, digest)
        return True

    async def pay(self, definition: DigestDefinition, entry: LedgerEntry) -> None:
        """Make the edit that a killed process left owed."""
        digest = await self._posted(entry)
        if digest is None or entry.message is None:
            await self._ledger.edited(entry, content_hash="?", now=self._clock().timestamp())
        else:
            await self._edit(definition, entry, digest)

    async def _edit(self, definition: DigestDefinition, entry: LedgerEntry, digest: Digest) -> None:
        assert entry.message is not None, "only a posted digest is edited"
        try:
            await self._outlet.edit(at_its_post(definition, entry), digest, message=entry.message)
        except DigestRefused as refusal:
            # Deleted by a moderator, for instance: what it would have shown is told.
            log.warning("the digest %s of %s could not be edited: %s", definition.key, entry.day, refusal)
        else:
            log.info("the digest %s of %s was edited: %d papers", definition.key, entry.day, digest.total)
        await self._ledger.edited(entry, content_hash=digest_json.fingerprint(digest), now=self._clock().timestamp())

    async def _posted(self, entry: LedgerEntry) -> Digest | None:
        if not entry.content:
            return None
        papers = await self._papers.wanted(keys=digest_json.keys(entry.content))
        return digest_json.load(entry.content, {paper.key: paper for paper in papers})
