"""Papers that are named and not in the store."""

from collections.abc import Sequence
from typing import Protocol


class PaperFinder(Protocol):
    """Brings papers into the store."""

    async def find(self, keys: Sequence[str]) -> None:
        """Fetch the papers with these arXiv ids and store those that are found, within seconds. Raises StoreError.

        What can't be had is left out without an error: the store tells what is there.
        """

    async def find_about(self, topic: str) -> bool:
        """Fetch papers on a topic, within seconds; return whether the store got new ones. Raises StoreError."""
