"""A loopback server of feeds."""

from tests.fakes.feeds.server import FakeFeeds

__all__ = ["FakeFeeds"]
