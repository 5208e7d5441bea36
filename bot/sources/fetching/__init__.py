"""The HTTP client of all feeds: polite, bounded, and patient with what passes."""
