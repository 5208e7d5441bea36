"""The daily digest by mail."""
