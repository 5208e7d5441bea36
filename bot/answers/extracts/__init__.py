"""Verbatim sentences of abstracts: the mode without a model."""
