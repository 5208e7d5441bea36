"""The settings, read from the environment and from .env in the working directory."""

import datetime as dt
import json
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as UnparsedError

from bot.addresses import parse_address
from bot.errors import SettingsError

_BY_ITSELF = "names a group of settings and is no setting by itself; unset it"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LARGEST_ID = 2**63 - 1  # of a Discord id, and of an integer in SQLite


class DiscordSettings(BaseModel):
    """DISCORD_*: the connection to Discord."""

    token: SecretStr | None = Field(
        None, description="The bot's token from Discord's developer portal. The only setting that `paperbot run` needs."
    )
    message_content: bool = Field(
        False,
        description="Whether to read all messages in channels that the bot sees, for the channel memory and "
        "for its threads. Needs Message Content Intent in the developer portal.",
    )
    api_url: str = Field("https://discord.com/api/v10", description="Discord's REST API. Tests point it elsewhere.")
    gateway_url: str = Field(
        "wss://gateway.discord.gg/", description="Discord's gateway, used until Discord names another."
    )


class EndpointSettings(BaseModel):
    """One of OPENAI_FALLBACKS: another model that is asked when those before it fail.

    Without `base_url` and `api_key` it is on the same server with the same key; with an `api_key` alone it is OpenAI's;
    a `base_url` of another server is never sent the first one's key.
    """

    model_config = ConfigDict(extra="forbid")

    base_url: str | None = None
    api_key: SecretStr | None = None
    model: str = Field(min_length=1)
    price_input: float = Field(0.0, ge=0)
    price_output: float = Field(0.0, ge=0)
    extra_body: dict[str, Any] = {}


class OpenAISettings(BaseModel):
    """OPENAI_*: the model. Without a key or a base URL, answers are extracts."""

    api_key: SecretStr | None = Field(None, description="The key for the model server. Local servers mostly need none.")
    base_url: str | None = Field(
        None,
        description="Any OpenAI-compatible server, e.g. http://localhost:11434/v1 for Ollama. Empty: OpenAI's own.",
    )
    model: str = Field("gpt-4.1-mini", description="The model that writes answers.", min_length=1)
    timeout_seconds: float = Field(45.0, description="The longest time for one answer, retries included.", gt=0, le=600)
    planner_model: str | None = Field(
        None,
        description="The model that turns questions into search terms; a small, fast one does. Empty: OPENAI_MODEL.",
    )
    plan_seconds: float = Field(
        4.0,
        description="The longest time for that, before the answer begins. 0: the question's own words must do.",
        ge=0,
        le=30,
    )

    first_token_seconds: float = Field(
        20.0,
        description="The longest wait for the first word of an answer; then the next of OPENAI_FALLBACKS is asked.",
        gt=0,
        le=600,
    )
    extra_body: Annotated[dict[str, Any], NoDecode] = Field(
        {}, description='More fields for every request, as JSON, e.g. {"chat_template_kwargs": {"thinking": false}}.'
    )
    fallbacks: Annotated[list[EndpointSettings], NoDecode] = Field(
        [],
        description="Models asked in this order when the first one fails: a JSON list of objects with model and, where "
        "needed, base_url, api_key, extra_body, price_input, price_output. Without the first two, the same server.",
    )
    price_input: float = Field(0.0, description="What a million tokens of prompts cost with OPENAI_MODEL.", ge=0)
    price_output: float = Field(0.0, description="What a million tokens of answers cost with OPENAI_MODEL.", ge=0)

    @field_validator("extra_body", "fallbacks", mode="before")
    @classmethod
    def _from_json(cls, value: Any) -> Any:
        # Decoded here, since pydantic-settings tells broken JSON without the variable's name.
        if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError as error:
                raise ValueError("must be JSON") from error
        return value

    @property
    def configured(self) -> bool:
        """Whether there is a model to call."""
        return self.api_key is not None or self.base_url is not None

    @property
    def planner(self) -> str:
        """The name of the model that makes plans."""
        return self.planner_model or self.model


class StoreSettings(BaseModel):
    """STORE_*: the SQLite file that holds everything."""

    path: Path = Field(Path("paperbot.db"), description="The store's file. Its folder must exist and be writable.")
    answer_days: float = Field(
        30.0, description="How long answers are kept, for their evidence and for equal questions, in days.", gt=0
    )
    conversation_hours: float = Field(
        24.0, description="How long after its last question a conversation can be gone on with, in hours.", gt=0
    )


class SearchSettings(BaseModel):
    """SEARCH_*: how papers are found."""

    sources: int = Field(6, description="How many papers stand in one prompt or answer.", ge=1, le=8)


def _words(value: Any) -> Any:
    """Split a list that is written with commas."""
    if isinstance(value, str):
        return list(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    return value


class FeedsSettings(BaseModel):
    """FEEDS_*: where papers come from by themselves."""

    enabled: Annotated[list[str], NoDecode, BeforeValidator(_words)] = Field(
        [], description="The feeds that are on, separated by commas, e.g. daily-papers. Empty: none is polled."
    )
    categories: Annotated[list[str], NoDecode, BeforeValidator(_words)] = Field(
        ["cs.AI", "cs.CL", "cs.CV", "cs.LG"], description="The arXiv categories that are read, separated by commas."
    )
    search: bool = Field(
        False,
        description="Whether a question about which the store holds nothing is looked up in the feeds that are on: its "
        "words are sent there.",
    )
    poll_minutes: float = Field(30.0, description="How often the feeds are asked, in minutes.", ge=5, le=1440)
    request_seconds: float = Field(30.0, description="The longest time for one answer of a feed.", gt=0, le=600)
    run_minutes: float = Field(
        60.0, description="The longest time for one poll of a feed; the next one goes on from there.", gt=0, le=1440
    )
    contact: str | None = Field(
        None,
        description="An address at which a feed's operator can reach you, sent along in User-Agent.",
        pattern=r"^[!-~ ]{1,100}$",
    )
    daily_papers_url: str = Field(
        "https://huggingface.co", description="Where Daily Papers are. Tests point elsewhere."
    )
    arxiv_api_url: str = Field("https://export.arxiv.org", description="Where arXiv's API is.")
    arxiv_rss_url: str = Field("https://rss.arxiv.org", description="Where arXiv's feeds of new papers are.")

    @field_validator("daily_papers_url", "arxiv_api_url", "arxiv_rss_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", value):
            raise ValueError("must be an address such as https://huggingface.co")
        return value.rstrip("/")


class DigestSettings(BaseModel):
    """DIGEST_*: the daily summary."""

    channel_ids: Annotated[list[int], NoDecode] = Field(
        [], description="The channels that get the daily summary: ids, separated by commas. Empty: none is posted."
    )
    time: dt.time = Field(dt.time(8, 0), description="When it is posted, HH:MM.")
    time_zone: str = Field(
        "UTC", description='The time zone of DIGEST_TIME, and of "today" in questions on Discord, e.g. Europe/Berlin.'
    )
    papers: int = Field(10, description="How many papers it shows at the most.", ge=1, le=25)
    catch_up_hours: float = Field(
        12.0, description="How late, after downtime, the day's summary is still posted, in hours.", gt=0, le=23
    )

    @field_validator("channel_ids", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",") if part.strip()]
            if not all(part.isascii() and part.isdigit() for part in parts):
                raise ValueError("must be channel ids (numbers), separated by commas")
            if any(len(part) > len(str(_LARGEST_ID)) or not 0 < int(part) <= _LARGEST_ID for part in parts):
                raise ValueError("holds a number that is no channel id; copy it in Discord (Copy Channel ID)")
            return list(dict.fromkeys(int(part) for part in parts))
        return value

    @field_validator("time")
    @classmethod
    def _without_zone(cls, value: dt.time) -> dt.time:
        if value.tzinfo is not None:
            raise ValueError("must be HH:MM without a zone; DIGEST_TIME_ZONE names that")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("must be a time zone such as UTC or Europe/Berlin") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.time_zone)


class MailSettings(BaseModel):
    """MAIL_*: the daily summary by mail. Without MAIL_HOST and MAIL_FROM there is none."""

    model_config = ConfigDict(populate_by_name=True)

    host: str | None = Field(None, description="The server that takes mail (SMTP).")
    port: int | None = Field(
        None, description="Its port. Empty: 587 with starttls, 465 with tls, 25 with none.", ge=1, le=65535
    )
    tls: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection is encrypted; the certificate must be valid for MAIL_HOST."
    )
    username: str | None = Field(None, description="The name to log in with. Empty: no login.")
    password: SecretStr | None = Field(None, description="The password to log in with.")
    sender: str | None = Field(
        None, alias="from", description="Who mails come from: an address, or name <address>. Replies go there."
    )
    timeout_seconds: float = Field(
        30.0, description="The longest wait for each answer of the server, in seconds.", gt=0, le=300
    )
    unsubscribe_url: str | None = Field(
        None,
        description="A page of yours that takes POST and ends the mails of the token in its query. Empty: by mail.",
    )

    @field_validator("sender")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value is not None and (not value.isprintable() or parse_address(parseaddr(value)[1]) is None):
            raise ValueError("must be an address such as paperbot@example.org, or name <address>")
        return value

    @field_validator("unsubscribe_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        # One-click unsubscribing is over HTTPS alone (RFC 8058).
        if value is not None and not re.fullmatch(r"https://[!-~]+", value):
            raise ValueError("must begin with https://")
        return value

    @field_validator("password")
    @classmethod
    def _encrypted(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        known = info.data
        if value is not None and known.get("tls") == "none" and known.get("host") not in _LOOPBACK:
            raise ValueError("MAIL_TLS=none would send it for all to read; use starttls or tls")
        return value

    @property
    def configured(self) -> bool:
        """Whether mail can be sent."""
        return self.host is not None and self.sender is not None


class LimitsSettings(BaseModel):
    """LIMITS_*: what one user may ask for."""

    question_chars: int = Field(1000, description="The longest question, in characters.", ge=20, le=4000)
    concurrent: int = Field(
        8, description="How many answers are written at once on Discord; further ones wait in a queue.", ge=1, le=1000
    )
    user_tokens: int = Field(
        150_000, description="Model tokens a day (UTC) for one user, about 6,000 for an answer. 0: no limit.", ge=0
    )
    guild_tokens: int = Field(2_000_000, description="Model tokens a day for one server. 0: no limit.", ge=0)
    day_tokens: int = Field(5_000_000, description="Model tokens a day for all together. 0: no limit.", ge=0)
    cooldown_seconds: int = Field(
        0,
        description="Time between two answers to one user on Discord. A server can ask for more. 0: none.",
        ge=0,
        le=3600,
    )
    user_answers: int = Field(
        0, description="Answers a day (UTC) to one user on Discord. A server can allow fewer. 0: no limit.", ge=0
    )
    guild_answers: int = Field(
        0, description="Answers a day in one server. A server can allow fewer. 0: no limit.", ge=0
    )
    day_cost: float = Field(
        0.0, description="What a day's calls may cost, in the currency of OPENAI_PRICE_*. 0: no limit.", ge=0
    )


class LogSettings(BaseModel):
    """LOG_*: what is written to standard error."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")


class Settings(BaseSettings):
    """All settings. `DISCORD_TOKEN` fills `discord.token`, and so on."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        extra="ignore",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings gives it
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave out the variable MAIL: login shells set it to the user's mailbox, and it would stand for all MAIL_*."""
        if isinstance(env_settings, EnvSettingsSource):
            env_settings.env_vars = {name: value for name, value in env_settings.env_vars.items() if name != "mail"}
        return init_settings, env_settings, dotenv_settings, file_secret_settings

    discord: DiscordSettings = Field(default_factory=DiscordSettings)
    openai: OpenAISettings = Field(default_factory=OpenAISettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    search: SearchSettings = Field(default_factory=SearchSettings)
    feeds: FeedsSettings = Field(default_factory=FeedsSettings)
    digest: DigestSettings = Field(default_factory=DigestSettings)
    mail: MailSettings = Field(default_factory=MailSettings)
    limits: LimitsSettings = Field(default_factory=LimitsSettings)
    log: LogSettings = Field(default_factory=LogSettings)


def load_settings() -> Settings:
    """Read the settings.

    Raises SettingsError with every wrong setting by its name; values are not repeated, since one may be a secret.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(problems="; ".join(_problem(item["loc"], item["msg"]) for item in error.errors())) from None
    except UnparsedError as error:  # of a variable such as LOG, which would have to be all of LOG_* in JSON
        field = re.search(r'field "(\w+)"', str(error))
        raise SettingsError(problems=f"{field[1].upper()} {_BY_ITSELF}" if field else str(error)) from None
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError(problems=f".env can't be read ({type(error).__name__})") from None


def _problem(loc: tuple[int | str, ...], message: str) -> str:
    name = "_".join(str(part) for part in loc[:2]).upper()
    # Within a list of objects: which of them, and its field.
    name += "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc[2:])
    return f"{name}: {message.removeprefix('Value error, ')}" if len(loc) > 1 else f"{name} {_BY_ITSELF}"
