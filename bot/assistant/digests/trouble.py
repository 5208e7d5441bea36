"""Why a digest was not posted: the codes that the store keeps, and their sentences."""

from bot.translation import gettext

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


def sentence(code: str) -> str:
    """Return what a code says to members: what is wrong and, where they can do something, what."""
    if code.startswith(_MISSING):
        said = gettext("I may not post there: I need {permissions} in that channel. I go on once I have them.")
        return said.format(permissions=code.removeprefix(_MISSING))
    sentences = {
        NOT_RUNNING: gettext("The bot was not running."),
        DISCORD_DOWN: gettext("Discord could not be reached."),
        NOT_WRITTEN: gettext("It could not be written. The log holds the details."),
        NOTHING_NEW: gettext("There was nothing new."),
        CHANNEL_GONE: gettext("The channel is gone. Choose another one with /digest edit."),
        MESSAGE_GONE: gettext("The message was deleted."),
        NO_THREADS: gettext("No thread can be opened there."),
        NO_ACCESS: gettext("I can't see the channel. I go on once I have View Channel there."),
        WRONG_KIND: gettext("That channel can't hold messages. Choose another one with /digest edit."),
    }
    return sentences.get(code, code)
