"""The settings, read from the environment and from .env in the working directory."""

import datetime as dt
import logging
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as UnparsedError

from bot.config.services import DiscordSettings, EndpointSettings, FeedsSettings, MailSettings, OpenAISettings
from bot.errors.operation import SettingsError

__all__ = [
    "DigestSettings",
    "DiscordSettings",
    "EndpointSettings",
    "FeedsSettings",
    "LimitsSettings",
    "LogSettings",
    "MailSettings",
    "OpenAISettings",
    "SearchSettings",
    "Settings",
    "StoreSettings",
    "load_settings",
]


log = logging.getLogger(__name__)


class LogSettings(BaseModel):
    """LOG_*: what is logged to standard error."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Lowest level that is logged: DEBUG, INFO, WARNING or ERROR."
    )


class SearchSettings(BaseModel):
    """SEARCH_*: how papers are found."""

    sources: int = Field(6, description="Maximum number of papers in one prompt or answer.", ge=1, le=8)
    questions: bool = Field(
        False,
        description="Whether the model writes questions for each new paper, to search in, so that everyday words find "
        "it too. Nobody is shown them. Needs a model.",
    )
    questions_tokens: int = Field(
        500_000,
        description="Model tokens per day (UTC) for that, about 500 a paper, within LIMITS_DAY_TOKENS. 0: no limit of "
        "its own.",
        ge=0,
    )


class StoreSettings(BaseModel):
    """STORE_*: the SQLite file that holds everything."""

    path: Path = Field(
        Path("paperbot.db"), description="Path of the store's file. Its folder must exist and be writable."
    )
    answer_days: float = Field(
        30.0,
        description=(
            "How long answers are kept, to show their evidence and reuse them for identical questions, in days."
        ),
        gt=0,
    )
    conversation_hours: float = Field(
        24.0, description="How long a conversation can be continued after its last question, in hours.", gt=0
    )


class LimitsSettings(BaseModel):
    """LIMITS_*: limits on questions, answers, tokens and costs."""

    question_chars: int = Field(1000, description="Maximum length of a question, in characters.", ge=20, le=4000)
    concurrent: int = Field(
        8,
        description="Maximum number of answers written at the same time on Discord; others wait in a queue.",
        ge=1,
        le=1000,
    )
    user_tokens: int = Field(
        150_000, description="Model tokens per day (UTC) for one user; an answer takes about 6,000. 0: no limit.", ge=0
    )
    guild_tokens: int = Field(2_000_000, description="Model tokens per day (UTC) for one server. 0: no limit.", ge=0)
    day_tokens: int = Field(
        5_000_000, description="Model tokens per day (UTC) for all users together. 0: no limit.", ge=0
    )
    cooldown_seconds: int = Field(
        0,
        description=(
            "Wait between answers to one user on Discord, in seconds. A server can set a longer wait. 0: no wait."
        ),
        ge=0,
        le=3600,
    )
    user_answers: int = Field(
        0, description="Answers per day (UTC) to one user on Discord. A server can allow fewer. 0: no limit.", ge=0
    )
    guild_answers: int = Field(
        0, description="Answers per day (UTC) in one server. A server can allow fewer. 0: no limit.", ge=0
    )
    day_cost: float = Field(
        0.0,
        description="Maximum cost of model calls per day (UTC), in the currency of OPENAI_PRICE_*. 0: no limit.",
        ge=0,
    )


_LARGEST_ID = 2**63 - 1  # of a Discord id, and of an integer in SQLite


class DigestSettings(BaseModel):
    """DIGEST_*: the daily summary."""

    channel_ids: Annotated[list[int], NoDecode] = Field(
        [], description="Channels to post the daily summary in: ids, separated by commas. Empty: it isn't posted."
    )
    time: dt.time = Field(dt.time(8, 0), description="Time to post it, HH:MM.")
    time_zone: str = Field(
        "UTC", description='Time zone of DIGEST_TIME, and of "today" in questions on Discord, e.g. Europe/Berlin.'
    )
    papers: int = Field(10, description="Maximum number of papers in it.", ge=1, le=25)
    catch_up_hours: float = Field(
        12.0, description="How late the day's summary is still sent after downtime, in hours.", gt=0, le=23
    )

    @field_validator("channel_ids", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",") if part.strip()]
            if not all(part.isascii() and part.isdigit() for part in parts):
                raise ValueError("must be channel ids (numbers), separated by commas")
            if any(len(part) > len(str(_LARGEST_ID)) or not 0 < int(part) <= _LARGEST_ID for part in parts):
                raise ValueError("contains a number that isn't a channel id; copy the id in Discord (Copy Channel ID)")
            return list(dict.fromkeys(int(part) for part in parts))
        return value

    @field_validator("time")
    @classmethod
    def _without_zone(cls, value: dt.time) -> dt.time:
        if value.tzinfo is not None:
            raise ValueError("must be HH:MM without a time zone; set that in DIGEST_TIME_ZONE")
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
        """The time zone that `time_zone` names."""
        return ZoneInfo(self.time_zone)


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
        """Leave out the variable MAIL: login shells set it to the user's mailbox, and it would count as all MAIL_*."""
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


_BY_ITSELF = "is the name of a group of settings, not of a setting; unset it"


def load_settings() -> Settings:
    """Read the settings.

    Raises SettingsError with every wrong setting by its name; values are not repeated, since one may be a secret.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(problems="; ".join(_problem(item["loc"], item["msg"]) for item in error.errors())) from None
    except UnparsedError as error:  # of a variable such as LOG, which would have to be all of LOG_* in JSON
        field = re.search(r'field "(\w+)"', str(error))
        raise SettingsError(problems=f"{field[1].upper()} {_BY_ITSELF}" if field else str(error)) from None
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError(problems=f".env can't be read ({type(error).__name__})") from None
    for doubt in settings.openai.doubts:
        log.warning("%s", doubt)
    return settings


def _problem(loc: tuple[int | str, ...], message: str) -> str:
    name = "_".join(str(part) for part in loc[:2]).upper()
    # Within a list of objects: which of them, and its field.
    name += "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc[2:])
    return f"{name}: {message.removeprefix('Value error, ')}" if len(loc) > 1 else f"{name} {_BY_ITSELF}"
