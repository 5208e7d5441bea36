"""Benchmarks run as programs do: what they turn off is on again for the test after them."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    """Turn logging on again, which some benchmarks turn off for their own process."""
    yield
    logging.disable(logging.NOTSET)
