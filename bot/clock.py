"""The clock that parts read, so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)
