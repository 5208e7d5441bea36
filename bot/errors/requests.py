"""What users ask for and can't have that way."""

from bot.errors import PaperbotError


class QuestionError(PaperbotError):
    """The question can't be worked on."""

    exit_code = 2


class QuestionEmpty(QuestionError):
    """Nothing is left to look for."""

    sentence = "There is no question yet. Ask something about the papers, for example: what is Stormer?"


class QuestionTooLong(QuestionError):
    """Facts: `length`, `limit`, in characters."""

    sentence = "The question has {length:,} characters; the limit is {limit:,}. Ask it in fewer words."


class PaperUnknown(QuestionError):
    """A paper was named that isn't there. Facts: `name`, `advice`, a sentence."""

    sentence = "The store doesn't hold {name}. {advice}"


class NoPaperNamed(QuestionError):
    """A message was picked for its papers and has none."""

    sentence = (
        "This message names no paper. I look for links to papers on arXiv, Hugging Face and alphaXiv, and for arXiv "
        "ids; pick a message that has some."
    )


class SavedFull(QuestionError):
    """Facts: `limit`, in papers."""

    sentence = "Your list is full: it holds {limit:,} papers. Remove some with /saved, then save this one again."


class DayUnknown(QuestionError):
    """Facts: `text`, what was given; `example`."""

    sentence = "“{text}” is no day that I know. Write it like {example}, or say it in words, such as yesterday."


class FilterUnknown(QuestionError):
    """Facts: `name`, the option; `text`, what was given; `example`."""

    sentence = "“{text}” can't be the {name}. Give it like {example}, or leave it out."


class SidesWrong(QuestionError):
    """What is to be compared can't be. Facts: `reason`."""

    sentence = "{reason} Name two to five different papers or topics, for example: GPipe, SpikeGPT."


class TopicsWrong(QuestionError):
    """Topics whose papers can't be counted: too many, or without a word that says something. Facts: `most`."""

    sentence = (
        "I can count the papers of one to {most} topics, with “vs” between them. Each needs a word that not every "
        "paper has, such as “diffusion models vs spiking transformers”."
    )


class ConversationOver(QuestionError):
    """A follow-up to a conversation that is no longer kept. Facts: `hours`."""

    sentence = (
        "This conversation has ended: one is kept for {hours:g} hours after its last question. Ask again, and name the "
        "paper or the topic."
    )


class ReplyUnreadable(QuestionError):
    """A reply came without its text. Facts: `mention`, how the bot is addressed."""

    sentence = (
        "Discord lets me read a reply to the answer of a command only when it mentions me. Reply again, and begin with "
        "{mention}."
    )


class RuleWrong(QuestionError):
    """Facts: `text`, what was given; `name`, the rule; `least` and `most`, whole numbers."""

    sentence = (
        "“{text}” can't be the limit “{name}”. Give a whole number from {least:,} to {most:,}, or leave the field "
        "empty for the operator's default. Nothing was changed."
    )


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


class AnswerGone(PaperbotError):
    """An answer is asked about that has expired, was forgotten, or whose papers are gone."""

    sentence = "This answer is no longer kept, and its evidence with it. Ask the question again to get a new one."
    exit_code = 66


class ListGone(PaperbotError):
    """A page is asked for of a list that is no longer kept."""

    sentence = "This list is no longer kept, and its other pages with it. Give the command again to get a new one."
    exit_code = 66


class AnswerRunning(PaperbotError):
    """A user asks while an answer of theirs is being written. Facts: `job`, its name."""

    sentence = "I am still at your last question. Wait for its answer, or cancel it and ask again."
    exit_code = 75


class AnswerOver(PaperbotError):
    """An answer is to be stopped that is finished, or that ended with a restart."""

    sentence = "There is nothing left to cancel: this answer has ended. You can ask again."
    exit_code = 66


class NotYours(PaperbotError):
    """Somebody presses what is its asker's alone. Facts: `action`, such as "cancel this answer"."""

    sentence = "Only who asked can {action}. Ask the question yourself, or press Follow up."
    exit_code = 77


class AccessRefused(PaperbotError):
    """Somebody may not ask now, or not here. Ids are facts: a front end shows them in its own way."""

    exit_code = 77


class ChannelRefused(AccessRefused):
    """Facts: `channels`, the ids of those that are allowed."""

    sentence = "I answer in other channels of this server. Ask there."


class RoleRefused(AccessRefused):
    """Facts: `roles`, the ids of those of which the asker needs one."""

    sentence = "On this server I answer only members with certain roles. Ask an admin for one."


class AskedTooSoon(AccessRefused):
    """Facts: `seconds` between two answers, `again_at`, a datetime."""

    sentence = "You may ask again at {again_at:%H:%M:%S} UTC: there are {seconds:,} seconds between two answers."


class UserAnswersUsed(AccessRefused):
    """Facts: `limit`, answers a day."""

    sentence = "Your answers of today are used ({limit:,}); the count starts anew at 00:00 UTC. Ask again then."


class GuildAnswersUsed(AccessRefused):
    """Facts: `limit`, answers a day."""

    sentence = (
        "This server's answers of today are used ({limit:,}); the count starts anew at 00:00 UTC. Ask again then."
    )
