"""Asking, and the answers as members see them."""
