"""Sending notices to members and channels."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import aiohttp
import discord
from discord.ext import commands

from bot.app import App
from bot.assistant.subscriptions.notice import Notice
from bot.assistant.subscriptions.notifying import Closed, Reason
from bot.assistant.subscriptions.subscription import channel_of, user_of
from bot.errors import DiscordError
from bot.frontends.discord.rendering.notices import notice_embed
from bot.frontends.discord.speaking import locale_for_guild
from bot.translation import speaking

_CLOCK_SLACK = timedelta(minutes=10)
_LOOKED_THROUGH = 200
"""How many of a destination's messages are looked through for one that may have been sent."""


class NoticeOutlet:
    """Direct messages and channels. A refusal that no further try mends is told as Closed."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app

    async def send(self, destination: str, notice: Notice, *, nonce: str) -> int:
        """Send and return the message's id. Raises Closed and DiscordError."""
        with _told(destination):
            channel = await self._channel(destination)
            # Discord doesn't tell the language of who is written to in private.
            with speaking(await locale_for_guild(getattr(channel, "guild", None), app=self._app)):
                embed = notice_embed(notice)
            message = await channel.send(embed=embed, nonce=nonce)
        return message.id

    async def find(self, destination: str, marker: str, *, since: datetime) -> int | None:
        """Return the bot's own message that ends with the marker. Raises Closed and DiscordError."""
        with _told(destination):
            channel = await self._channel(destination)
            # Discord's clock and ours may differ.
            async for message in channel.history(after=since - _CLOCK_SLACK, limit=_LOOKED_THROUGH):
                footers = (embed.footer.text or "" for embed in message.embeds)
                if message.author == self._client.user and any(text.endswith(marker) for text in footers):
                    return message.id
        return None

    async def _channel(self, destination: str) -> discord.abc.Messageable:
        if user := user_of(destination):
            known = self._client.get_user(user) or await self._client.fetch_user(user)
            return known.dm_channel or await known.create_dm()
        channel_id = channel_of(destination) or 0
        channel = self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id)
        if not isinstance(channel, discord.abc.Messageable):
            raise Closed(Reason.GONE)
        return channel


@contextmanager
def _told(destination: str) -> Iterator[None]:
    """Tell Discord's refusals in the assistant's words."""
    try:
        yield
    except discord.NotFound:
        raise Closed(Reason.GONE) from None
    except discord.Forbidden:
        raise Closed(Reason.FORBIDDEN if channel_of(destination) else Reason.PRIVATE) from None
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise DiscordError(reason=f"{type(error).__name__}: {error}") from None
