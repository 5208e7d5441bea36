"""What Discord refuses."""

from typing import ClassVar

from bot.errors import PaperbotError
from bot.errors.requests import QuestionError
from bot.i18n.translation import Phrase, phrase


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
