"""Telling, where a server wants it, that a linked paper was discussed before.

Without the intent Message Content the bot reads messages that mention it, and no others.
"""

import logging
from contextlib import suppress

import discord
from discord.ext import commands

from bot.app import App
from bot.errors.operation import StoreError
from bot.frontends.discord.channel_memory.remembering import (
    MOST_TOLD,
    discussed_before,
    linked_papers,
    note,
    texts,
    told,
)
from bot.frontends.discord.shared.interactions import locale_for_guild
from bot.frontends.discord.shared.permissions import is_own_thread
from bot.i18n.translation import use_locale
from bot.store.channel_memory import Discussion

log = logging.getLogger(__name__)


class ChannelMemoryCog(commands.Cog):
    """Listens for links to papers."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Tell where a linked paper was discussed before; remember this message where it was not."""
        guild = message.guild
        if guild is None or message.author.bot:
            await self._note_own(message)
            return
        keys = linked_papers(texts(message))
        if not keys or is_own_thread(message.channel, self._client):
            return
        found = await discussed_before(message, guild, keys, app=self._app)
        new = await self._claim(message, found[:MOST_TOLD])
        # After that: the channel counts as told of what is noted.
        await note(message, guild.id, message.channel.id, keys, app=self._app)
        if new:
            await self._tell(message, guild, new)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Forget a message that is gone."""
        with suppress(StoreError):
            await self._app.channel_memory.forget_message(str(event.message_id))

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Forget messages that are gone."""
        with suppress(StoreError):
            for message_id in event.message_ids:
                await self._app.channel_memory.forget_message(str(message_id))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Forget a channel that is gone."""
        with suppress(StoreError):
            await self._app.channel_memory.forget_channel(str(channel.guild.id), str(channel.id))

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Forget a thread that is gone."""
        with suppress(StoreError):
            await self._app.channel_memory.forget_channel(str(event.guild_id), str(event.thread_id))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that removed the bot."""
        with suppress(StoreError):
            await self._app.channel_memory.forget_guild(str(guild.id))

    async def _note_own(self, message: discord.Message) -> None:
        """Note the papers of what the bot posted by itself, such as a digest: no answer, no list that was asked for."""
        asked_for = message.reference is not None or message.interaction_metadata is not None
        if message.guild is None or message.author != self._client.user or asked_for:
            return
        keys = linked_papers(texts(message))
        if keys and not is_own_thread(message.channel, self._client):
            await note(message, message.guild.id, message.channel.id, keys, app=self._app)

    async def _claim(self, message: discord.Message, found: list[Discussion]) -> list[Discussion]:
        """Return what the channel was not told lately. None when the store fails: nobody asked."""
        try:
            return await self._app.channel_memory.claim(str(message.channel.id), found) if found else []
        except StoreError as error:
            log.warning("an earlier discussion could not be told: %s", error)
            return []

    async def _tell(self, message: discord.Message, guild: discord.Guild, found: list[Discussion]) -> None:
        with use_locale(await locale_for_guild(guild, app=self._app)):
            text = told(found, guild.id)
        try:
            await message.reply(text, mention_author=False, silent=True, suppress_embeds=True)
        except discord.HTTPException as error:
            log.warning("an earlier discussion could not be told: %s", error)
