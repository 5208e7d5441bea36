"""What users ask for and can't have that way."""

from bot.errors.root import PaperbotError


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
