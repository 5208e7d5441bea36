"""Cutting long runs of things into batches."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def batched(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Yield the items, `size` at a time, without holding more of them (itertools has this from Python 3.12 on)."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch
