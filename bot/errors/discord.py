"""What Discord refuses."""

from bot.errors.root import PaperbotError


class DiscordError(PaperbotError):
    """Discord can't be reached or refused a call. Facts: `reason`."""

    sentence = "Discord could not be reached: {reason}. Check the network and try again."
    exit_code = 69


class TokenRefused(DiscordError):
    """Discord doesn't accept the token."""

    sentence = (
        "Discord does not accept DISCORD_TOKEN. Reset the bot's token on Discord's developer portal and put the new "
        "one into .env, without quotes or the word Bot."
    )
    exit_code = 77


class DigestRefused(DiscordError):
    """Discord refuses a digest, its edit or its thread. Facts: `code` (see digests/trouble.py) and its `reason`."""

    sentence = "{reason}"


class ThreadRefused(PaperbotError):
    """No thread can be opened on a message. Facts: `reason`."""

    sentence = "No thread can be opened here: {reason}. Press Follow up to go on without one."


class PostingFailed(PaperbotError):
    """An admin tries whether the bot can post. Facts: `reason`, such as the permissions that are missing."""

    sentence = "I can't post here: {reason}. Give me what is missing in this channel's settings, then try again."
    exit_code = 69
