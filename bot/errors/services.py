"""What Discord, feeds, mail servers and models refuse or fail at, and limits on what they may cost."""

from typing import ClassVar

from bot.errors import PaperbotError
from bot.errors.requests import QuestionError
from bot.i18n.translation import Phrase, phrase


class DiscordError(PaperbotError):
    """Discord can't be reached or refused a call. Facts: `reason`."""

    sentence = "Discord couldn't be reached: {reason}. Check the network and try again."
    exit_code = 69


class TokenRefused(DiscordError):
    """Discord doesn't accept the token."""

    sentence = (
        "Discord rejected DISCORD_TOKEN. Reset the bot's token in Discord's developer portal and put the new "
        "one in .env, without quotes or the word Bot."
    )
    exit_code = 77


class DigestRefused(DiscordError):
    """Discord refuses a digest, its edit or its thread. Facts: `code`, its `reason`."""

    sentence = "{reason}"


class ThreadRefused(PaperbotError):
    """No thread can be opened on a message. Facts: `reason`."""

    sentence = "I can't open a thread here: {reason}. Press Follow up to continue without one."


class PostingFailed(PaperbotError):
    """An admin tests whether the bot can post. Facts: `reason`, such as missing permissions."""

    sentence = "I can't post here: {reason}. Check my permissions in this channel's settings, then try again."
    exit_code = 69


class FeedError(PaperbotError):
    """A feed gave nothing that can be used. `reason` is part of another sentence. Facts: `feed`, `detail`."""

    reason: ClassVar[Phrase] = phrase("the feed failed")
    sentence = "{feed} failed ({detail}). Try again later; papers already stored are kept."
    exit_code = 69


class FeedDown(FeedError):
    """No connection, or 5xx, still after the retries."""

    reason = phrase("the feed is unreachable or failing")
    sentence = (
        "{feed} is unreachable or failing ({detail}). Check the network and try again later; papers already "
        "stored are kept."
    )


class FeedPaused(FeedDown):
    """It failed so often, or asked for so long a wait, that no request is made for a while."""

    reason = phrase("the feed failed and is paused for now")
    sentence = "{feed} is paused for now ({detail}). It will be tried again automatically."


class FeedRefused(FeedError):
    """403, 406, 429 still after the retries, or another 4xx."""

    reason = phrase("the feed refused the request")
    sentence = (
        "{feed} refused the request ({detail}). Wait a few minutes and try again; if it keeps happening, check FEEDS_*."
    )


class FeedLate(FeedError):
    """No complete response in time."""

    reason = phrase("the feed took too long")
    sentence = "{feed} took too long ({detail}). Try again later, or raise FEEDS_REQUEST_SECONDS."


class FeedTooLarge(FeedError):
    """A response longer than the limit."""

    reason = phrase("the feed sent too much data")
    sentence = (
        "{feed} sent too much data ({detail}). Nothing from that response was used; check its address in FEEDS_*."
    )


class FeedMalformed(FeedError):
    """A response that is not what the feed promises, still after the retries."""

    reason = phrase("the feed sent something other than papers")
    sentence = "{feed} sent something other than papers ({detail}). Check its address in FEEDS_*, or try again later."


class FeedsOff(PaperbotError):
    """Papers are to be fetched and no feed is enabled."""

    sentence = "No feed is enabled. Set FEEDS_ENABLED, for example to daily-papers, or name one with --source."
    exit_code = 78


class MailAddressWrong(QuestionError):
    """What was given is no address. It is not repeated: it may be one, mistyped."""

    sentence = "I can't send email to that address. Write it like name@example.org, without a name around it."


class MailCodeWrong(QuestionError):
    """It is not the code that was mailed. Facts: `left`, how many tries are left."""

    sentence = (
        "That isn't the code from my email (tries left: {left}). Copy it from there, or use /email start to get a "
        "new one."
    )


class MailCodeOver(QuestionError):
    """The user has no code: none was requested, it has expired, or it was tried too often. Facts: `minutes`."""

    sentence = (
        "You have no active code: each one lasts {minutes} minutes or five tries. Use /email start to get a new one."
    )


class MailCodesMany(QuestionError):
    """Codes were requested too often. Facts: `hours`, the longest wait until another one is sent."""

    sentence = "Too many codes were requested, by you or for this address. Try again in {hours} hours."


class MailError(PaperbotError):
    """Mail can't be sent. Facts: `reason`, without any address."""

    sentence = "The email wasn't sent: {reason}. An operator can find out more with: paperbot doctor."
    exit_code = 69


class MailNotSetUp(MailError):
    """There is no mail server to send by."""

    sentence = "Email isn't set up here. An operator can set it up with MAIL_HOST and MAIL_FROM."
    exit_code = 78


class MailDown(MailError):
    """The server can't be reached or used now; the mail was not taken. Facts: `reason`."""

    sentence = (
        "The mail server didn't accept the email: {reason}. Try again later; an operator can run paperbot doctor."
    )


class MailLater(MailError):
    """The server does not take this recipient's mail now, and may later. Facts: `reason`."""

    sentence = "The mail server isn't accepting this email right now: {reason}. Try again in an hour."


class MailRefused(MailError):
    """The server refuses this mail for good; another try would be refused as well. Facts: `reason`."""

    sentence = "The mail server rejected this email: {reason}. Check the address, or use another one."


class MailUnsure(MailError):
    """The whole mail was handed over, and no answer came. Facts: `reason`."""

    sentence = "The email may or may not have been sent: {reason}. Check your inbox before you try again."


class BudgetUsed(PaperbotError):
    """A limit of the day is reached. `reason` is part of another sentence. Facts: `whose`, `limit`."""

    sentence = "Used up for today: {whose} ({limit}). Until midnight UTC, answers are extracts."
    exit_code = 69

    @property
    def reason(self) -> Phrase:
        """Why there is no model's answer."""
        return phrase("{whose} is used up until midnight UTC", whose=self.facts["whose"])


class ModelNotSetUp(PaperbotError):
    """A command needs a model, and none is set up."""

    sentence = "No model is set up. Set OPENAI_API_KEY or OPENAI_BASE_URL, then check it with: paperbot doctor."
    exit_code = 78


class ModelError(PaperbotError):
    """The model gave no usable answer. `reason` says why, as part of another sentence. Facts: `detail`."""

    reason: ClassVar[Phrase] = phrase("the model failed")
    sentence = "The model failed ({detail}). Check OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL."
    exit_code = 69


class ModelUnauthorised(ModelError):
    """401 or 403."""

    reason = phrase("the model server rejected the key")
    sentence = "The model server rejected the key ({detail}). Set OPENAI_API_KEY to a valid key for OPENAI_BASE_URL."


class ModelMissing(ModelError):
    """404: the base URL or the model's name is wrong."""

    reason = phrase("the model server doesn't know this model or address")
    sentence = (
        "The model server doesn't know this model or address ({detail}). Check OPENAI_MODEL, and OPENAI_BASE_URL: most "
        "end in /v1."
    )


class ModelBusy(ModelError):
    """429, still after the client's own retries."""

    reason = phrase("the model server's rate limit was reached")
    sentence = (
        "The model server's rate limit was reached ({detail}). Wait until it allows more and ask again, or raise "
        "the limit there."
    )


class ModelQuota(ModelError):
    """402, or the account has nothing left to pay with. No wait mends it, and the server is well."""

    reason = phrase("the account at the model server has no credit left")
    sentence = (
        "The account at the model server has no credit left ({detail}). Add credit or raise its limit there, or set "
        "OPENAI_FALLBACKS."
    )


class ModelFiltered(ModelError):
    """The server's content filter stopped the prompt or the answer."""

    reason = phrase("the model server's content filter stopped the answer")
    sentence = (
        "The model server's content filter stopped the answer ({detail}). Word the question differently, or change the "
        "filter there."
    )


class ModelDeclined(ModelError):
    """The model itself refused to answer, in the field that servers have for that."""

    reason = phrase("the model declined to answer")
    sentence = 'The model declined to answer ("{detail}"). Word the question differently, or set another OPENAI_MODEL.'


class ModelPage(ModelError):
    """A web page came where an answer belongs: a login, a proxy, another server's address."""

    reason = phrase("a web page came in place of the model's answer")
    sentence = (
        "A web page came in place of the model's answer ({detail}). Check OPENAI_BASE_URL, and whether a proxy or a "
        "login stands before it."
    )


class ModelRefused(ModelError):
    """Another 4xx: the server doesn't take this request."""

    reason = phrase("the model server rejected the request")
    sentence = "The model server rejected the request ({detail}). Check OPENAI_MODEL and what this server supports."


class ModelOverflow(ModelRefused):
    """The prompt is longer than what the model takes, known by a 400 or 413."""

    reason = phrase("the sources are too long for the model")
    sentence = (
        "The prompt is too long for the model ({detail}). Lower SEARCH_SOURCES or increase the model's context length."
    )


class ModelDown(ModelError):
    """5xx, or no connection."""

    reason = phrase("the model server is unreachable or failing")
    sentence = "The model server is unreachable or failing ({detail}). Check OPENAI_BASE_URL and the server's log."


class ModelLate(ModelError):
    """No answer within OPENAI_TIMEOUT_SECONDS."""

    reason = phrase("the model took too long")
    sentence = "The model took too long ({detail}). Use a faster model or raise OPENAI_TIMEOUT_SECONDS."


class ModelSilent(ModelError):
    """A stream or an answer without any text."""

    reason = phrase("the model returned no text")
    sentence = "The model returned no text ({detail}). Check that OPENAI_MODEL is a chat model."


class ModelThought(ModelSilent):
    """The limit of tokens was used up before there was any text, also with more room."""

    reason = phrase("the model used up its limit of tokens by thinking")
    sentence = (
        "The model used up its limit of tokens by thinking ({detail}). Raise OPENAI_THINKING_TOKENS, or set "
        "OPENAI_REASONING_EFFORT to low."
    )


class ModelInterrupted(ModelError):
    """The connection broke, or the stream ended, in the middle of the answer."""

    reason = phrase("the model stopped partway through")
    sentence = (
        "The model stopped partway through its answer ({detail}). Ask again; if it keeps happening, check its server."
    )
