"""What a message shows, within what Discord takes."""

import discord
from simcord.results import InteractionResult, ResponseMessage

from tests.frontends.discord.rendering.limits import assert_within_limits


def shown(result: InteractionResult) -> ResponseMessage:
    """Return what is shown to who asked alone."""
    assert result.ephemeral
    assert result.response is not None
    if result.response.embeds:
        assert_within_limits(result.response.embeds)
    return result.response


def embed_of(result: InteractionResult) -> discord.Embed:
    """Return the only embed of an answer."""
    assert result.response is not None
    [embed] = result.response.embeds
    assert_within_limits([embed])
    return embed


def description(message: ResponseMessage) -> str:
    return message.embeds[0].description or ""


def all_text(message: discord.Message) -> str:
    return "\n".join(f"{embed.title}\n{embed.description}\n{embed.footer.text}" for embed in message.embeds)
