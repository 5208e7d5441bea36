"""What a member is shown after a command, a button or a form."""

import discord
from simcord.results import InteractionResult, ResponseMessage

from tests.frontends.discord.rendering.limits import assert_within_limits


def messages(result: InteractionResult) -> list[ResponseMessage]:
    """Return every message that came of it, in order."""
    return [message for message in (result.response, *result.followups) if message is not None]


def private_text(result: InteractionResult) -> str:
    """Return the text of the last message, which the user alone sees."""
    *_, last = messages(result)
    assert last.ephemeral
    return last.content


def private_reply(result: InteractionResult) -> ResponseMessage:
    """Return the response, which the user alone sees; its embeds are within Discord's limits."""
    assert result.ephemeral
    assert result.response is not None
    if result.response.embeds:
        assert_within_limits(result.response.embeds)
    return result.response


def embed_of(result: InteractionResult) -> discord.Embed:
    """Return the one embed of the response, which is within Discord's limits."""
    assert result.response is not None
    [embed] = result.response.embeds
    assert_within_limits([embed])
    return embed
