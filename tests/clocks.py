"""Clocks for tests."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2024, 1, 6, 12, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Move on by as much as timedelta's arguments say."""
        self.now += timedelta(**by)

    async def sleep(self, seconds: float) -> None:
        """Sleep by moving on at once."""
        self.move(seconds=seconds)
