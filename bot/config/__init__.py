"""The settings, read from the environment and from .env in the working directory: one file for each group."""

from bot.config.digest import DigestSettings
from bot.config.discord import DiscordSettings
from bot.config.feeds import FeedsSettings
from bot.config.limits import LimitsSettings
from bot.config.loading import load_settings
from bot.config.log import LogSettings
from bot.config.mail import MailSettings
from bot.config.openai import EndpointSettings, OpenAISettings
from bot.config.search import SearchSettings
from bot.config.settings import Settings
from bot.config.store import StoreSettings

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
