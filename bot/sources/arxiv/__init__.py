"""arXiv: its query API, its feeds of new papers, and the snapshot of all its metadata."""
