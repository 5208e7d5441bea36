"""An admin of the simulated server, and what /setup and /settings show."""

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.guilds.settings import Rules
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.server import Server


def add_admin(server: Server, name: str = "boss") -> MemberActor:
    """Return a member who may manage the server."""
    role = server.guild.create_role(f"{name}'s role", permissions=discord.Permissions(manage_guild=True))
    return server.guild.add_member(server.env.create_user(name), roles=[role])


async def opened(server: Server, admin: MemberActor, command: str = "setup") -> ResponseMessage:
    """Return the message of a command, which its admin alone sees."""
    result = await admin.slash(server.channel, command)
    assert result.ephemeral
    assert result.response is not None
    return result.response


def fields(server: Server, message: ResponseMessage) -> dict[str, str]:
    """Return the fields of a message as it stands now."""
    shown = ResponseMessage(server.env, server.env.backend.get_message(message.channel_id, message.id))
    assert_within_limits(shown.embeds)
    (embed,) = shown.embeds
    for field in embed.fields:
        assert len(field.value or "") <= 1024
    return {str(field.name): str(field.value) for field in embed.fields}


def title(server: Server, message: ResponseMessage) -> str | None:
    """Return the title of a message as it stands now."""
    shown = ResponseMessage(server.env, server.env.backend.get_message(message.channel_id, message.id))
    return shown.embeds[0].title


def said(result: InteractionResult) -> str:
    """Return what is told to who acted alone: as the response, or after one that only acknowledged."""
    message = result.followups[-1] if result.followups else result.response
    assert message is not None
    assert message.ephemeral
    return message.content


async def rules(server: Server) -> Rules:
    """Return what holds in the server."""
    return await server.app.guild_settings.rules(str(server.guild.id))
