"""All groups together."""

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.config.digest import DigestSettings
from bot.config.discord import DiscordSettings
from bot.config.feeds import FeedsSettings
from bot.config.limits import LimitsSettings
from bot.config.log import LogSettings
from bot.config.mail import MailSettings
from bot.config.openai import OpenAISettings
from bot.config.search import SearchSettings
from bot.config.store import StoreSettings


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
