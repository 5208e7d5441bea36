"""DISCORD_*."""

import re

from pydantic import BaseModel, Field, SecretStr, field_validator


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

    @field_validator("token")
    @classmethod
    def _one_word(cls, value: SecretStr | None) -> SecretStr | None:
        # It goes into a header, where a line break or a blank within it would fail as a bug of ours.
        if value is not None and not re.fullmatch(r"[!-~]+", value.get_secret_value().strip()):
            raise ValueError("must be one word of Latin letters, digits and signs, as the developer portal shows it")
        return value

    @field_validator("api_url", "gateway_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not re.fullmatch(r"(?:https?|wss?)://[^\s/?#@]+(?:/\S*)?", value):
            raise ValueError("must be an address such as https://discord.com/api/v10")
        return value
