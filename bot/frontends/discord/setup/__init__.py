"""/setup and /settings."""
