"""What users ask for and can't have that way."""

from bot.errors import PaperbotError


class QuestionError(PaperbotError):
    """The question can't be worked on."""

    exit_code = 2


class QuestionEmpty(QuestionError):
    """Nothing is left to look for."""

    sentence = "There's no question yet. Ask something about the papers, for example: what is Stormer?"


class QuestionTooLong(QuestionError):
    """Facts: `length`, `limit`, in characters."""

    sentence = "The question is {length:,} characters long; the limit is {limit:,}. Shorten it and ask again."


class PaperUnknown(QuestionError):
    """A paper was named that isn't there. Facts: `name`, `advice`, a sentence."""

    sentence = "I can't find {name}. {advice}"


class NoPaperNamed(QuestionError):
    """A message was picked for its papers and has none."""

    sentence = (
        "This message doesn't name a paper. I look for arXiv ids and for links to papers on arXiv, Hugging "
        "Face and alphaXiv; choose a message that has one."
    )


class SavedFull(QuestionError):
    """Facts: `limit`, in papers."""

    sentence = "Your list is full ({limit:,} papers). Remove some with /saved, then try again."


class DayUnknown(QuestionError):
    """Facts: `text`, what was given; `example`."""

    sentence = "I don't recognise the date “{text}”. Write it like {example}, or in words, such as yesterday."


class FilterUnknown(QuestionError):
    """Facts: `name`, the option; `text`, what was given; `example`."""

    sentence = "“{text}” doesn't work as the {name}. Try something like {example}, or leave it out."


class SidesWrong(QuestionError):
    """What is to be compared can't be. Facts: `reason`."""

    sentence = "{reason} Name two to five different papers or topics, for example: GPipe, SpikeGPT."


class TopicsWrong(QuestionError):
    """Topics whose papers can't be counted: too many, or without a word that says something. Facts: `most`."""

    sentence = (
        "I can count papers on up to {most} topics, separated by “vs”. Each topic needs a word that not "
        "every paper has, as in “diffusion models vs spiking transformers”."
    )


class ConversationOver(QuestionError):
    """A follow-up to a conversation that is no longer kept. Facts: `hours`."""

    sentence = (
        "This conversation has ended: conversations last {hours:g} hours after the last question. Ask again, "
        "naming the paper or topic."
    )


class ReplyUnreadable(QuestionError):
    """A reply came without its text. Facts: `mention`, how the bot is addressed."""

    sentence = (
        "Discord only lets me read a reply to a command's answer if it mentions me. Reply again, starting with "
        "{mention}."
    )


class RuleWrong(QuestionError):
    """Facts: `text`, what was given; `name`, the rule; `least` and `most`, whole numbers."""

    sentence = (
        "“{text}” doesn't work as the limit “{name}”. Enter a whole number from {least:,} to {most:,}, or "
        "leave the field empty for the operator's default. Nothing was changed."
    )


class DigestWrong(QuestionError):
    """Facts: `text`, what was given; `name`, the option; `example`."""

    sentence = "“{text}” doesn't work as the digest's {name}. Try something like {example}."


class DigestUnknown(QuestionError):
    """Facts: `name`, what was given."""

    sentence = "This server has no digest called “{name}”. Use /digest list to see what there is."


class DigestNameTaken(QuestionError):
    """Facts: `name`."""

    sentence = (
        "This server already has a digest called “{name}”. Choose another name, or change that one with /digest edit."
    )


class DigestsFull(QuestionError):
    """Facts: `limit`."""

    sentence = "This server already has the maximum of {limit} digests. Remove one with /digest remove first."


class DigestOfSettings(QuestionError):
    """A digest of DIGEST_CHANNEL_IDS is to be changed by a command."""

    sentence = (
        "This digest was set up by the bot's operator, in DIGEST_CHANNEL_IDS. Ask them to change it, or create "
        "your own with /digest add."
    )


class DigestChannelUnfit(QuestionError):
    """Facts: `channel`, a mention of it; `reason`."""

    sentence = "I can't post digests in {channel}: {reason}. Fix that, or choose another channel."


class FollowFull(QuestionError):
    """Facts: `limit`, in things that are followed."""

    sentence = "At most {limit:,} things can be followed here. Unfollow something with /following, then try again."


class FollowElsewhere(QuestionError):
    """A channel of a server that the bot is not in, or one that is gone."""

    sentence = (
        "I can't post in that channel: I'm not in its server, or the channel no longer exists. Choose another "
        "channel, or leave it out to get direct messages."
    )


class FollowChannelUnfit(QuestionError):
    """Facts: `channel`, by its name; `permissions`, those that the bot lacks there."""

    sentence = (
        "I can't post in {channel}: I need {permissions} there. Ask an admin to allow that, or choose another channel."
    )


class FollowVague(QuestionError):
    """Facts: `kind`, such as topic."""

    sentence = "That's too general to follow as {kind}. Try more specific words."


class AnswerGone(PaperbotError):
    """An answer is asked about that has expired, was forgotten, or whose papers are gone."""

    sentence = "This answer and its evidence are no longer available. Ask the question again to get a new one."
    exit_code = 66


class ListGone(PaperbotError):
    """A page is asked for of a list that is no longer kept."""

    sentence = "This list is no longer available. Use the command again to get a new one."
    exit_code = 66


class AnswerRunning(PaperbotError):
    """A user asks while an answer of theirs is being written. Facts: `job`, its name."""

    sentence = "I'm still working on your last question. Wait for the answer, or cancel it and ask again."
    exit_code = 75


class AnswerOver(PaperbotError):
    """An answer is to be stopped that is finished, or that ended with a restart."""

    sentence = "This answer has already ended, so there's nothing to cancel. You can ask again."
    exit_code = 66


class NotYours(PaperbotError):
    """Somebody presses what is its asker's alone. Facts: `action`, such as "cancel this answer"."""

    sentence = "Only the user who asked can {action}. Ask the question yourself, or press Follow up."
    exit_code = 77


class AccessRefused(PaperbotError):
    """Somebody may not ask now, or not here. Ids are facts: a front end shows them in its own way."""

    exit_code = 77


class ChannelRefused(AccessRefused):
    """Facts: `channels`, the ids of those that are allowed."""

    sentence = "I don't answer in this channel. Ask in another channel of this server."


class RoleRefused(AccessRefused):
    """Facts: `roles`, the ids of those of which the asker needs one."""

    sentence = "You need a certain role to ask on this server. Ask an admin for it."


class AskedTooSoon(AccessRefused):
    """Facts: `seconds` between two answers, `again_at`, a datetime."""

    sentence = "You can ask again at {again_at:%H:%M:%S} UTC: there's a {seconds:,}-second wait between answers."


class UserAnswersUsed(AccessRefused):
    """Facts: `limit`, answers a day."""

    sentence = "You've used today's answers ({limit:,}); the count resets at 00:00 UTC. Ask again then."


class GuildAnswersUsed(AccessRefused):
    """Facts: `limit`, answers a day."""

    sentence = "This server has used today's answers ({limit:,}); the count resets at 00:00 UTC. Ask again then."
