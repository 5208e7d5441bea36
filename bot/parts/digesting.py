"""Digests: what they are, what they say, and which of them went where."""

from dataclasses import dataclass

from bot.assistant.digests.definitions import DigestDefinitions
from bot.assistant.digests.sentences import DigestSentences
from bot.assistant.digests.stored_changes import StoredChanges
from bot.assistant.digests.writer import DigestParts, DigestWriter
from bot.assistant.writing.writer import Writer
from bot.ingest.feeds import Feeds
from bot.parts.ground import Ground
from bot.store.digest_contents import DigestContents
from bot.store.digests import DigestStore
from bot.store.feedback import FeedbackStore
from bot.store.leases import Lease
from bot.store.ledger import DigestLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """All of it; `lease` is held by the one process that posts."""

    writer: DigestWriter
    store: DigestStore
    contents: DigestContents
    definitions: DigestDefinitions
    ledger: DigestLedger
    lease: Lease


def make_digests(ground: Ground, *, writer: Writer | None, feedback: FeedbackStore, feeds: Feeds) -> Digests:
    """Put it together; without a `writer`, sentences are the abstracts'."""
    store, contents = DigestStore(database=ground.database), DigestContents(database=ground.database)
    lease = Lease(database=ground.database, name="digests", clock=ground.clock)
    return Digests(
        writer=DigestWriter(
            papers=ground.papers,
            searcher=ground.searcher,
            sentences=DigestSentences(writer=writer) if writer else None,
            parts=DigestParts(told=contents, thumbs=feedback, feeds=feeds, changes=StoredChanges(papers=ground.papers)),
        ),
        store=store,
        contents=contents,
        definitions=DigestDefinitions(store=store, defaults=ground.settings.digest),
        ledger=DigestLedger(database=ground.database, lease=lease),
        lease=lease,
    )
