"""What becomes of an answer whose place is deleted while it is written: nobody is left to read it."""

import discord

_UNKNOWN_CHANNEL = 10003
_UNKNOWN_MESSAGE = 10008
_INVALID_FORM = 50035


class MessageGone(Exception):
    """The message, the one that it replies to, or the channel of both was deleted."""


def gone(error: discord.HTTPException) -> bool:
    """Return whether Discord refuses a message since its place was deleted.

    A reply to a deleted message is refused as a form with a wrong reference. See
    https://discord.com/developers/docs/topics/opcodes-and-status-codes#json.
    """
    if error.code == _INVALID_FORM:
        return "message_reference" in error.text
    return error.code in {_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE}
