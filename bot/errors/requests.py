"""Requests of users that can't be carried out: as they were made, not any more, or not by this user."""

from bot.errors import PaperbotError


class QuestionError(PaperbotError):
    """The request can't be carried out as it was made."""

    exit_code = 2


class QuestionEmpty(QuestionError):
    """The question has no words to search for."""

    sentence = "There's no question yet. Ask something about the papers, for example: what is Stormer?"


class QuestionTooLong(QuestionError):
    """Facts: `length`, `limit`, in characters."""

    sentence = "The question is {length:,} characters long; the limit is {limit:,}. Shorten it and ask again."


class LinkUnknown(QuestionError):
    """A link was given that is none to a paper. Facts: `link`."""

    sentence = (
        "I can't open {link}: it is no link to a paper that I know. Give a link to arXiv, Hugging Face or alphaXiv, "
        "or the paper's title."
    )


class DatesExclude(QuestionError):
    """Dates in a question leave no day. Facts: `first` and `second`, as they were typed."""

    sentence = "No day is within both “{first}” and “{second}”. Leave one of them out and ask again."


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
    """A user's list of saved papers is full. Facts: `limit`, in papers."""

    sentence = "Your list is full ({limit:,} papers). Remove some with /saved, then try again."


class DayUnknown(QuestionError):
    """A date, or a span of dates, isn't recognised. Facts: `text`, what was given; `example`."""

    sentence = "I don't recognise the date “{text}”. Write it like {example}, or in words, such as yesterday."


class FilterUnknown(QuestionError):
    """A filter has an impossible value. Facts: `name`, the option; `text`, what was given; `example`."""

    sentence = "“{text}” doesn't work as the {name}. Try something like {example}, or leave it out."


class SidesWrong(QuestionError):
    """A comparison needs two to five different things. Facts: `reason`, a sentence."""

    sentence = "{reason} Name two to five different papers or topics, for example: GPipe, SpikeGPT."


class TopicsWrong(QuestionError):
    """Too many topics to count the papers on, or one of words that are everywhere. Facts: `most`."""

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
    """Discord withheld the text of a reply. Facts: `mention`, of the bot."""

    sentence = (
        "Discord only lets me read a reply to a command's answer if it mentions me. Reply again, starting with "
        "{mention}."
    )


class RuleWrong(QuestionError):
    """A server's limit has an impossible value. Facts: `text`, what was given; `name`; `least` and `most`, integers."""

    sentence = (
        "“{text}” doesn't work as the limit “{name}”. Enter a whole number from {least:,} to {most:,}, or "
        "leave the field empty for the operator's default. Nothing was changed."
    )


class DigestWrong(QuestionError):
    """A digest's option has an impossible value. Facts: `text`, what was given; `name`, the option; `example`."""

    sentence = "“{text}” doesn't work as the digest's {name}. Try something like {example}."


class DigestUnknown(QuestionError):
    """The server has no digest of this name. Facts: `name`, what was given."""

    sentence = "This server has no digest called “{name}”. Use /digest list to see what there is."


class DigestNameTaken(QuestionError):
    """The server already has a digest of this name. Facts: `name`."""

    sentence = (
        "This server already has a digest called “{name}”. Choose another name, or change that one with /digest edit."
    )


class DigestsFull(QuestionError):
    """The server has as many digests as it may. Facts: `limit`."""

    sentence = "This server already has the maximum of {limit} digests. Remove one with /digest remove first."


class DigestOfSettings(QuestionError):
    """A command tries to change a digest of DIGEST_CHANNEL_IDS, which is the operator's."""

    sentence = (
        "This digest was set up by the bot's operator, in DIGEST_CHANNEL_IDS. Ask them to change it, or create "
        "your own with /digest add."
    )


class DigestChannelUnfit(QuestionError):
    """The bot can't post a digest in a channel. Facts: `channel`, a mention; `reason`."""

    sentence = "I can't post digests in {channel}: {reason}. Fix that, or choose another channel."


class FollowFull(QuestionError):
    """A user or a channel follows as much as it may. Facts: `limit`."""

    sentence = "At most {limit:,} things can be followed here. Unfollow something with /following, then try again."


class FollowElsewhere(QuestionError):
    """A channel to be notified is in a server without the bot, or no longer exists."""

    sentence = (
        "I can't post in that channel: I'm not in its server, or the channel no longer exists. Choose another "
        "channel, or leave it out to get direct messages."
    )


class FollowChannelUnfit(QuestionError):
    """The bot lacks permissions in the channel to be notified. Facts: `channel`, its name; `permissions`."""

    sentence = (
        "I can't post in {channel}: I need {permissions} there. Ask an admin to allow that, or choose another channel."
    )


class FollowVague(QuestionError):
    """What is to be followed has no word that says something. Facts: `kind`, such as topic."""

    sentence = "That's too general to follow as {kind}. Try more specific words."


class AnswerGone(PaperbotError):
    """An answer has expired, was forgotten, or its papers are gone."""

    sentence = "This answer and its evidence are no longer available. Ask the question again to get a new one."
    exit_code = 66


class ListGone(PaperbotError):
    """A list, of which another page is wanted, is no longer kept."""

    sentence = "This list is no longer available. Use the command again to get a new one."
    exit_code = 66


class AnswerRunning(PaperbotError):
    """A user asks while an answer to them is being written. Facts: `job`, its name."""

    sentence = "I'm still working on your last question. Wait for the answer, or cancel it and ask again."
    exit_code = 75


class AnswerOver(PaperbotError):
    """An answer can't be stopped: it is finished, or it ended with a restart."""

    sentence = "This answer has already ended, so there's nothing to cancel. You can ask again."
    exit_code = 66


class NotYours(PaperbotError):
    """Only the requester may press this button. Facts: `action`, such as "cancel this answer"."""

    sentence = "Only the user who asked can {action}. Ask the question yourself, or press Follow up."
    exit_code = 77


class AccessRefused(PaperbotError):
    """A user may not ask now, or not here. Ids are facts: a front end shows them in its own way."""

    exit_code = 77


class ChannelRefused(AccessRefused):
    """The server takes questions in other channels. Facts: `channels`, the ids of those."""

    sentence = "I don't answer in this channel. Ask in another channel of this server."


class RoleRefused(AccessRefused):
    """The requester has none of the roles needed. Facts: `roles`, their ids."""

    sentence = "You need a certain role to ask on this server. Ask an admin for it."


class AskedTooSoon(AccessRefused):
    """The time between two answers isn't over. Facts: `seconds`, that time; `again_at`, a datetime in UTC."""

    sentence = "You can ask again at {again_at:%H:%M:%S} UTC: there's a {seconds:,}-second wait between answers."


class UserAnswersUsed(AccessRefused):
    """The user has had today's answers. Facts: `limit`, answers a day."""

    sentence = "You've used today's answers ({limit:,}); the count resets at 00:00 UTC. Ask again then."


class GuildAnswersUsed(AccessRefused):
    """The server has had today's answers. Facts: `limit`, answers a day."""

    sentence = "This server has used today's answers ({limit:,}); the count resets at 00:00 UTC. Ask again then."
