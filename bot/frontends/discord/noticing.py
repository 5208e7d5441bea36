"""Sending notices to members and channels."""

from datetime import datetime, timedelta

import discord
from discord.ext import commands

from bot.assistant.subscriptions.notice import Notice
from bot.assistant.subscriptions.notifying import Closed, Reason
from bot.assistant.subscriptions.subscription import channel_of, user_of
from bot.frontends.discord.rendering.notices import notice_embed

_CLOCK_SLACK = timedelta(minutes=10)
_LOOKED_THROUGH = 200
"""How many of a destination's messages are looked through for one that may have been sent."""


class NoticeOutlet:
    """Direct messages and channels. A refusal that no further try mends is told as Closed."""

    def __init__(self, *, client: commands.Bot) -> None:
        self._client = client

    async def send(self, destination: str, notice: Notice, *, nonce: str) -> int:
        """Send and return the message's id. Raises Closed and discord.HTTPException."""
        channel = await self._channel(destination)
        try:
            message = await channel.send(embed=notice_embed(notice), nonce=nonce)
        except (discord.Forbidden, discord.NotFound) as error:
            raise Closed(_reason(error, destination)) from None
        return message.id

    async def find(self, destination: str, marker: str, *, since: datetime) -> int | None:
        """Return the bot's own message that ends with the marker. Raises Closed and discord.HTTPException."""
        channel = await self._channel(destination)
        try:
            # Discord's clock and ours may differ.
            async for message in channel.history(after=since - _CLOCK_SLACK, limit=_LOOKED_THROUGH):
                footers = (embed.footer.text or "" for embed in message.embeds)
                if message.author == self._client.user and any(text.endswith(marker) for text in footers):
                    return message.id
        except (discord.Forbidden, discord.NotFound) as error:
            raise Closed(_reason(error, destination)) from None
        return None

    async def _channel(self, destination: str) -> discord.abc.Messageable:
        try:
            if user := user_of(destination):
                known = self._client.get_user(user) or await self._client.fetch_user(user)
                return known.dm_channel or await known.create_dm()
            channel_id = channel_of(destination) or 0
            channel = self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id)
        except (discord.Forbidden, discord.NotFound) as error:
            raise Closed(_reason(error, destination)) from None
        if not isinstance(channel, discord.abc.Messageable):
            raise Closed(Reason.GONE)
        return channel


def _reason(error: discord.Forbidden | discord.NotFound, destination: str) -> Reason:
    if isinstance(error, discord.NotFound):
        return Reason.GONE
    return Reason.FORBIDDEN if channel_of(destination) else Reason.PRIVATE
