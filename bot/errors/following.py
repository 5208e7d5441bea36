"""What can't be followed."""

from bot.errors.questions import QuestionError


class FollowFull(QuestionError):
    """Facts: `limit`, in things that are followed."""

    sentence = "No more than {limit:,} things can be followed here. Remove some with /following, then try again."


class FollowElsewhere(QuestionError):
    """A channel of a server that the bot is not in, or one that is gone."""

    sentence = "I can't post in that channel: I am not in its server, or it is gone. Leave the channel out to be told."


class FollowChannelUnfit(QuestionError):
    """Facts: `channel`, by its name; `permissions`, those that the bot lacks there."""

    sentence = "I can't post in {channel}: I lack {permissions} there. Ask an admin for that, or take another channel."


class FollowVague(QuestionError):
    """Facts: `kind`, such as topic."""

    sentence = "This says too little to follow as {kind}: such words stand everywhere. Write it in other words."
