"""Definitions of digests for tests."""

from datetime import time
from typing import Any

from bot.store.digests import DigestDefinition


def make_definition(**changes: Any) -> DigestDefinition:
    """Return a definition that lets every paper in, with `changes`."""
    facts: dict[str, Any] = {"key": "1", "guild": "7", "channel": 9, "name": "Morning", "at": time(8)}
    return DigestDefinition(**{**facts, **changes})
