"""Digests: what they are, what they say, and which of them went where."""

from dataclasses import dataclass

from bot.assistant.digests.definitions import DigestDefinitions
from bot.assistant.digests.sentences import DigestSentences
from bot.assistant.digests.stored_changes import StoredChanges
from bot.assistant.digests.writer import DigestParts, DigestWriter
from bot.assistant.writing.writer import Writer
from bot.clock import Clock
from bot.config import Settings
from bot.ingest.feeds import Feeds
from bot.search.searcher import Searcher
from bot.store.database import Database
from bot.store.digest_contents import DigestContents
from bot.store.digests import DigestStore
from bot.store.feedback import FeedbackStore
from bot.store.leases import Lease
from bot.store.ledger import DigestLedger
from bot.store.papers import SqlitePaperStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """All of it; `lease` is held by the one process that posts."""

    writer: DigestWriter
    store: DigestStore
    contents: DigestContents
    definitions: DigestDefinitions
    ledger: DigestLedger
    lease: Lease


def make_digests(
    settings: Settings,
    *,
    database: Database,
    papers: SqlitePaperStore,
    searcher: Searcher,
    writer: Writer | None,
    feedback: FeedbackStore,
    feeds: Feeds,
    clock: Clock,
) -> Digests:
    """Put it together; without a `writer`, sentences are the abstracts'."""
    store, contents = DigestStore(database=database), DigestContents(database=database)
    lease = Lease(database=database, name="digests", clock=clock)
    return Digests(
        writer=DigestWriter(
            papers=papers,
            searcher=searcher,
            sentences=DigestSentences(writer=writer) if writer else None,
            parts=DigestParts(told=contents, thumbs=feedback, feeds=feeds, changes=StoredChanges(papers=papers)),
        ),
        store=store,
        contents=contents,
        definitions=DigestDefinitions(store=store, defaults=settings.digest),
        ledger=DigestLedger(database=database, lease=lease),
        lease=lease,
    )
