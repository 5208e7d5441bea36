"""The settings, read from the environment and from .env in the working directory: one file for each group."""

from bot.config.services import DiscordSettings, EndpointSettings, FeedsSettings, MailSettings, OpenAISettings
from bot.config.settings import (
    DigestSettings,
    LimitsSettings,
    LogSettings,
    SearchSettings,
    Settings,
    StoreSettings,
    load_settings,
)

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
