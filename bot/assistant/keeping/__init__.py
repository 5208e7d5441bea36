"""Kept answers and conversations."""
