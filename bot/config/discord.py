"""DISCORD_*."""

from pydantic import BaseModel, Field, SecretStr


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
