"""The settings of the services that paperbot talks to: Discord, models, feeds and the mail server."""

import json
import re
from email.utils import parseaddr
from typing import Annotated, Any, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import NoDecode

from bot.arxiv_categories import category_name, is_divided


class DiscordSettings(BaseModel):
    """DISCORD_*: the connection to Discord."""

    token: SecretStr | None = Field(
        None,
        description="The bot's token from Discord's developer portal. The only setting that `paperbot run` requires.",
    )
    message_content: bool = Field(
        False,
        description="Whether to read all messages in channels the bot can see, for channel memory and for its threads. "
        "Needs Message Content Intent turned on in the developer portal.",
    )
    api_url: str = Field(
        "https://discord.com/api/v10", description="Address of Discord's REST API. Only tests need to change it."
    )
    gateway_url: str = Field(
        "wss://gateway.discord.gg/", description="Address of Discord's gateway, used until Discord gives another."
    )

    @field_validator("token")
    @classmethod
    def _one_word(cls, value: SecretStr | None) -> SecretStr | None:
        # It goes into a header, where a line break or a blank within it would fail as a bug of ours.
        if value is not None and not re.fullmatch(r"[!-~]+", value.get_secret_value().strip()):
            raise ValueError("must be one word of Latin letters, digits and symbols, as shown in the developer portal")
        return value

    @field_validator("api_url", "gateway_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not re.fullmatch(r"(?:https?|wss?)://[^\s/?#@]+(?:/\S*)?", value):
            raise ValueError("must be an address such as https://discord.com/api/v10")
        return value


def _model_address(value: str | None) -> str | None:
    """Return the address of a model server. Raises ValueError for one that no client could use."""
    if value is None:
        return None
    address = value.strip()
    if re.search(r"[\s\"'`]", address):
        raise ValueError("must be an address without quotes or blanks, such as http://localhost:11434/v1")
    if not re.match(r"https?://", address, re.IGNORECASE):
        raise ValueError("must start with http:// or https://, such as http://localhost:11434/v1")
    if not re.fullmatch(r"https?://[^/?#]*[^/?#@:](?:/[^?#]*)?(?:\?[^#]*)?", address, re.IGNORECASE):
        raise ValueError("must be an address such as http://localhost:11434/v1")
    if re.search(r"/(?:chat/)?completions/?$", address):
        raise ValueError("must end before /chat/completions, which is added")
    return address


ModelAddress = Annotated[str | None, AfterValidator(_model_address)]


class EndpointSettings(BaseModel):
    """One of OPENAI_FALLBACKS: another model that is asked when those before it fail.

    Without `base_url` and `api_key` it is on the same server with the same key; with an `api_key` alone it is OpenAI's;
    a `base_url` of another server is never sent the first one's key.
    """

    model_config = ConfigDict(extra="forbid")

    base_url: ModelAddress = None
    api_key: SecretStr | None = None
    model: str = Field(min_length=1)
    price_input: float = Field(0.0, ge=0)
    price_output: float = Field(0.0, ge=0)
    extra_body: dict[str, Any] = {}


class OpenAISettings(BaseModel):
    """OPENAI_*: the model. Without a key or a base URL, answers are extracts."""

    api_key: SecretStr | None = Field(
        None, description="The key for the model server. Most local servers don't need one."
    )
    base_url: ModelAddress = Field(
        None,
        description=(
            "Address of an OpenAI-compatible server, e.g. http://localhost:11434/v1 for Ollama. Empty: OpenAI's own."
        ),
    )
    model: str = Field("gpt-4.1-mini", description="The model that writes answers.", min_length=1)
    timeout_seconds: float = Field(
        45.0, description="Time limit for one answer, including retries, in seconds.", gt=0, le=600
    )
    prompt_tokens: int = Field(
        8_000,
        description=(
            "Maximum length of one prompt, in tokens. 8,000 holds six whole abstracts; a server that names a smaller "
            "context gets shorter ones."
        ),
        ge=2_000,
        le=32_000,
    )
    planner_model: str | None = Field(
        None,
        description=(
            "The model that turns questions into search terms; a small, fast one is enough. Empty: OPENAI_MODEL."
        ),
    )
    plan_seconds: float = Field(
        4.0,
        description=(
            "Time limit for that, in seconds, before the answer starts. 0: searches use the question's own words."
        ),
        ge=0,
        le=30,
    )
    reading_model: str | None = Field(
        None,
        description=(
            "The model that reads each sentence a second time, next to the abstracts it cites; a capable one is worth "
            "it. Empty: OPENAI_MODEL."
        ),
    )
    reading_seconds: float = Field(
        15.0,
        description=(
            "Time limit for that, in seconds, after an answer is written. 0: sentences are checked by their words only."
        ),
        ge=0,
        le=300,
    )
    reading_sentences: int = Field(
        40, description="Maximum number of an answer's sentences that are read a second time.", ge=1, le=200
    )
    first_token_seconds: float = Field(
        20.0,
        description=(
            "Time limit until a model begins to write or think, in seconds; after that, the next of "
            "OPENAI_FALLBACKS is tried."
        ),
        gt=0,
        le=600,
    )
    thinking_tokens: int = Field(
        2000,
        description="How many tokens an answer may take beyond its text, for models that think before they write. They "
        "get more once they needed it.",
        ge=0,
        le=100_000,
    )
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high"] | None = Field(
        None,
        description="How much a model that thinks is asked to: none, minimal, low, medium or high. Empty: as its "
        "server is set up.",
    )
    extra_body: Annotated[dict[str, Any], NoDecode] = Field(
        {}, description='Extra fields for every request, as JSON, e.g. {"chat_template_kwargs": {"thinking": false}}.'
    )
    fallbacks: Annotated[list[EndpointSettings], NoDecode] = Field(
        [],
        description="Models to try, in this order, when the first one fails: a JSON list of objects with model and, if "
        "needed, base_url, api_key, extra_body, price_input, price_output. Without base_url and api_key: the "
        "same server.",
    )
    price_input: float = Field(
        0.0,
        description="Price of a million input tokens (prompts) of OPENAI_MODEL. 0: their cost isn't counted.",
        ge=0,
    )
    price_output: float = Field(
        0.0,
        description="Price of a million output tokens (answers) of OPENAI_MODEL. 0: their cost isn't counted.",
        ge=0,
    )

    @field_validator("extra_body", "fallbacks", mode="before")
    @classmethod
    def _from_json(cls, value: Any) -> Any:
        # Decoded here, since pydantic-settings reports broken JSON without the variable's name.
        if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError as error:
                raise ValueError("must be JSON") from error
        return value

    @property
    def doubts(self) -> list[str]:
        """What is probably wrong, a sentence each: addresses without a path, since most servers answer below /v1."""
        named = [("OPENAI_BASE_URL", self.base_url)]
        named += [(f"OPENAI_FALLBACKS[{at}].base_url", other.base_url) for at, other in enumerate(self.fallbacks)]
        return [
            f"{name} has no path; most servers need /v1 at its end."
            for name, url in named
            if url and re.fullmatch(r"https?://[^/]+/?", url, re.IGNORECASE)
        ]

    @property
    def configured(self) -> bool:
        """Whether there is a model to call."""
        return self.api_key is not None or self.base_url is not None

    @property
    def planner(self) -> str:
        """The name of the model that makes plans."""
        return self.planner_model or self.model

    @property
    def reader(self) -> str:
        """The name of the model that reads sentences a second time."""
        return self.reading_model or self.model


def _words(value: Any) -> Any:
    """Split a list that is written with commas."""
    if isinstance(value, str):
        return list(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    return value


class FeedsSettings(BaseModel):
    """FEEDS_*: where new papers are fetched from automatically."""

    enabled: Annotated[list[str], NoDecode, BeforeValidator(_words)] = Field(
        [], description="Feeds to poll, separated by commas, e.g. daily-papers. Empty: none is polled."
    )
    categories: Annotated[list[str], NoDecode, BeforeValidator(_words)] = Field(
        ["cs.AI", "cs.CL", "cs.CV", "cs.LG"], description="arXiv categories to read, separated by commas."
    )
    search: bool = Field(
        False,
        description="Whether to search the enabled feeds when the store has nothing about a question. "
        "The question's words are sent to them.",
    )
    poll_minutes: float = Field(30.0, description="How often the feeds are polled, in minutes.", ge=5, le=1440)
    request_seconds: float = Field(
        30.0, description="Time limit for one response from a feed, in seconds.", gt=0, le=600
    )
    run_minutes: float = Field(
        60.0,
        description="Time limit for one poll of a feed, in minutes. The next poll resumes where it stopped.",
        gt=0,
        le=1440,
    )
    contact: str | None = Field(
        None,
        description="An address where a feed's operator can reach you, sent in User-Agent. Empty: none is sent.",
        pattern=r"^[!-~ ]{1,100}$",
    )
    daily_papers_url: str = Field(
        "https://huggingface.co", description="Address of Daily Papers. Only tests need to change it."
    )
    arxiv_api_url: str = Field("https://export.arxiv.org", description="Address of arXiv's API.")
    arxiv_rss_url: str = Field("https://rss.arxiv.org", description="Address of arXiv's feeds of new papers.")

    @field_validator("categories")
    @classmethod
    def _known(cls, value: list[str]) -> list[str]:
        # A name that arXiv doesn't have would find nothing, for ever and without an error.
        for name in value:
            if category_name(name) is None or is_divided(name):
                raise ValueError(
                    f"{name[:40]!r} isn't an arXiv category; write it like cs.CL or quant-ph, "
                    "see arxiv.org/category_taxonomy"
                )
        if not value:
            raise ValueError("must name at least one category, such as cs.CL")
        return value

    @field_validator("daily_papers_url", "arxiv_api_url", "arxiv_rss_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", value):
            raise ValueError("must be an address such as https://huggingface.co")
        return value.rstrip("/")


_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class MailSettings(BaseModel):
    """MAIL_*: the daily summary by email. It is sent only if MAIL_HOST and MAIL_FROM are set."""

    model_config = ConfigDict(populate_by_name=True)

    host: str | None = Field(None, description="The mail server (SMTP) to send through.")
    port: int | None = Field(
        None, description="Its port. Empty: 587 for starttls, 465 for tls, 25 for none.", ge=1, le=65535
    )
    tls: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description=(
            "How the connection is encrypted: starttls, tls or none. The certificate must be valid for MAIL_HOST."
        ),
    )
    username: str | None = Field(None, description="The user name to log in with. Empty: no login.")
    password: SecretStr | None = Field(None, description="The password to log in with.")
    sender: str | None = Field(
        None, alias="from", description="The sender of the emails: an address, or name <address>. Replies go there."
    )
    timeout_seconds: float = Field(
        30.0, description="Time limit for each response from the server, in seconds.", gt=0, le=300
    )
    unsubscribe_url: str | None = Field(
        None,
        description=(
            "Your own page that accepts POST and unsubscribes the address whose token is in its query. Empty: "
            "unsubscribing is by email."
        ),
    )

    @field_validator("sender")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value is None:
            return value
        try:
            validate_email(parseaddr(value)[1], check_deliverability=False, allow_smtputf8=False, strict=True)
        except EmailNotValidError:
            sendable = False
        else:
            sendable = value.isprintable()
        if not sendable:
            raise ValueError("must be an address such as paperbot@example.org, or name <address>")
        return value

    @field_validator("unsubscribe_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        # One-click unsubscribing is over HTTPS alone (RFC 8058).
        if value is not None and not re.fullmatch(r"https://[!-~]+", value):
            raise ValueError("must start with https://")
        return value

    @field_validator("password")
    @classmethod
    def _encrypted(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        known = info.data
        if value is not None and known.get("tls") == "none" and known.get("host") not in _LOOPBACK:
            raise ValueError("would be sent unencrypted with MAIL_TLS=none; set MAIL_TLS to starttls or tls")
        return value

    @property
    def configured(self) -> bool:
        """Whether mail can be sent."""
        return self.host is not None and self.sender is not None
