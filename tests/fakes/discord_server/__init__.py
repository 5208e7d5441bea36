"""A Discord on the loopback interface, for tests that run the bot as a real process."""

from .errors import Json
from .interactions import FakeInteraction
from .server import FakeDiscord

__all__ = ["FakeDiscord", "FakeInteraction", "Json"]
