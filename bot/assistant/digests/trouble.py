"""Why a digest was not posted: the codes that the store keeps, and their sentences."""

from bot.translation import Phrase, PhraseList, phrase

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
            "I may not post there: I need {permissions} in that channel. I go on once I have them.",
            permissions=permissions,
        )
    sentences = {
        NOT_RUNNING: phrase("The bot was not running."),
        DISCORD_DOWN: phrase("Discord could not be reached."),
        NOT_WRITTEN: phrase("It could not be written. The log holds the details."),
        NOTHING_NEW: phrase("There was nothing new."),
        CHANNEL_GONE: phrase("The channel is gone. Choose another one with /digest edit."),
        MESSAGE_GONE: phrase("The message was deleted."),
        NO_THREADS: phrase("No thread can be opened there."),
        NO_ACCESS: phrase("I can't see the channel. I go on once I have View Channel there."),
        WRONG_KIND: phrase("That channel can't hold messages. Choose another one with /digest edit."),
    }
    return sentences.get(code) or phrase(code)
