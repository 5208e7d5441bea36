"""Answers, results and digests in a terminal."""
