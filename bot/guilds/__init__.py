"""Guilds' settings, and who may ask where."""
