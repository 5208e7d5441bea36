"""Where digests are posted, as the core sees it."""

from datetime import date, datetime
from typing import Protocol

from bot.assistant.digests.digest import Digest
from bot.store.digests import DigestDefinition


class Outlet(Protocol):
    """A place with channels.

    What asks Discord raises DigestRefused when it refuses for good, until somebody mends something there; whatever else
    is raised may pass by itself. After an exception of `post` other than DigestRefused a message may be out there.
    """

    async def locale(self, definition: DigestDefinition) -> str:
        """Return the code of the language that the digest is written in there."""

    def trouble(self, definition: DigestDefinition) -> str | None:
        """Return why the digest can't be posted as far as is known without asking: a code of `trouble.py`."""

    async def post(self, definition: DigestDefinition, digest: Digest, *, nonce: str) -> int:
        """Post and return the message's id. The same nonce within minutes gives the first message again."""

    async def find(self, definition: DigestDefinition, day: date, *, since: datetime) -> int | None:
        """Return the id of the message with this day's digest, posted since then, or None."""

    async def edit(self, definition: DigestDefinition, digest: Digest, *, message: int) -> None:
        """Show the digest as it is now."""

    async def open_thread(self, definition: DigestDefinition, day: date, *, message: int) -> int:
        """Open the thread at a message, unless there is one, and return its id."""
