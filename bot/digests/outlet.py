"""Where digests are posted, as the core sees it."""

from datetime import date, datetime
from typing import Protocol

from bot.digests.digest import Digest
from bot.i18n.translation import Phrase, PhraseList, phrase
from bot.store.digests import DigestDefinition


class DigestOutlet(Protocol):
    """A place with channels.

    What asks Discord raises DigestRefused when it refuses for good, until somebody fixes something there; whatever else
    is raised may pass by itself. After an exception of `post` other than DigestRefused a message may be out there.
    """

    async def locale(self, definition: DigestDefinition) -> str:
        """Return the code of the language that the digest is written in there."""

    def trouble(self, definition: DigestDefinition) -> str | None:
        """Return why the digest can't be posted as far as is known without asking: one of the codes below."""

    async def post(self, definition: DigestDefinition, digest: Digest, *, nonce: str) -> int:
        """Post and return the message's id. The same nonce within minutes gives the first message again."""

    async def find(self, definition: DigestDefinition, day: date, *, since: datetime) -> int | None:
        """Return the id of the message with this day's digest, posted since then, or None."""

    async def edit(self, definition: DigestDefinition, digest: Digest, *, message: int) -> None:
        """Show the digest as it is now."""

    async def open_thread(self, definition: DigestDefinition, day: date, *, message: int) -> int:
        """Open the thread at a message, unless there is one, and return its id."""


# Codes, as they are stored, for why a digest wasn't posted; `sentence` has the words for them.
NOT_RUNNING = "not running"
DISCORD_DOWN = "discord down"
NOT_WRITTEN = "not written"
NOTHING_NEW = "nothing new"
CHANNEL_GONE = "channel gone"
NO_ACCESS = "no access"
MESSAGE_GONE = "message gone"
NO_THREADS = "no threads"
WRONG_KIND = "wrong kind"
_MISSING = "missing: "


def missing(*permissions: str) -> str:
    """Return the code of permissions that the bot lacks, by their names in Discord's settings."""
    return _MISSING + ", ".join(permissions)


def sentence(code: str) -> Phrase:
    """Return what a code says to members: what is wrong and, where they can do something, what."""
    if code.startswith(_MISSING):
        permissions = PhraseList(phrase(name) for name in code.removeprefix(_MISSING).split(", "))
        return phrase(
            "I need {permissions} in that channel to post. I'll resume once that's fixed.",
            permissions=permissions,
        )
    sentences = {
        NOT_RUNNING: phrase("The bot wasn't running."),
        DISCORD_DOWN: phrase("Discord couldn't be reached."),
        NOT_WRITTEN: phrase("The digest couldn't be written. The details are in the log."),
        NOTHING_NEW: phrase("There was nothing new."),
        CHANNEL_GONE: phrase("The channel no longer exists. Choose another with /digest edit."),
        MESSAGE_GONE: phrase("The message was deleted."),
        NO_THREADS: phrase("I can't open a thread there."),
        NO_ACCESS: phrase("I can't see the channel. I'll resume once I have View Channel there."),
        WRONG_KIND: phrase("I can't post in that kind of channel. Choose another with /digest edit."),
    }
    return sentences.get(code) or phrase(code)
