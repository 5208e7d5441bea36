"""A model that fails, and budgets that are used."""

from typing import ClassVar

from bot.errors.root import PaperbotError
from bot.translation import Phrase, phrase


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
