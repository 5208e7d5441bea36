"""Definitions of digests, feeds in a given state, and the lease of the process that posts, for tests."""

import sqlite3
from contextlib import closing
from datetime import time
from pathlib import Path
from typing import Any

from bot.i18n.translation import phrase
from bot.ingest.freshness import FeedState, Freshness
from bot.store.digests import DigestDefinition


def make_definition(**changes: Any) -> DigestDefinition:
    """Return a definition that lets every paper in, with `changes`."""
    facts: dict[str, Any] = {"key": "1", "guild": "7", "channel": 9, "name": "Morning", "at": time(8)}
    return DigestDefinition(**{**facts, **changes})


def free_lease(store: Path) -> None:
    """Let the lease of a killed process run out, for which nobody wants to wait here."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE leases SET until = 0")


def make_feed_state(freshness: Freshness, sentence: str) -> FeedState:
    """Return how Daily Papers stands."""
    return FeedState(
        feed="daily_papers",
        title="Daily Papers",
        freshness=freshness,
        sentence=phrase(sentence),
        newest=None,
        read_at=None,
    )
