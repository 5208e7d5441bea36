"""The BM25 index: segments of postings that are immutable once written."""
