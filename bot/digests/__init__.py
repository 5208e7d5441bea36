"""The daily summary: written, due, delivered."""
