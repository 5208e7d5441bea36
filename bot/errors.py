"""Every error that a user can meet, and the one place where each is put into a sentence.

    PaperbotError
    ├── SettingsError             a setting has a wrong value                     exit 78
    │   ├── TokenMissing          DISCORD_TOKEN is not set                        exit 78
    │   └── IntentRefused         Discord doesn't let the bot read all messages   exit 78
    ├── DiscordError              Discord can't be reached or refuses             exit 69
    │   ├── TokenRefused          Discord doesn't accept the token                exit 77
    │   └── DigestRefused         Discord refuses a digest until somebody mends what is wrong
    ├── StoreError                                                                exit 74
    │   ├── StoreUnwritable       the file can't be opened or written
    │   ├── StoreForeign          the file is not a paperbot store
    │   ├── StoreTooNew           written by a newer paperbot
    │   ├── LeaseLost             another process has taken over
    │   └── StoreEmpty            no papers yet                                   exit 66
    ├── SourceError                                                               exit 65
    │   ├── SourceUnreadable      the file can't be read                          exit 66
    │   ├── SourceUnknown         the file is none of the known formats, or broken
    │   └── SourceBroken          a long file breaks off after some of it is stored
    ├── FeedError                 a feed gave nothing that can be used            exit 69
    │   ├── FeedDown              no connection, or 5xx
    │   │   └── FeedPaused        it failed often, so it is left alone for a while
    │   ├── FeedRefused           403, 406, 429 and other 4xx
    │   ├── FeedLate              no whole answer in time
    │   ├── FeedTooLarge          an answer longer than what is taken
    │   └── FeedMalformed         an answer that is not what the feed promises
    ├── FeedsOff                  papers are to be fetched and no feed is on      exit 78
    ├── OutputUnwritable          a file can't be written                         exit 73
    ├── PromptError               a prompt file is missing or wrong               exit 78
    ├── QuestionError                                                             exit 2
    │   ├── QuestionEmpty         there is nothing to look for
    │   ├── QuestionTooLong       longer than LIMITS_QUESTION_CHARS
    │   ├── PaperUnknown          a paper is named that the store doesn't hold
    │   ├── NoPaperNamed          a message is to be worked on and names none
    │   ├── SavedFull             a user's list of saved papers has no room
    │   ├── FollowFull            a member or a channel follows as much as it may
    │   ├── FollowElsewhere       a channel is named where the bot can't post
    │   ├── FollowVague           nothing can be compared with what is to be followed
    │   ├── MailAddressWrong      it can't be an address
    │   ├── MailCodeWrong         it is not the code that was mailed
    │   ├── MailCodeOver          there is no code, or no longer
    │   ├── MailCodesMany         codes were asked for too often
    │   ├── DayUnknown            what should be a day, or a span of them, is none
    │   ├── FilterUnknown         a filter has a value that can't be one
    │   ├── DigestWrong           a digest is to have a value that can't be one
    │   ├── DigestUnknown         a digest is named that the server doesn't have
    │   ├── DigestNameTaken       the server has a digest of this name
    │   ├── DigestsFull           the server has as many digests as it may
    │   ├── DigestOfSettings      it is the operator's, and can't be changed by commands
    │   ├── DigestChannelUnfit    the bot may not post there
    │   ├── SidesWrong            a comparison of fewer than two or more than five things
    │   ├── TopicsWrong           no topic to count the papers of, or too many
    │   ├── ConversationOver      it needs a conversation that has expired
    │   ├── ReplyUnreadable       Discord withholds its text
    │   └── RuleWrong             a rule of a guild has a value that can't be one
    ├── AnswerGone                an answer is asked about that is no longer kept exit 66
    ├── ListGone              a page is asked for of a list that is no longer kept exit 66
    ├── AnswerRunning             its user is being answered already              exit 75
    ├── AnswerOver                it is to be stopped, and has ended              exit 66
    ├── NotYours                  only its asker may do this                      exit 77
    ├── ThreadRefused             no thread can be opened here                    exit 69
    ├── PostingFailed             a message can't be posted where an admin tries  exit 69
    ├── HouseRefusal              the rules of a guild or of the operator         exit 77
    │   ├── ChannelRefused        questions go to other channels
    │   ├── RoleRefused           the asker has none of the roles
    │   ├── AskedTooSoon          the time between two answers isn't over
    │   ├── UserAnswersUsed       the user's answers of the day are used
    │   └── GuildAnswersUsed      the guild's answers of the day are used
    ├── MailError                 mail can't be sent                              exit 69
    │   ├── MailNotSetUp          no MAIL_HOST or MAIL_FROM                       exit 78
    │   ├── MailDown              no connection, no TLS, no login, or no mail taken from this sender
    │   ├── MailLater             the server does not take this recipient's mail now
    │   ├── MailRefused           the server refuses this recipient for good
    │   └── MailUnsure            the connection broke when the mail may have been taken
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


class IntentRefused(SettingsError):
    """Discord doesn't let the bot read all messages."""

    sentence = (
        "Discord refuses what DISCORD_MESSAGE_CONTENT=true asks for. Switch Message Content Intent on, on the bot's "
        "page in the developer portal, or set DISCORD_MESSAGE_CONTENT=false."
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


class DigestRefused(DiscordError):
    """Discord refuses a digest, its edit or its thread. Facts: `code` (see digests/trouble.py) and its `reason`."""

    sentence = "{reason}"


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


class LeaseLost(StoreError):
    """Another process on this store does this work now. Facts: `name`."""

    sentence = "Another paperbot on this store has taken over {name}. This one goes on when that one ends."


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
        "{path} can't be imported: {reason}. Give the text of a saved Daily Papers page, the JSON of its API, arXiv's "
        "Atom, or JSON Lines. Nothing was changed."
    )


class SourceBroken(SourceError):
    """A long file breaks off or is damaged after some of it is stored. Facts: `path`, `line`, `reason`."""

    sentence = (
        "{path} can't be read beyond line {line:,} ({reason}). What stands before is stored; import the file again "
        "once it is whole."
    )


class FeedError(PaperbotError):
    """A feed gave nothing that can be used. `reason` stands within another sentence. Facts: `feed`, `detail`."""

    reason: ClassVar[Phrase] = phrase("the feed failed")
    sentence = "{feed} failed ({detail}). Try again later; what was stored before is kept."
    exit_code = 69


class FeedDown(FeedError):
    """No connection, or 5xx, still after the retries."""

    reason = phrase("the feed can't be reached or is failing")
    sentence = (
        "{feed} can't be reached or is failing ({detail}). Check the network and try again later; what was stored "
        "before is kept."
    )


class FeedPaused(FeedDown):
    """It failed so often, or asked for so long a wait, that it is left alone for a while."""

    reason = phrase("the feed failed and is left alone for a while")
    sentence = "{feed} is left alone for a while ({detail}). It is asked again by itself after that."


class FeedRefused(FeedError):
    """403, 406, 429 still after the retries, or another 4xx."""

    reason = phrase("the feed refuses the request")
    sentence = "{feed} refuses the request ({detail}). Wait some minutes and try again; if it stays, check FEEDS_*."


class FeedLate(FeedError):
    """No whole answer in time."""

    reason = phrase("the feed took too long")
    sentence = "{feed} took too long ({detail}). Try again later, or raise FEEDS_REQUEST_SECONDS."


class FeedTooLarge(FeedError):
    """An answer longer than what is taken."""

    reason = phrase("the feed sent more than is taken")
    sentence = (
        "{feed} sent more than is taken ({detail}). Nothing of that answer was used; check its address in FEEDS_*."
    )


class FeedMalformed(FeedError):
    """An answer that is not what the feed promises, still after the retries."""

    reason = phrase("the feed sent something else than papers")
    sentence = "{feed} sent something else than papers ({detail}). Check its address in FEEDS_*, or try again later."


class FeedsOff(PaperbotError):
    """Papers are to be fetched and no feed is on."""

    sentence = "No feed is on. Set FEEDS_ENABLED, for example to daily-papers, or name one with --source."
    exit_code = 78


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


class MailAddressWrong(QuestionError):
    """What was given is no address. It is not repeated: it may be one, mistyped."""

    sentence = "That is no mail address that I can write to. Give it like name@example.org, without a name around it."


class MailCodeWrong(QuestionError):
    """Facts: `left`, how many tries are left."""

    sentence = "That is not the code in my mail ({left} tries left). Copy it from there, or use /email start again."


class MailCodeOver(QuestionError):
    """No code is waited for: none was asked for, it has expired, or it was tried too often. Facts: `minutes`."""

    sentence = "No code is waiting for you: one lasts for {minutes} minutes and five tries. Use /email start again."


class MailCodesMany(QuestionError):
    """Facts: `hours`, how long it takes at the most until another one is sent."""

    sentence = "Too many codes were asked for, by you or for this address. Try again in {hours} hours."


class DayUnknown(QuestionError):
    """Facts: `text`, what was given; `example`."""

    sentence = "“{text}” is no day that I know. Write it like {example}, or say it in words, such as yesterday."


class FilterUnknown(QuestionError):
    """Facts: `name`, the option; `text`, what was given; `example`."""

    sentence = "“{text}” can't be the {name}. Give it like {example}, or leave it out."


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


class PostingFailed(PaperbotError):
    """An admin tries whether the bot can post. Facts: `reason`, such as the permissions that are missing."""

    sentence = "I can't post here: {reason}. Give me what is missing in this channel's settings, then try again."
    exit_code = 69


class HouseRefusal(PaperbotError):
    """Somebody may not ask now, or not here. Ids are facts: a front end shows them in its own way."""

    exit_code = 77


class ChannelRefused(HouseRefusal):
    """Facts: `channels`, the ids of those that are allowed."""

    sentence = "I answer in other channels of this server. Ask there."


class RoleRefused(HouseRefusal):
    """Facts: `roles`, the ids of those of which the asker needs one."""

    sentence = "On this server I answer only members with certain roles. Ask an admin for one."


class AskedTooSoon(HouseRefusal):
    """Facts: `seconds` between two answers, `again_at`, a datetime."""

    sentence = "You may ask again at {again_at:%H:%M:%S} UTC: there are {seconds:,} seconds between two answers."


class UserAnswersUsed(HouseRefusal):
    """Facts: `limit`, answers a day."""

    sentence = "Your answers of today are used ({limit:,}); the count starts anew at 00:00 UTC. Ask again then."


class GuildAnswersUsed(HouseRefusal):
    """Facts: `limit`, answers a day."""

    sentence = (
        "This server's answers of today are used ({limit:,}); the count starts anew at 00:00 UTC. Ask again then."
    )


class MailError(PaperbotError):
    """Mail can't be sent. Facts: `reason`, without any address."""

    sentence = "The mail was not sent: {reason}. An operator finds out more with: paperbot doctor."
    exit_code = 69


class MailNotSetUp(MailError):
    """There is no mail server to send by."""

    sentence = "Mail is not set up here. An operator can do it with the settings MAIL_HOST and MAIL_FROM."
    exit_code = 78


class MailDown(MailError):
    """The server can't be reached or used now; the mail was not taken. Facts: `reason`."""

    sentence = "The mail server did not take the mail: {reason}. Try again later; an operator can run paperbot doctor."


class MailLater(MailError):
    """The server does not take this recipient's mail now, and may later. Facts: `reason`."""

    sentence = "The mail server does not take this mail now: {reason}. Try again in an hour."


class MailRefused(MailError):
    """The server refuses this mail for good; another try would be refused as well. Facts: `reason`."""

    sentence = "The mail server refuses this mail: {reason}. Check the address, or use another one."


class MailUnsure(MailError):
    """The whole mail was handed over, and no answer came. Facts: `reason`."""

    sentence = "The mail may or may not have been sent: {reason}. Look into your inbox before you try again."


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
