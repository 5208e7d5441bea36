"""/paper, /search and the lists of papers."""
