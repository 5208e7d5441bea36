"""/email."""
