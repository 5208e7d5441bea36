"""Keeping the catalogues of translations complete."""
