"""paperbot: a Discord assistant for recent papers that people can trust."""

__version__ = "0.1.0"
