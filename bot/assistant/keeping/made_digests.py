"""Which digests a user set up: handed over with all that is kept of them, and nobody's once they are forgotten."""

from typing import Any

from bot.store.digests import DigestStore

NOUN = "digest signature"
"""What is kept of a user with a digest: that they set it up. The digest itself is its server's."""


class MadeDigests:
    """What definitions of digests hold of users."""

    def __init__(self, *, store: DigestStore) -> None:
        self._store = store

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return the digests that a user set up, as values of JSON."""
        return [
            {"what": NOUN, "server": definition.guild, "channel": str(definition.channel), "name": definition.name}
            for definition in await self._store.of_user(user)
        ]

    async def forget_user(self, user: str) -> int:
        """Forget that a user set digests up; return how many."""
        return await self._store.forget_user(user)
