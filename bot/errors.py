"""Every error that a user can meet, and the one place where each is put into a sentence.

    PaperbotError
    ├── SettingsError             a setting has a wrong value                     exit 78
    │   └── TokenMissing          DISCORD_TOKEN is not set                        exit 78
    ├── DiscordError              Discord can't be reached or refuses             exit 69
    │   └── TokenRefused          Discord doesn't accept the token                exit 77
    ├── StoreError                                                                exit 74
    │   ├── StoreUnwritable       the file can't be opened or written
    │   ├── StoreForeign          the file is not a paperbot store
    │   ├── StoreTooNew           written by a newer paperbot
    │   └── StoreEmpty            no papers yet                                   exit 66
    ├── SourceError                                                               exit 65
    │   ├── SourceUnreadable      the file can't be read                          exit 66
    │   └── SourceUnknown         the file is none of the known formats, or broken
    ├── OutputUnwritable          a file can't be written                         exit 73
    ├── PromptError               a prompt file is missing or wrong               exit 78
    ├── QuestionError                                                             exit 2
    │   ├── QuestionEmpty         there is nothing to look for
    │   ├── QuestionTooLong       longer than LIMITS_QUESTION_CHARS
    │   ├── PaperUnknown          a paper is named that the store doesn't hold
    │   ├── NoPaperNamed          a message is to be worked on and names none
    │   ├── SavedFull             a user's list of saved papers has no room
    │   ├── DayUnknown            what should be a day, or a span of them, is none
    │   ├── FilterUnknown         a filter has a value that can't be one
    │   ├── SidesWrong            a comparison of fewer than two or more than five things
    │   ├── ConversationOver      it needs a conversation that has expired
    │   └── ReplyUnreadable       Discord withholds its text
    ├── AnswerGone                an answer is asked about that is no longer kept exit 66
    ├── ListGone              a page is asked for of a list that is no longer kept exit 66
    ├── AnswerRunning             its user is being answered already              exit 75
    ├── AnswerOver                it is to be stopped, and has ended              exit 66
    ├── NotYours                  only its asker may do this                      exit 77
    ├── ThreadRefused             no thread can be opened here                    exit 69
    ├── BudgetUsed                a limit of the day is reached; extracts are shown
    └── ModelError                the model gave no usable answer                 exit 69
        ├── ModelUnauthorised     401 or 403
        ├── ModelMissing          404
        ├── ModelBusy             429
        ├── ModelRefused          another 4xx
        ├── ModelOverflow         the prompt is too long for this model
        ├── ModelDown             5xx, or no connection
        ├── ModelLate             no answer within the deadline
        ├── ModelSilent           an answer without text
        └── ModelInterrupted      the stream ended in the middle

Exit codes are those of sysexits.h where it has one. `str(error)` is the sentence for the user, what is wrong and
what to do next, in English, and `told()` the same in the reader's language. Nothing secret is ever among an error's
facts.
"""

from typing import ClassVar

from bot.translation import Phrase, fill, gettext, phrase


class PaperbotError(Exception):
    """The root. `facts` fill the placeholders of `sentence`."""

    sentence: ClassVar[str] = "Something went wrong inside paperbot. The log holds the details."
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    def told(self) -> str:
        """Return the sentence in the reader's language, with those facts that are phrases or errors."""
        return fill(gettext(self.sentence), self.facts)


class SettingsError(PaperbotError):
    """A setting can't be used. Facts: `problems`."""

    sentence = "The settings can't be used: {problems}. Mend them in the environment or in .env (see .env.example)."
    exit_code = 78


class TokenMissing(SettingsError):
    """The Discord bot is to run and has no token."""

    sentence = (
        "DISCORD_TOKEN is not set. Create an application on Discord's developer portal, reset its bot token there "
        "(README.md says how), and put DISCORD_TOKEN=… into .env."
    )


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


class StoreError(PaperbotError):
    """The store failed. Facts: `path`, `reason`."""

    sentence = "The store {path} failed: {reason}. Check the disk and try again; what was stored before is kept."
    exit_code = 74


class StoreUnwritable(StoreError):
    """The store can't be opened or written. Facts: `path`, `reason`."""

    sentence = (
        "The store {path} can't be opened for writing ({reason}). Set STORE_PATH to a file in a folder that this user "
        "may write."
    )


class StoreForeign(StoreError):
    """The file is something else. Facts: `path`."""

    sentence = "{path} is not a paperbot store. Set STORE_PATH to another file; this one was left as it is."


class StoreTooNew(StoreError):
    """A newer paperbot wrote the store. Facts: `path`, `found`, `known`."""

    sentence = (
        "The store {path} was written by a newer paperbot (schema {found}; this one knows {known}). Update paperbot, "
        "or set STORE_PATH to another file; this one was left as it is."
    )


class StoreEmpty(StoreError):
    """There is nothing to search."""

    sentence = (
        "There are no papers yet. An operator can add some with: paperbot import FILE (or paperbot import --sample for "
        "52 bundled ones)."
    )
    exit_code = 66


class SourceError(PaperbotError):
    """Papers can't be taken from a file. Facts: `path`, `reason`."""

    sentence = "{path} can't be imported: {reason}. Nothing was changed."
    exit_code = 65


class SourceUnreadable(SourceError):
    """The file can't be opened. Facts: `path`, `reason`."""

    sentence = "{path} can't be read ({reason}). Check the name and its permissions."
    exit_code = 66


class SourceUnknown(SourceError):
    """The file is not what it claims, or none of the known formats. Facts: `path`, `reason`."""

    sentence = (
        "{path} can't be imported: {reason}. Give the text of a saved Daily Papers page, the JSON of its API, or JSON "
        "Lines. Nothing was changed."
    )


class OutputUnwritable(PaperbotError):
    """A result can't be kept. Facts: `path`, `reason`."""

    sentence = "{path} can't be written ({reason}). Name a file in a folder that exists and that this user may write."
    exit_code = 73


class PromptError(PaperbotError):
    """A prompt file can't be used. Facts: `path`, `reason`."""

    sentence = "The prompt {path} can't be used: {reason}. Mend the file or restore it from the release."
    exit_code = 78


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


class ThreadRefused(PaperbotError):
    """No thread can be opened on a message. Facts: `reason`."""

    sentence = "No thread can be opened here: {reason}. Press Follow up to go on without one."


class BudgetUsed(PaperbotError):
    """A limit of the day is reached. `reason` stands within another sentence. Facts: `whose`, `limit`."""

    sentence = "Used up until midnight UTC: {whose} ({limit}). Until then answers are extracts."
    exit_code = 69

    @property
    def reason(self) -> Phrase:
        """Why there is no model's answer."""
        return phrase("{whose} is used up until midnight UTC", whose=self.facts["whose"])


class ModelError(PaperbotError):
    """The model gave no usable answer. `reason` says why, to stand within another sentence. Facts: `detail`."""

    reason: ClassVar[Phrase] = phrase("the model failed")
    sentence = "The model failed ({detail}). Check OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL."
    exit_code = 69


class ModelUnauthorised(ModelError):
    """401 or 403."""

    reason = phrase("the model server refuses the key")
    sentence = "The model server refuses the key ({detail}). Set OPENAI_API_KEY to a valid key for OPENAI_BASE_URL."


class ModelMissing(ModelError):
    """404: the base URL or the model's name is wrong."""

    reason = phrase("the model server doesn't know this model or address")
    sentence = "The model server doesn't know this model or address ({detail}). Check OPENAI_MODEL and OPENAI_BASE_URL."


class ModelBusy(ModelError):
    """429, still after the client's own retries."""

    reason = phrase("the model server is over its limit")
    sentence = "The model server is over its limit ({detail}). Wait a minute and ask again, or raise the limit there."


class ModelRefused(ModelError):
    """Another 4xx: the server doesn't take this request."""

    reason = phrase("the model server refuses the request")
    sentence = "The model server refuses the request ({detail}). Check OPENAI_MODEL and what this server supports."


class ModelOverflow(ModelRefused):
    """The prompt is longer than what the model takes, told by a 400 or 413."""

    reason = phrase("the sources are too long for the model")
    sentence = "The prompt is too long for the model ({detail}). Lower SEARCH_SOURCES or raise the model's context."


class ModelDown(ModelError):
    """5xx, or no connection."""

    reason = phrase("the model server can't be reached or is failing")
    sentence = "The model server can't be reached or is failing ({detail}). Check OPENAI_BASE_URL and the server's log."


class ModelLate(ModelError):
    """No answer within OPENAI_TIMEOUT_SECONDS."""

    reason = phrase("the model took too long")
    sentence = "The model took too long ({detail}). Use a faster model or raise OPENAI_TIMEOUT_SECONDS."


class ModelSilent(ModelError):
    """A stream or an answer without any text."""

    reason = phrase("the model answered without text")
    sentence = "The model answered without text ({detail}). Check that OPENAI_MODEL is a chat model."


class ModelInterrupted(ModelError):
    """The connection broke, or the stream ended, in the middle of the answer."""

    reason = phrase("the model stopped in the middle")
    sentence = "The model stopped in the middle of its answer ({detail}). Ask again; if it stays, look at its server."
