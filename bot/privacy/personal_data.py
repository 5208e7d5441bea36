"""All that is kept of a user, whichever part keeps it: to be handed over, and to be forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.answers.history.archive import AnswerArchive
from bot.store.digests import DigestStore


class HoldsUserData(Protocol):
    """A part that keeps something of users."""

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return what is kept of a user, as values of JSON."""
        ...

    async def forget_user(self, user: str) -> int:
        """Delete what is kept of a user; return how many things."""
        ...


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many answers were deleted, and how many things of each other part, by its name."""

    answers: int
    others: Mapping[str, int]


class PersonalData:
    """What the archive and `others`, each under the noun for one of its things, keep of users.

    `counts` keep what is only counted, which is handed over and forgotten as well, but not told by its number.
    """

    def __init__(
        self,
        *,
        archive: AnswerArchive,
        others: Mapping[str, HoldsUserData],
        counts: Sequence[HoldsUserData] = (),
    ) -> None:
        self._archive = archive
        self._others = others
        self._counts = counts

    async def export(self, user: str) -> list[dict[str, Any]]:
        """Return all that is stored of a user, as values of JSON."""
        told = await self._archive.export(user)
        for part in (*self._others.values(), *self._counts):
            told += await part.export(user)
        return told

    async def forget_user(self, user: str) -> Forgotten:
        """Delete all that is stored of a user, but for today's counts: see AnswerArchive.forget_user."""
        for part in self._counts:
            await part.forget_user(user)
        answers = await self._archive.forget_user(user)
        return Forgotten(answers, {name: await part.forget_user(user) for name, part in self._others.items()})


NOUN = "digest signature"
"""What is kept of a user with a digest: that they set it up. The digest itself is its server's."""


class DigestAuthors:
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
