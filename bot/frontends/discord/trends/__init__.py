"""/trends."""
