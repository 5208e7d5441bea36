"""Discord's channels as the place where digests are posted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta

import aiohttp
import discord
from discord.ext import commands

from bot.app import App
from bot.digests import outlet as trouble
from bot.digests.digest import Digest
from bot.errors.services import DigestRefused, DiscordError
from bot.frontends.discord.digests.rendering import digest_embeds, marker
from bot.frontends.discord.shared.interactions import locale_for_guild
from bot.frontends.discord.shared.permissions import missing
from bot.store.digests import DigestDefinition

_DEADLINE_S = 60.0
"""For one call. discord.py tries again for 25 s within it when Discord's servers fail."""

_CLOCK_SLACK = timedelta(minutes=10)
_NEWEST = 200
"""So many messages are looked through however old they are: our clock may have been wrong when one was posted."""

_THREAD_NAME_LIMIT = 100
_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE = 10003, 10008
_THREAD_IS_THERE = 160004  # at this message; it has the message's id
_NO_THREADS_HERE = (50024, 160006)  # a kind of channel without them, or too many are open


class DiscordDigestOutlet:
    """Posts digests in Discord channels."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app

    async def locale(self, definition: DigestDefinition) -> str:
        """Return the language of the channel's server; English where the client doesn't know it."""
        channel = self._client.get_channel(definition.channel)
        return await locale_for_guild(getattr(channel, "guild", None), app=self._app)

    def trouble(self, definition: DigestDefinition) -> str | None:
        """Return the code of what the client knows to be wrong with the channel, or None."""
        channel = self._client.get_channel(definition.channel)
        # What isn't known may be gone or not yet there: only a request can tell.
        if channel is None or isinstance(channel, discord.abc.PrivateChannel) or channel.guild.unavailable:
            return None
        if not isinstance(channel, discord.abc.Messageable):
            return trouble.WRONG_KIND
        permissions = channel.permissions_for(channel.guild.me)
        if not permissions.view_channel:
            return trouble.NO_ACCESS
        # Without a thread a digest is still worth posting.
        permissions.create_public_threads = True
        lacking = missing(permissions, in_thread=isinstance(channel, discord.Thread))
        return trouble.missing(*lacking) if lacking else None

    async def post(self, definition: DigestDefinition, digest: Digest, *, nonce: str) -> int:
        """Post the digest in its channel and return the message's id. Raises DigestRefused and DiscordError."""
        async with self._calling(definition):
            channel = await self._channel(definition)
            message = await channel.send(embeds=digest_embeds(digest), nonce=nonce)
            return message.id

    async def find(self, definition: DigestDefinition, day: date, *, since: datetime) -> int | None:
        """Return the bot's own message that ends with the marker."""
        ending = marker(definition.key, day)
        async with self._calling(definition):
            channel = await self._channel(definition)
            looked = 0
            async for message in channel.history(limit=None):
                footers = (embed.footer.text or "" for embed in message.embeds)
                if message.author == self._client.user and any(text.endswith(ending) for text in footers):
                    return message.id
                looked += 1
                # Discord's clock and ours may differ.
                if looked >= _NEWEST and message.created_at < since - _CLOCK_SLACK:
                    break
        return None

    async def edit(self, definition: DigestDefinition, digest: Digest, *, message: int) -> None:
        """Replace a post's embeds with those of the digest as it is now."""
        async with self._calling(definition):
            channel = await self._channel(definition)
            await channel.get_partial_message(message).edit(embeds=digest_embeds(digest))

    async def open_thread(self, definition: DigestDefinition, day: date, *, message: int) -> int:
        """Open the thread at a message, unless there is one, and return its id."""
        async with self._calling(definition):
            channel = await self._channel(definition)
            name = f"{definition.name} · {day.isoformat()}"[-_THREAD_NAME_LIMIT:]
            try:
                thread = await channel.get_partial_message(message).create_thread(name=name)
            except discord.HTTPException as error:
                if error.code == _THREAD_IS_THERE:
                    return message
                if error.code in _NO_THREADS_HERE:
                    raise _refusal(trouble.NO_THREADS) from None
                raise
            return thread.id

    async def _channel(self, definition: DigestDefinition) -> discord.TextChannel | discord.Thread:
        channel = self._client.get_channel(definition.channel) or await self._client.fetch_channel(definition.channel)
        if not isinstance(channel, discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel):
            raise _refusal(trouble.WRONG_KIND)
        return channel  # type: ignore[return-value]

    @asynccontextmanager
    async def _calling(self, definition: DigestDefinition) -> AsyncIterator[None]:
        """Turn what discord.py raises into the errors that the outlet's protocol names."""
        try:
            async with asyncio.timeout(_DEADLINE_S):
                yield
        except discord.NotFound as error:
            raise _refusal(_GONE.get(error.code, trouble.CHANNEL_GONE)) from None
        except discord.Forbidden as error:
            known = self.trouble(definition)
            raise _refusal(known or (trouble.NO_ACCESS if error.code == 50001 else trouble.missing(*_NEEDED))) from None
        except TimeoutError:
            raise DiscordError(reason=f"no response within {_DEADLINE_S:g} s") from None
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise DiscordError(reason=f"{type(error).__name__}: {error}") from None


_GONE = {_UNKNOWN_CHANNEL: trouble.CHANNEL_GONE, _UNKNOWN_MESSAGE: trouble.MESSAGE_GONE}
_NEEDED = ("Send Messages", "Embed Links")


def _refusal(code: str) -> DigestRefused:
    return DigestRefused(code=code, reason=trouble.sentence(code))
