"""Posting a digest exactly once and keeping the post up to date: the ledger before, the confirmation after.

A post carries a nonce, by which Discord drops a second one within minutes; after that, an attempt of which nobody knows
whether it succeeded is looked for in the channel.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.digests import digest as digest_json
from bot.digests.digest import Digest
from bot.digests.outlet import CHANNEL_GONE, NOT_RUNNING, NOTHING_NEW, DigestOutlet, sentence
from bot.digests.schedule import first_span
from bot.digests.writer import DigestWriter
from bot.errors.services import DigestRefused
from bot.store.digest_ledger import DigestLedger, LedgerEntry
from bot.store.digests import DigestDefinition
from bot.store.protocol import PaperStore

log = logging.getLogger(__name__)


class DigestDelivery:
    """Takes one day's digest to its channel, however often it is called and wherever it was killed before.

    What the outlet raises, StoreError and LeaseLost pass through; the row stays pending, to try again. What an edit is
    to show is in the ledger before Discord hears of it: after a kill the edit is owed, and made even when the day is
    over by then.
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
        self._written: dict[str, tuple[LedgerEntry, Digest]] = {}

    async def deliver(self, definition: DigestDefinition, day: date) -> None:
        """Post the day's digest unless that was done or there is nothing to show."""
        entry = await self._ledger.find(definition.key, day)
        if entry is not None and entry.state in ("posted", "skipped"):
            return
        if entry is None or entry.state == "missed":
            now = self._now()
            first = now - first_span(definition).total_seconds()
            entry = await self._ledger.open(definition.key, day, first_since=first, now=now)
        if entry.attempts and await self._was_posted(definition, entry):
            return
        if code := self._outlet.trouble(definition):
            raise DigestRefused(code=code, reason=sentence(code))
        digest = await self._write(definition, entry)
        if digest.silent:
            await self._ledger.skip(entry, NOTHING_NEW, now=self._now())
            log.info("the digest %s for %s has nothing to report, so it isn't posted", definition.key, day)
            return
        await self._post(definition, entry, digest)

    async def settle(self, definition: DigestDefinition, entry: LedgerEntry) -> None:
        """Close a pending row whose time went by: posted after all, or missed."""
        try:
            if entry.attempts and await self._was_posted(definition, entry):
                return
        except DigestRefused as refusal:
            if refusal.facts["code"] != CHANNEL_GONE:  # and with it whatever was posted
                raise
        await self.miss(definition, entry.day)

    async def miss(self, definition: DigestDefinition, day: date) -> None:
        """Note that a day's time went by. Its papers come with the next digest."""
        if await self._ledger.miss(definition.key, day, NOT_RUNNING, now=self._now()):
            entry = await self._ledger.find(definition.key, day)
            log.warning(
                "the digest %s for %s was missed (%s); the next one includes its papers",
                definition.key,
                day,
                entry.reason if entry else NOT_RUNNING,
            )

    async def open_thread(self, definition: DigestDefinition, entry: LedgerEntry) -> None:
        """Open the thread of a posted digest, if it wants one and has none."""
        if not definition.thread or entry.thread is not None or entry.message is None:
            return
        try:
            place = _as_posted(definition, entry)
            thread = await self._outlet.open_thread(place, entry.day, message=entry.message)
        except DigestRefused as refusal:
            log.warning("the digest %s for %s gets no thread: %s", definition.key, entry.day, refusal)
            thread = 0
        await self._ledger.note_thread(entry, thread=thread, now=self._now())

    async def add_late_papers(self, definition: DigestDefinition, entry: LedgerEntry) -> None:
        """Edit the day's post to show what came since, if anything did.

        Weekly and monthly posts stay as they are.
        """
        posted = await self._load_posted_digest(entry) if definition.period == "daily" else None
        if posted is None or entry.message is None:
            return
        now = self._clock()
        digest = await self._writer.with_late(definition, posted, after=entry.until, until=now.timestamp(), now=now)
        if digest_json.fingerprint(digest) == entry.content_hash:
            return
        content = digest_json.dump(digest, channel=_as_posted(definition, entry).channel)
        await self._ledger.owe_edit(entry, content=content, now=now.timestamp())
        await self._edit(definition, entry, digest)

    async def make_owed_edit(self, definition: DigestDefinition, entry: LedgerEntry) -> None:
        """Make the edit that a killed process left owed."""
        digest = await self._load_posted_digest(entry)
        if digest is None or entry.message is None:
            await self._ledger.confirm_edit(entry, content_hash="?", now=self._now())
        else:
            await self._edit(definition, entry, digest)

    async def _edit(self, definition: DigestDefinition, entry: LedgerEntry, digest: Digest) -> None:
        assert entry.message is not None, "only a posted digest is edited"
        try:
            await self._outlet.edit(_as_posted(definition, entry), digest, message=entry.message)
        except DigestRefused as refusal:
            # Deleted by a moderator, for instance: its papers count as shown.
            log.warning("couldn't edit the digest %s for %s: %s", definition.key, entry.day, refusal)
        else:
            log.info("edited the digest %s for %s (papers: %d)", definition.key, entry.day, digest.total)
        await self._ledger.confirm_edit(entry, content_hash=digest_json.fingerprint(digest), now=self._now())

    async def _load_posted_digest(self, entry: LedgerEntry) -> Digest | None:
        """Return what the post shows; None when that isn't known any more."""
        if not entry.content:
            return None
        papers = await self._papers.wanted(keys=digest_json.keys(entry.content))
        return digest_json.load(entry.content, {paper.key: paper for paper in papers})

    async def _write(self, definition: DigestDefinition, entry: LedgerEntry) -> Digest:
        """Return what the row is to show; attempts that follow one another share it, as model calls cost."""
        kept, digest = self._written.get(definition.key, (None, None))
        if digest is not None and kept is not None and (kept.day, kept.until) == (entry.day, entry.until):
            return digest
        digest = await self._writer.write(definition, entry.day, after=entry.since, until=entry.until)
        self._written[definition.key] = entry, digest
        return digest

    async def _post(self, definition: DigestDefinition, entry: LedgerEntry, digest: Digest) -> None:
        await self._ledger.attempt(
            entry,
            content=digest_json.dump(digest, channel=definition.channel),
            content_hash=digest_json.fingerprint(digest),
            now=self._now(),
        )
        try:
            message = await self._outlet.post(definition, digest, nonce=nonce(definition.key, entry.day))
        except DigestRefused:
            if not entry.attempts:  # else one of those before may be out there
                await self._ledger.note_refusal(entry, now=self._now())
            raise
        await self._ledger.confirm(entry, message=message, now=self._now())
        self._written.pop(definition.key, None)
        log.info("posted the digest %s for %s (papers: %d)", definition.key, entry.day, digest.total)

    async def _was_posted(self, definition: DigestDefinition, entry: LedgerEntry) -> bool:
        """Look for the message of an earlier attempt, perhaps of a killed process, and note it."""
        since = datetime.fromtimestamp(entry.until, self._clock().tzinfo)
        place = _as_posted(definition, entry)
        try:
            message = await self._outlet.find(place, entry.day, since=since)
        except DigestRefused as refusal:
            if place.channel == definition.channel:
                raise
            # That may be why it was moved: whatever is there, waiting for it to open again could take for ever.
            log.warning(
                "couldn't search the previous channel of the digest %s for its post. %s", definition.key, refusal
            )
            return False
        if message is None:
            return False
        await self._ledger.confirm(entry, message=message, now=self._now())
        log.info("the digest %s for %s was already posted", definition.key, entry.day)
        return True

    def _now(self) -> float:
        return self._clock().timestamp()


def _as_posted(definition: DigestDefinition, entry: LedgerEntry) -> DigestDefinition:
    """Return the digest as it was when the day's post was sent off: with that channel, as far as it is known."""
    channel = digest_json.channel_of(entry.content) if entry.content else None
    return definition if channel is None else replace(definition, channel=channel)


def nonce(key: str, day: date) -> str:
    """Return the nonce of a digest: 24 characters (Discord takes 25), the same for each attempt."""
    return hashlib.sha256(f"digest {key} {day.isoformat()}".encode()).hexdigest()[:24]
