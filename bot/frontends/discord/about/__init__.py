"""/help, /status and /privacy."""
