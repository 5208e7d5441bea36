"""A simulated Discord in which members give commands, and the bot's replies as payloads."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.app import App, open_app
from bot.config import Settings
from bot.sources.files import read_sample
from bot.store.database import MEMORY
from tests.frontends.discord.server import Server, running
from tools.messages import samples
from tools.messages.payload import EPHEMERAL, Asked, Payload, payload


@dataclass(frozen=True)
class Scene:
    """A server with the bot, with its members Ada and Bob, and with Kim, who manages it."""

    server: Server
    kim: MemberActor

    async def command(self, name: str, /, *, by: MemberActor | None = None, **options: Any) -> Payload:
        """Return the reply to a command of Ada's, or of another's."""
        result = await (by or self.server.ada).slash(self.server.channel, name, **options)
        return payload_of(result, Asked(f"/{name}", by=(by or self.server.ada).name))

    async def mention(self, text: str) -> Payload:
        """Return the bot's reply to a message of Ada's that mentions it."""
        await self.server.ada.send(self.server.channel, f"{self.server.mention} {text}")
        return payload_of(self.server.last, Asked(f"@paperbot {text}", by="ada"))


def payload_of(shown: InteractionResult | ResponseMessage | discord.Message, asked: Asked | None = None) -> Payload:
    """Return a message, or the last one of what came of an interaction."""
    if isinstance(shown, InteractionResult):
        *_, shown = (each for each in (shown.response, *shown.followups) if each is not None)
    components = [each if isinstance(each, dict) else cast("Payload", each.to_dict()) for each in shown.components]
    private = bool(shown.flags.value & EPHEMERAL)
    files = [(each.filename, each.description or "") for each in shown.attachments]
    return payload(
        shown.embeds, content=shown.content, components=components, asked=asked, private=private, files=files
    )


@asynccontextmanager
async def scene(clock: Callable[[], datetime], **groups: Any) -> AsyncIterator[Scene]:
    """Open a scene whose bot holds the bundled papers and the made-up ones."""
    async with open_app(Settings.model_validate(groups), store_path=MEMORY, use_model=False, clock=clock) as app:
        await app.papers.upsert([*read_sample(), *samples.LISTED], now=clock().timestamp())
        async with playing(app) as opened:
            yield opened


@asynccontextmanager
async def playing(app: App) -> AsyncIterator[Scene]:
    """Open a scene whose bot has this app; Kim may manage its server."""
    async with running(app, check_errors=False) as server:
        role = server.guild.create_role("keepers", permissions=discord.Permissions(manage_guild=True))
        yield Scene(server, server.guild.add_member(server.env.create_user("kim"), roles=[role]))
