"""Digests that can't be set up that way."""

from bot.errors.questions import QuestionError


class DigestWrong(QuestionError):
    """Facts: `text`, what was given; `name`, the option; `example`."""

    sentence = "“{text}” can't be the {name} of a digest. Give it like {example}."


class DigestUnknown(QuestionError):
    """Facts: `name`, what was given."""

    sentence = "This server has no digest called “{name}”. /digest list shows those that there are."


class DigestNameTaken(QuestionError):
    """Facts: `name`."""

    sentence = (
        "This server has a digest called “{name}” already. Take another name, or change that one with /digest edit."
    )


class DigestsFull(QuestionError):
    """Facts: `limit`."""

    sentence = "This server has {limit} digests, and may have no more. Remove one with /digest remove first."


class DigestOfSettings(QuestionError):
    """A digest of DIGEST_CHANNEL_IDS is to be changed by a command."""

    sentence = (
        "This digest is set up by the bot's operator, in DIGEST_CHANNEL_IDS. Ask them to change it, or make your own "
        "with /digest add."
    )


class DigestChannelUnfit(QuestionError):
    """Facts: `channel`, a mention of it; `reason`."""

    sentence = "I can't post digests in {channel}: {reason}. Mend that, or take another channel."
