"""Benchmarks and evaluations, each a command that prints its figures."""
